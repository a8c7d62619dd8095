package reply

import (
	"html"
	"strings"
)

// The HTML part looks like a letter from a colleague. It keeps the reader's
// own background and text colour (so light, dark and high contrast all work),
// loads nothing, and where Outlook's Word engine would ignore the width a
// conditional table sets it.
const (
	htmlHead = `<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .quiet { color: #a4adba !important; }
  .link { color: #f0946f !important; }
  .act { color: #ff8a8a !important; }
}
</style>
</head>
<body style="margin:0;padding:0;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<div style="max-width:600px;padding:16px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:17px;line-height:1.55;">
`
	htmlFoot = `</div>
<!--[if mso]></td></tr></table><![endif]-->
</body>
</html>
`
	paraStyle  = "margin:0 0 16px 0;"
	listStyle  = "margin:0 0 16px 0;padding:0 0 0 24px;"
	itemStyle  = "margin:0 0 8px 0;"
	signStyle  = "margin:24px 0 24px 0;"
	aboutStyle = "margin:24px 0 0 0;font-size:14px;color:#56606f;"
	cellStyle  = "padding:12px 18px 12px 18px;border:1px solid {colour};border-radius:8px;"
	linkStyle  = "color:{colour};font-size:16px;line-height:20px;text-decoration:none;font-weight:600;"
)

func asHTML(lang, subject string, blocks []block) string {
	var b strings.Builder
	b.WriteString(strings.NewReplacer("{lang}", html.EscapeString(lang), "{title}", html.EscapeString(subject)).Replace(htmlHead))
	for _, bl := range blocks {
		writeHTML(&b, bl)
	}
	b.WriteString(htmlFoot)
	return b.String()
}

func writeHTML(b *strings.Builder, bl block) {
	switch bl.kind {
	case paragraph:
		element(b, "p", "", paraStyle, html.EscapeString(bl.lines[0]))
	case points:
		element(b, "ul", "", listStyle, items(bl.lines))
	case steps:
		element(b, "ol", "", listStyle, items(bl.lines))
	case signature:
		lines := make([]string, len(bl.lines))
		for i, line := range bl.lines {
			lines[i] = html.EscapeString(line)
		}
		lines[0] = "<strong>" + lines[0] + "</strong>"
		element(b, "p", "", signStyle, strings.Join(lines, "<br>\n"))
	case button:
		writeButton(b, bl)
	case about:
		element(b, "p", "quiet", aboutStyle, html.EscapeString(bl.lines[0]))
	}
}

func element(b *strings.Builder, tag, class, style, inner string) {
	b.WriteString("<" + tag)
	if class != "" {
		b.WriteString(` class="` + class + `"`)
	}
	b.WriteString(` style="` + style + `">` + inner + "</" + tag + ">\n")
}

func items(lines []string) string {
	var b strings.Builder
	b.WriteString("\n")
	for _, line := range lines {
		element(&b, "li", "", itemStyle, html.EscapeString(line))
	}
	return b.String()
}

// writeButton draws a real link with room for a thumb: 44 px high.
func writeButton(b *strings.Builder, bl block) {
	class, colour := "link", "#b4461f"
	if bl.accent == urgent {
		class, colour = "act", "#b3202c"
	}
	paint := strings.NewReplacer("{colour}", colour)
	b.WriteString(`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 8px 0;"><tr><td class="` +
		class + `" style="` + paint.Replace(cellStyle) + `"><a class="` + class + `" href="` + html.EscapeString(bl.href) +
		`" style="` + paint.Replace(linkStyle) + `">` + html.EscapeString(bl.lines[0]) + "</a></td></tr></table>\n")
}
