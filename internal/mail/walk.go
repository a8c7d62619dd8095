package mail

import (
	"bytes"
	"strconv"
	"strings"
)

// entity is one MIME entity (RFC 2045 section 2.4) that is to be read.
type entity struct {
	header Header
	body   []byte
	path   string // "" for the whole message
	depth  int
	group  int    // the multipart/alternative it stands in, 0 for none
	kind   string // the default type where none is declared
}

// entity reads one entity: a multipart part by part, anything else as a leaf.
func (r *reading) entity(e entity) {
	kind, params := r.mediaType(e)
	if !strings.HasPrefix(kind, "multipart/") {
		r.leaf(e, kind, params)
		return
	}
	if e.depth >= r.budget.Depth {
		r.defect("budget.depth", e.path, "nested deeper than we read")
		r.leaf(e, kind, params)
		return
	}
	parts, ok := r.open(&e, params["boundary"])
	if !ok {
		r.defect("mime.missing-boundary", e.path, "a multipart without any delimiter line")
		r.leaf(e, "text/plain", params)
		return
	}
	r.children(e, kind, parts)
}

// mediaType is the declared type, or what a client would take instead.
func (r *reading) mediaType(e entity) (string, map[string]string) {
	kind, params := parseParams(e.header.GetRaw("Content-Type"))
	kind = strings.Join(strings.Fields(kind), "")
	if strings.Contains(kind, "/") {
		return kind, params
	}
	switch {
	case kind != "":
		r.defect("mime.bad-type", e.path, "the media type has no subtype")
		if kind == "html" {
			return "text/html", params
		}
	case e.kind != "":
		return e.kind, params
	}
	return "text/plain", params
}

// open finds the delimiters of a multipart: those that were declared; where
// none was, those that the body begins with; and those inside a transfer
// encoding, which RFC 2045 forbids on a multipart and some senders use.
func (r *reading) open(e *entity, boundary string) (*multipart, bool) {
	boundary = strings.TrimRight(boundary, " \t")
	if boundary == "" {
		if boundary = guessBoundary(e.body); boundary == "" {
			return nil, false
		}
		r.defect("mime.no-boundary", e.path, "no boundary was declared; the body's own was taken")
	}
	if parts, ok := newMultipart(e.body, boundary); ok {
		return parts, true
	}
	decoded, wrong := decodeTransfer(e.body, e.header.GetRaw("Content-Transfer-Encoding"))
	if wrong == "mime.unknown-encoding" || len(decoded) == len(e.body) {
		return nil, false
	}
	r.defect("mime.encoded-multipart", e.path, "a multipart inside a transfer encoding")
	e.body = decoded
	return newMultipart(decoded, boundary)
}

// guessBoundary takes the first line that looks like a delimiter.
func guessBoundary(body []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimLeft(body, "\r\n"), []byte("\n"))
	line = bytes.TrimSpace(line[:min(len(line), 200)])
	if len(line) < 6 || !bytes.HasPrefix(line, []byte("--")) || bytes.ContainsAny(line, " <>") {
		return ""
	}
	return string(line[2:])
}

// children reads the parts of a multipart.
func (r *reading) children(e entity, kind string, parts *multipart) {
	child := entity{depth: e.depth + 1, group: e.group}
	switch kind {
	case "multipart/alternative":
		r.groups++
		child.group = r.groups
	case "multipart/digest":
		child.kind = "message/rfc822"
	}
	for n := 1; ; n++ {
		raw, ok := parts.next()
		if !ok {
			break
		}
		if r.parts >= r.budget.Parts {
			r.defect("budget.parts", e.path, "more parts than we read")
			return
		}
		child.path = strings.TrimPrefix(e.path+"."+strconv.Itoa(n), ".")
		child.header, child.body = r.partHeader(raw, child.path)
		r.entity(child)
	}
	if !parts.closed {
		r.defect("mime.unclosed-boundary", e.path, "the closing delimiter is missing")
	} else if !blank(parts.rest) {
		r.defect("mime.epilogue", e.path, "there is something after the last part")
	}
}

