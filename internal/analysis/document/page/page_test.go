package page_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/document/page"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func codes(s string) string {
	var out []string
	for i := range len(s) {
		out = append(out, fmt.Sprint(s[i]))
	}
	return strings.Join(out, ",")
}

func escaped(s, sign string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%s%02x", sign, s[i])
	}
	return b.String()
}

func wide(s string) string {
	out := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(s)) {
		out += string([]byte{byte(u), byte(u >> 8)})
	}
	return out
}

func script(s string) string { return "<html><script>" + s + "</script></html>" }

const form = `<form action="https://a.example/in"><input type="password"></form>`

func TestRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file  string
		want  []paper.Kind
		links []string
	}{
		"a report":               {`<html><h1>Sales</h1><table><tr><td>1</td></tr></table><a href="https://a.example/">more</a></html>`, nil, []string{"https://a.example/"}},
		"a report with a chart":  {script(`function draw(d){document.getElementById("x").innerHTML=d.map(String).join("")} draw([1,2,3,4,5,6,7,8,9,10,11,12,13,14])`), nil, nil},
		"a form":                 {form, []paper.Kind{paper.PasswordForm}, []string{"https://a.example/in"}},
		"a form in UTF-16":       {wide(form), []paper.Kind{paper.PasswordForm}, []string{"https://a.example/in"}},
		"a form in base64":       {script(`document.write(atob("` + b64(form) + `"))`), []paper.Kind{paper.HiddenPage, paper.PasswordForm}, []string{"https://a.example/in"}},
		"… twice":                {script(`document.write(atob("` + b64(script(`document.write(atob("`+b64(form)+`"))`)) + `"))`), []paper.Kind{paper.HiddenPage, paper.PasswordForm}, []string{"https://a.example/in"}},
		"… cut to pieces":        {script(`document.write(atob("` + b64(form)[:30] + `"+"` + b64(form)[30:] + `"))`), []paper.Kind{paper.HiddenPage, paper.PasswordForm}, []string{"https://a.example/in"}},
		"a form in percents":     {script(`document.write(unescape('` + escaped(form, "%") + `'))`), []paper.Kind{paper.HiddenPage, paper.PasswordForm}, []string{"https://a.example/in"}},
		"a form in hexadecimal":  {script(`document.write('` + escaped(form, `\x`) + `')`), []paper.Kind{paper.HiddenPage, paper.PasswordForm}, []string{"https://a.example/in"}},
		"a form in numbers":      {script(`document.write(String.fromCharCode(` + codes(form) + `))`), []paper.Kind{paper.HiddenPage, paper.PasswordForm}, []string{"https://a.example/in"}},
		"a frame of base64":      {`<iframe src="data:text/html;base64,` + b64(form) + `"></iframe>`, []paper.Kind{paper.HiddenPage, paper.PasswordForm}, []string{"https://a.example/in"}},
		"sends on":               {`<meta http-equiv="Refresh" content="0; URL='https://b.example/'">`, []paper.Kind{paper.Redirect}, []string{"https://b.example/"}},
		"sends on by a script":   {script(`window.location.href = "https://b.example/?u=1"`), []paper.Kind{paper.Redirect}, []string{"https://b.example/?u=1"}},
		"sends on in base64":     {script(`location.replace(atob("` + b64("https://b.example/path") + `"))`), []paper.Kind{paper.Redirect}, []string{"https://b.example/path"}},
		"builds a file":          {script(`var b=new Blob([Uint8Array.from(atob("` + b64("PK\x03\x04 and more of it") + `"))]);a.href=URL.createObjectURL(b);a.download="x.zip";a.click()`), []paper.Kind{paper.Smuggling}, nil},
		"a picture":              {`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`, nil, nil},
		"a picture that links":   {`<svg><a xlink:href="https://c.example/"><text>Open</text></a></svg>`, nil, []string{"https://c.example/"}},
		"a picture that runs":    {`<svg onload="location.href='https://c.example/'"></svg>`, []paper.Kind{paper.ScriptPicture, paper.Redirect}, []string{"https://c.example/"}},
		"a page with a drawing":  {`<html><body onload="show()"><svg><path/></svg></body></html>`, nil, nil},
		"a page nobody can read": {script(strings.Repeat("_0x1a2b3c(1);", 30)), []paper.Kind{paper.HiddenPage}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := page.Read([]byte(c.file), paper.Default())
			var kinds []paper.Kind
			for _, s := range got.Signs {
				kinds = append(kinds, s.Kind)
			}
			var links []string
			for _, l := range got.Links {
				links = append(links, l.URL)
			}
			if diff := cmp.Diff(c.want, kinds); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.links, links); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSmuggledFile(t *testing.T) {
	t.Parallel()
	body := "PK\x03\x04 and more of it"
	got := page.Read([]byte(script(`save(atob("`+b64(body)+`"))`)), paper.Default())
	if diff := cmp.Diff([]paper.File{{Body: []byte(body)}}, got.Files); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(form))
	f.Add([]byte(script(`document.write(atob("` + b64(form) + `"))`)))
	f.Add([]byte(script(`unescape('` + escaped(form, "%") + `');String.fromCharCode(` + codes(form) + `)`)))
	f.Fuzz(func(_ *testing.T, b []byte) { page.Read(b, paper.Default()) })
}
