package attack

import (
	"fmt"
	"strings"
)

// newsletters are honest letters with thirty links, copied around one that is
// not. In the one the whole message stands in the middle; in the other only its
// link and the words that call to follow it.
func newsletters() (out []recipe) {
	for lang := range strings.FieldsSeq("en fr de es") {
		out = append(
			out,
			recipe{"newsletter around the message", lang, false, func(d *draft) { d.enclose(lang) }},
			recipe{"newsletter around one link", lang, false, func(d *draft) { d.plant(lang) }},
		)
	}
	return out
}

// enclose puts half of a newsletter above the message and half below.
func (d *draft) enclose(lang string) {
	top, bottom := newsletter(lang)
	d.dress(block{html: "-"})
	d.before(block{html: top})
	d.after(block{html: bottom})
}

// plant replaces the message by a newsletter with its link in the middle. A
// message without a link stands whole.
func (d *draft) plant(lang string) {
	url, text := d.bait()
	if url == "" {
		d.enclose(lang)
		return
	}
	top, bottom := newsletter(lang)
	d.plain = ""
	d.html = "<html><body>" + top + fmt.Sprintf(`<p align="center"><a href="%s" style="padding:12px;background:#0a5">%s</a></p>`, url, text) + bottom + "</body></html>"
}

// newsletter writes the two halves: fifteen articles each.
func newsletter(lang string) (top, bottom string) {
	lines := strings.Split(strings.TrimSpace(file("honest."+lang)), "\n")
	var half [2]strings.Builder
	for i, site := range strings.Fields(sites) {
		line := lines[i%len(lines)]
		title, _, _ := strings.Cut(line, ",")
		fmt.Fprintf(&half[i/15], `<tr><td><h3><a href="%s">%s</a></h3><p>%s</p></td></tr>`, site, title, line)
	}
	return "<table>" + half[0].String() + "</table>", "<table>" + half[1].String() + "</table>" + paragraphs(in(texts("legal"), lang))
}