// partHeader reads the header of a part. A part may have none: then it begins
// with an empty line, or at once with its text.
func (r *reading) partHeader(raw []byte, path string) (Header, []byte) {
	s := headerSplitter{limit: r.budget.HeaderBytes, usual: fewFields, defect: func(id, note string) { r.defect(id, path, note) }}
	body := s.split(raw)
	return s.fields, body
}

// leaf reads a part that holds no other parts, or an attached message.
func (r *reading) leaf(e entity, kind string, params map[string]string) {
	if r.parts >= r.budget.Parts {
		r.defect("budget.parts", e.path, "more parts than we read")
		return
	}
	r.parts++
	if e.path == "" {
		e.path = "1"
	}
	disposition, dparams := parseParams(e.header.GetRaw("Content-Disposition"))
	p := &Part{
		Path: e.path, Type: kind, Charset: charsetLabel(params["charset"]), Disposition: dispositionOf(disposition),
		Name: fileName(dparams["filename"], dparams["name"], params["name"], params["filename"]),
	}
	if ids := messageIDs(e.header.GetRaw("Content-ID")); len(ids) > 0 {
		p.ContentID = ids[0]
	}
	r.decode(p, e)
	p.TrueType = TrueType(p.Body)
	r.m.Parts = append(r.m.Parts, p)
	if r.attached(p, e.depth) {
		p.Attachment = true
		return
	}
	p.Attachment = r.isFile(p)
	r.see(p, len(r.m.Parts)-1, e.group)
}

// decode undoes the transfer encoding within the budget.
func (r *reading) decode(p *Part, e entity) {
	body, wrong := decodeTransfer(e.body, e.header.GetRaw("Content-Transfer-Encoding"))
	if wrong != "" {
		r.defect(wrong, e.path, "the transfer encoding is broken or unknown; what could be read was kept")
	}
	p.Size = len(body)
	room := min(r.budget.PartBytes, r.budget.TotalBytes-r.bytes)
	if p.Size > room {
		p.Cut = true
		body = body[:room:room]
		r.defect("budget.bytes", e.path, "the part is longer than we read")
	}
	p.Body = body
	if !messageTypes[p.Type] {
		r.bytes += len(body) // an attached message counts by what is inside
	}
}

// charsetLabel is the declared charset, in lower case and without rubbish.
func charsetLabel(s string) string {
	return strings.ToLower(strings.Trim(strings.TrimSpace(s), `"'`))
}

// dispositionOf: anything but inline is to be treated as an attachment
// (RFC 2183 section 2.8).
func dispositionOf(value string) string {
	switch value {
	case "", "inline":
		return value
	}
	return "attachment"
}

// fileName takes the first name that is there, decodes the encoded words that
// RFC 2047 forbids here and everybody writes, and removes any path.
func fileName(names ...string) string {
	for _, name := range names {
		name = decodeWords(name)
		if cut := strings.LastIndexAny(name, `/\`); cut >= 0 {
			name = name[cut+1:]
		}
		name = strings.TrimSpace(strings.Map(dropControl, strings.ToValidUTF8(name, "\ufffd")))
		if name != "" {
			return name
		}
	}
	return ""
}

func dropControl(c rune) rune {
	if c < ' ' || c == 0x7f {
		return -1
	}
	return c
}

// isFile reports whether a person would see the part as a file.
func (r *reading) isFile(p *Part) bool {
	switch {
	case p.Disposition == "attachment":
		return true
	case p.Type == "text/plain" || p.Type == "text/html":
		return p.Name != "" && len(r.documents) > 0
	case p.Name == "" && machineTypes[p.Type]:
		return false
	}
	return true
}

// machineTypes are parts that clients use and do not show as files.
//
//nolint:gochecknoglobals // a constant table
var machineTypes = map[string]bool{
	"text/calendar": true, "text/enriched": true, "text/richtext": true, "text/x-amp-html": true, "text/watch-html": true,
	"message/delivery-status": true, "message/disposition-notification": true, "message/feedback-report": true,
	"application/pgp-signature": true, "application/pgp-encrypted": true,
	"application/pkcs7-signature": true, "application/x-pkcs7-signature": true,
}
