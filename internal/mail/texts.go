package mail

import (
	"bytes"
	"strings"
)

// DecodedText gives the body of a text part as UTF-8, whatever charset it
// declares, in the way Text does.
func (p *Part) DecodedText() string {
	text, _ := p.decodedText()
	return text
}

func (p *Part) decodedText() (text string, known bool) {
	charset := p.Charset
	switch {
	case bytes.HasPrefix(p.Body, []byte("\xef\xbb\xbf")):
		charset = "utf-8"
	case bytes.HasPrefix(p.Body, []byte("\xff\xfe")), bytes.HasPrefix(p.Body, []byte("\xfe\xff")):
		charset = "utf-16"
	case charset == "" && strings.HasSuffix(p.Type, "html"):
		charset = metaCharset(p.Body)
	}
	if body, ok := readable(p.Body, charsetName(charset)); ok {
		return withoutZeros(ownLines(body)), true
	}
	text, known = decodeText(p.Body, charset)
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return withoutZeros(text), known
}

// ownLines is a text with line ends as we write them: what reading bytes and
// replacing the line ends then would give, in one go.
func ownLines(body []byte) string {
	at := bytes.IndexByte(body, '\r')
	if at < 0 {
		return string(body)
	}
	var b strings.Builder
	b.Grow(len(body))
	for ; at >= 0; at = bytes.IndexByte(body, '\r') {
		b.Write(body[:at])
		b.WriteByte('\n')
		body = bytes.TrimPrefix(body[at+1:], []byte("\n"))
	}
	b.Write(body)
	return b.String()
}

// metaCharset finds charset=… in the first kilobyte of an HTML document that
// says nothing of it in its header.
func metaCharset(body []byte) string {
	head := bytes.ToLower(body[:min(len(body), 1024)])
	_, rest, found := bytes.Cut(head, []byte("charset="))
	if !found {
		return ""
	}
	rest = bytes.TrimLeft(rest, `"' `)
	if end := bytes.IndexAny(rest, "\"' ;/>\r\n"); end >= 0 {
		rest = rest[:end]
	}
	if len(rest) > maxCharsetName || bytes.HasPrefix(rest, []byte("utf-16")) {
		return "" // it was read as ASCII, so it is not UTF-16
	}
	return string(rest)
}

// see takes what a person sees of a part, and the links.
func (r *reading) see(p *Part, index, group int) {
	inline := !p.Attachment
	switch {
	case p.Type == "text/calendar":
		r.calendar(p.DecodedText(), index)
	case !inline:
	case p.Type == "text/html" || p.Type == "application/xhtml+xml":
		r.seeHTML(r.partText(p), index, group)
	case p.Type == "text/plain" || p.Type == "text/enriched" || p.Type == "text/richtext":
		r.seePlain(p, index, group)
	}
}

func (r *reading) partText(p *Part) string {
	text, known := p.decodedText()
	if !known {
		r.defect("mime.unknown-charset", p.Path, "the charset is not known; it was guessed")
	}
	return text
}

func (r *reading) seeHTML(text string, index, group int) {
	var plain *looker
	if r.m.HTML == "" {
		r.m.HTML = text
		if len(text) < pageBudget {
			plain = &looker{}
		}
	}
	shown, hidden, invisible := r.readHTML(text, index, plain)
	if plain != nil && !plain.partial {
		r.m.page = &paper{plain.done(), text}
	}
	r.noteInvisible(invisible)
	r.document(document{group: group, html: true, text: shown, hidden: hidden})
}

func (r *reading) seePlain(p *Part, index, group int) {
	text := r.partText(p)
	r.m.Plain = joinTexts(r.m.Plain, text)
	r.textLinks(text, LinkText, index)
	text, invisible := dropInvisible(text)
	r.noteInvisible(invisible)
	r.document(document{group: group, text: strings.TrimSpace(text)})
}

func (r *reading) noteInvisible(count int) {
	if count > 0 {
		r.defect("text.invisible-characters", "", "characters without width stand inside words")
	}
}

func (r *reading) document(d document) {
	if d.group == 0 {
		r.groups++
		d.group = r.groups
	}
	r.documents = append(r.documents, d)
}

// texts puts together what a person reads: all documents in order, and of the
// alternatives one.
func (r *reading) texts() {
	var text, shown []string
	for i, d := range r.documents {
		r.m.Hidden = joinTexts(r.m.Hidden, d.hidden)
		if r.firstOfGroup(i) {
			plain, html := r.group(i)
			text = append(text, preferPlain(plain, html))
			if html == "" {
				html = plain
			}
			shown = append(shown, html)
		}
	}
	r.m.Text = joinTexts(text...)
	r.m.Shown = joinTexts(shown...)
}

// pictures takes the images that the HTML shows off the files.
func (r *reading) pictures() {
	for _, p := range r.m.Parts {
		if p.Disposition != "attachment" && r.shownIDs[p.ContentID] && strings.HasPrefix(p.Type, "image/") {
			p.Attachment = false
		}
	}
}

// firstOfGroup reports whether documents[i] is the first of its alternatives.
// Groups are numbered as they are met, and documents of one stand together.
func (r *reading) firstOfGroup(i int) bool {
	return i == 0 || r.documents[i-1].group != r.documents[i].group
}

// group joins the documents of one alternative, from documents[i] on.
func (r *reading) group(i int) (plain, html string) {
	var plains, htmls []string
	for _, d := range r.documents[i:] {
		if d.group != r.documents[i].group {
			break
		}
		if d.html {
			htmls = append(htmls, d.text)
		} else {
			plains = append(plains, d.text)
		}
	}
	return joinTexts(plains...), joinTexts(htmls...)
}

// preferPlain takes the plain text unless it only stands in for the HTML: when
// it is empty, or a short "your client can't show this" beside a long text.
func preferPlain(plain, html string) string {
	if plain == "" || len(plain) < 200 && len(html) > 10*len(plain) {
		if html != "" {
			return html
		}
	}
	return plain
}

func joinTexts(texts ...string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	var b strings.Builder
	for _, text := range texts {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(text)
	}
	return b.String()
}
