package attack

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"strings"
)

// deepest is how many multiparts within each other locate looks into.
const deepest = 12

// cutHeader parts an entity at its first empty line.
func cutHeader(raw []byte) (head, body []byte) {
	for at := 0; at < len(raw); {
		end := at + lineLength(raw[at:])
		if len(bytes.TrimSpace(raw[at:end])) == 0 {
			return raw[:at], raw[end:]
		}
		at = end
	}
	return raw, nil
}

func lineLength(raw []byte) int {
	if end := bytes.IndexByte(raw, '\n'); end >= 0 {
		return end + 1
	}
	return len(raw)
}

// fields cuts a header into its fields, folded lines joined by CRLF.
func fields(head []byte) (out []string) {
	for line := range strings.SplitSeq(string(head), "\n") {
		line = strings.TrimRight(line, "\r")
		switch folded := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t"); {
		case strings.TrimSpace(line) == "":
		case folded && len(out) > 0:
			out[len(out)-1] += "\r\n" + line
		default:
			out = append(out, line)
		}
	}
	return out
}

// field gives the value of a field among others, "" when there is none.
func field(all []string, name string) string {
	for _, f := range all {
		if named(f, name) {
			_, value, _ := strings.Cut(f, ":")
			return strings.ReplaceAll(strings.TrimSpace(value), "\r\n", "")
		}
	}
	return ""
}

// locate finds the first plain and the first HTML text of the entity at s.
func (l *letter) locate(s span, depth int) {
	head, body := cutHeader(l.entity[s.from:s.to])
	all := fields(head)
	kind, params, err := mime.ParseMediaType(field(all, "Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	attached := strings.HasPrefix(strings.ToLower(field(all, "Content-Disposition")), "attachment")
	switch {
	case strings.HasPrefix(kind, "multipart/") && depth < deepest:
		start := s.to - len(body)
		for _, part := range partsOf(body, params["boundary"]) {
			l.locate(span{start + part.from, start + part.to}, depth+1)
		}
	case attached:
	case kind == "text/plain" && l.plain.empty():
		l.plain = s
	case kind == "text/html" && l.html.empty():
		l.html = s
	}
}

// partsOf finds the parts of a multipart body (RFC 2046 section 5.1).
func partsOf(body []byte, boundary string) (out []span) {
	if boundary == "" {
		return nil
	}
	from := -1
	for at := 0; at < len(body); {
		end := at + lineLength(body[at:])
		line := strings.TrimRight(string(body[at:min(end, at+200)]), " \t\r\n")
		if line == "--"+boundary || line == "--"+boundary+"--" {
			if from >= 0 {
				out = append(out, span{from, lineEndBefore(body, from, at)})
			}
			if from = end; line != "--"+boundary {
				return out
			}
		}
		at = end
	}
	if from >= 0 {
		out = append(out, span{from, len(body)})
	}
	return out
}

// lineEndBefore leaves out the line end that belongs to the delimiter at.
func lineEndBefore(body []byte, from, at int) int {
	part := bytes.TrimSuffix(body[from:at], []byte("\n"))
	return from + len(bytes.TrimSuffix(part, []byte("\r")))
}

// rebuild makes the body anew from what mail.Read understood: the texts, then
// every other part as it was decoded.
func (l *letter) rebuild() {
	m := l.mail
	d := &draft{of: l, plain: m.Plain, html: m.HTML}
	parts := []string{d.both()}
	for _, p := range m.Parts {
		if !p.Attachment && strings.HasPrefix(p.Type, "text/") || len(p.Body) == 0 {
			continue
		}
		parts = append(parts, fmt.Sprintf("Content-Type: %s\r\nContent-Disposition: %s; filename=%q\r\nContent-ID: <%s>\r\nContent-Transfer-Encoding: base64\r\n\r\n%s",
			p.Type, disposition(p.Attachment), p.Name, p.ContentID, folded(base64.StdEncoding.EncodeToString(p.Body))))
	}
	l.entity = multi("mixed", parts...)
	l.plain, l.html = span{}, span{}
	l.locate(span{0, len(l.entity)}, 0)
}

func disposition(attached bool) string {
	if attached {
		return "attachment"
	}
	return "inline"
}

// folded breaks base64 at 76 columns (RFC 2045 section 6.8).
func folded(s string) string {
	var w strings.Builder
	for ; len(s) > 76; s = s[76:] {
		w.WriteString(s[:76] + "\r\n")
	}
	return w.String() + s
}
