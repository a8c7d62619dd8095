package attack

import (
	"fmt"
	"html"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
)

// sizes of padding, in bytes.
//
//nolint:gochecknoglobals // a constant table
var sizes = []int{2_000, 20_000, 200_000}

// tiny can be seen, though nobody reads it.
//
//nolint:gochecknoglobals // a constant
var tiny = way{"tiny", `<div style="font-size:2px;color:#eeeeee">`, `</div>`}

// paddings put honest words around the message: read, too small to read, or
// not shown at all.
func paddings(lang string) (out []recipe) {
	for _, size := range sizes {
		text := prose(lang, size)
		forms := map[string]block{"visible": visible(text), "tiny": tiny.block(paragraphs(text))}
		for _, w := range ways {
			forms[w.name] = w.block(paragraphs(text))
		}
		for _, form := range []string{"visible", "tiny", ways[0].name, ways[1].name, ways[3].name} {
			b, kind := forms[form], fmt.Sprintf("padding, %d kB", size/1000)
			out = append(
				out,
				recipe{kind, "before, " + form, false, func(d *draft) { d.before(b) }},
				recipe{kind, "after, " + form, false, func(d *draft) { d.after(b) }},
				recipe{kind, "both sides, " + form, false, func(d *draft) { d.before(b); d.after(b) }},
			)
		}
		out = append(out, recipe{"padding, honest text part", fmt.Sprintf("%d kB", size/1000), false, func(d *draft) { d.split(text) }})
	}
	return out
}

// split leaves the message in the HTML and writes something else into the
// plain text that few programs show.
func (d *draft) split(text string) {
	d.dress(block{html: "-"})
	d.plain = text
}

// surroundings are what stands below honest mail.
func surroundings() (out []recipe) {
	for lang, text := range each(texts("legal")) {
		out = append(out, recipe{"footer, legal notice", lang, false, func(d *draft) { d.after(visible(text)) }})
	}
	for lang, text := range each(texts("conversation")) {
		out = append(out, recipe{"quoted conversation", lang, false, func(d *draft) { d.reply(text) }})
	}
	sign := visible("-- \nClaire Dunmore\nOffice manager, building services\nHarbour Row 14, second floor\n+44 20 7946 0000")
	brand := visible("© 2031 Microsoft Corporation. Microsoft respects your privacy: https://privacy.microsoft.com/privacystatement\nOne Microsoft Way, Redmond, WA 98052 USA")
	return append(
		out,
		recipe{"signature, brand footer, Re:", "signature", false, func(d *draft) { d.after(sign) }},
		recipe{"signature, brand footer, Re:", "brand footer", false, func(d *draft) { d.after(brand) }},
		recipe{"signature, brand footer, Re:", "Re:", true, func(d *draft) { d.set("Subject", "Re: "+d.subject()) }},
	)
}

// subject is the field as it stands, encoded words and all.
func (d *draft) subject() string { return field(d.head, "Subject") }

// reply makes the message look like one of a conversation.
func (d *draft) reply(text string) {
	d.set("Subject", "Re: "+d.subject())
	d.after(visible("> " + strings.ReplaceAll(text, "|", "\n> ")))
}

// names put what is trusted into the sender's display name.
func names() (out []recipe) {
	for _, name := range []string{"service@paypal.com", "Microsoft account team (account-security-noreply@accountprotection.microsoft.com)", "no-reply@laposte.fr via DocuSign"} {
		out = append(out, recipe{"trusted name of sender", name, true, func(d *draft) {
			d.set("From", fmt.Sprintf("%q <%s>", name, d.of.mail.Author().Addr))
		}})
	}
	return append(out, recipe{"trusted name of sender", "own name and a great domain", true, func(d *draft) {
		a := d.of.mail.Author()
		d.set("From", mail.Address{Name: a.Name}.Name+" via google.com <"+a.Addr+">")
	}})
}

// sites are known to everybody and lead to no harm.
const sites = "https://www.wikipedia.org/ https://www.bbc.co.uk/news https://www.lemonde.fr/ https://www.nytimes.com/ https://www.youtube.com/ https://www.google.com/maps https://www.apple.com/ https://www.microsoft.com/ https://www.amazon.com/ https://www.linkedin.com/feed/ https://www.facebook.com/ https://www.instagram.com/ https://www.spotify.com/ https://www.netflix.com/ https://www.nasa.gov/ https://www.who.int/ https://europa.eu/ https://www.louvre.fr/ https://www.sncf-connect.com/ https://www.spiegel.de/ https://www.github.com/ https://www.mozilla.org/ https://www.adobe.com/ https://www.dropbox.com/ https://www.booking.com/ https://www.airbnb.com/ https://www.ikea.com/ https://www.decathlon.fr/ https://www.nature.com/ https://www.theguardian.com/"

// goodLinks drown the bad one.
func goodLinks() []recipe {
	list := strings.Fields(sites)[:20]
	shown := visible(strings.Join(list, "\n"))
	var anchors strings.Builder
	for _, s := range list {
		anchors.WriteString(`<a href="` + s + `">` + strings.TrimPrefix(s, "https://www.") + `</a> `)
	}
	return []recipe{
		{"20 links to great sites", "above", false, func(d *draft) { d.before(shown) }},
		{"20 links to great sites", "below", false, func(d *draft) { d.after(shown) }},
		{"20 links to great sites", "hidden", false, func(d *draft) { d.after(ways[0].block(anchors.String())) }},
	}
}

// bait is the link of a message that a thief wants to be followed, and its words.
func (d *draft) bait() (url, text string) {
	for _, l := range d.of.mail.Links {
		if !strings.HasPrefix(l.URL, "http") || l.Source == mail.LinkImage || l.Source == mail.LinkHeader || l.Source == mail.LinkOther {
			continue
		}
		if url == "" || text == "" && l.Text != "" {
			url, text = l.URL, strings.TrimSpace(l.Text)
		}
	}
	if text == "" {
		text = d.of.mail.Subject
	}
	return html.EscapeString(url), html.EscapeString(text)
}
