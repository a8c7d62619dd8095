package unwrap

import (
	"regexp"
	"strings"

	"github.com/bienvu/bienvu/internal/mail/forward"
	"github.com/bienvu/bienvu/internal/mail/msg/entity"
)

// Cofense writes its report in blocks between BEGIN and END lines.

func cofenseBlock(text, name string) string {
	_, rest, ok := strings.Cut(text, "-----BEGIN "+name+"-----")
	if !ok {
		return ""
	}
	block, _, _ := strings.Cut(rest, "-----END "+name+"-----")
	return strings.TrimSpace(block)
}

func matchCofense(r *report) bool { return strings.Contains(r.text, "-----BEGIN REPORTER AGENT-----") }

func readCofense(r *report) {
	f := fields(cofenseBlock(r.text, "REPORTER AGENT"), "Reporter agent", "Reporting User", "IP Address", "Computer Name", "Reported from folder")
	r.delivery.ReporterHint = forward.ParseMailbox(f["reporting user"]).Addr
	above, _, _ := strings.Cut(r.text, "-----BEGIN ")
	r.delivery.Comment = forward.OwnWords(above)
	headers := cofenseBlock(r.text, "EMAIL HEADERS")
	if len(r.delivery.Originals) > 0 || headers == "" {
		return
	}
	body := refang(cofenseBlock(r.text, "URLS") + "\n\n" + cofenseBlock(r.text, "ATTACHMENTS"))
	raw := withHeader(headers, append([]byte("\r\n"), entity.Text("plain", strings.TrimSpace(body)+"\n")...))
	r.add(Original{Raw: raw, Shape: ShapeCofense, Note: NoteDefanged})
}

// refang arms the links that a button had disarmed, for they are what is
// judged; nothing of it is ever shown or fetched.
func refang(s string) string {
	return strings.NewReplacer("[.]", ".", "(.)", ".", "[:]", ":", "hxxp", "http", "hXXp", "http", "[@]", "@", "[at]", "@").Replace(s)
}

func matchPhishAlarm(r *report) bool {
	return r.m.Header.HasPrefix("X-PhishAlarm") || phishAlarmBlock.MatchString(r.text) ||
		len(r.files) > 0 && strings.HasPrefix(strings.ToLower(forward.StripTags(r.m.Subject)), "potential phish:")
}

// phishAlarmBlock is a line of PhishAlarm's frame; the number of dashes
// varies.
//

var phishAlarmBlock = regexp.MustCompile(`(?m)^[ >]*-{2,} *(Begin|End) (Email Headers|Reported Email) *-{2,} *$`)

func readPhishAlarm(r *report) {
	// The field may lack its closing quote, which the address parser forgives.
	r.delivery.ReporterHint = forward.ParseMailbox(r.m.Get("X-PhishAlarm-Reporter")).Addr
	marks := phishAlarmBlock.FindAllStringSubmatchIndex(r.text, 20)
	headers, body := between(r.text, marks, "Email Headers"), between(r.text, marks, "Reported Email")
	above := r.text
	if len(marks) > 0 {
		above = r.text[:marks[0][0]]
	}
	r.delivery.Comment = forward.OwnWords(above)
	if len(r.delivery.Originals) > 0 || headers == "" && body == "" {
		return
	}
	if headers == "" {
		headers = "From: " + r.m.Get("X-PhishAlarm-Sender")
	}
	raw := withHeader(headers, append([]byte("\r\n"), r.bodies(body)...))
	r.add(Original{Raw: raw, Shape: ShapePhishAlarm, Complete: headerHas(headers, "received"), Note: NoteRebuilt})
}

// between gives what stands between the Begin and the End line of a block.
func between(text string, marks [][]int, name string) string {
	start := -1
	for _, m := range marks {
		switch kind, of := text[m[2]:m[3]], text[m[4]:m[5]]; {
		case of != name:
		case kind == "Begin" && start < 0:
			start = m[1]
		case kind == "End" && start >= 0:
			return strings.TrimSpace(text[start:m[0]])
		}
	}
	if start >= 0 {
		return strings.TrimSpace(text[start:])
	}
	return ""
}

// bodies gives a text part, and the HTML of the report beside it: its links
// may say one thing and lead to another.
func (r *report) bodies(text string) []byte {
	if r.m.HTML == "" {
		return entity.Text("plain", text)
	}
	return entity.Multipart("alternative", entity.Text("plain", text), entity.Text("html", r.m.HTML))
}

// bodyFields describe a body, and the body here is a new one.
//
//nolint:gochecknoglobals // a constant table
var bodyFields = map[string]bool{"content-type": true, "content-transfer-encoding": true, "mime-version": true, "content-length": true}

// withHeader puts a header that was copied as text before the body of raw,
// which begins with its own header or at once with the entity's fields.
// Buttons lose the folding: a line that is no field goes on the one above.
func withHeader(headers string, raw []byte) []byte {
	own, body, _ := strings.Cut(string(raw), "\r\n\r\n")
	if strings.HasPrefix(string(raw), "\r\n") {
		own, body, _ = strings.Cut(string(raw[2:]), "\r\n\r\n")
	}
	var b strings.Builder
	skip := true
	for line := range strings.Lines(headers) {
		line = strings.TrimRight(line, "\r\n")
		name, _, ok := strings.Cut(line, ":")
		isField := ok && name != "" && !strings.ContainsAny(name, " \t<>\"@")
		switch {
		case strings.TrimSpace(line) == "":
		case isField:
			if skip = bodyFields[strings.ToLower(name)]; !skip {
				b.WriteString(line + "\r\n")
			}
		case !skip:
			b.WriteString("\t" + strings.TrimSpace(line) + "\r\n")
		}
	}
	b.WriteString("MIME-Version: 1.0\r\n")
	b.WriteString(onlyBodyFields(own))
	return []byte(b.String() + "\r\n" + body)
}

// onlyBodyFields keeps the Content fields of a header, with their folding.
func onlyBodyFields(header string) string {
	var b strings.Builder
	keep := false
	for line := range strings.Lines(header + "\r\n") {
		if line[0] != ' ' && line[0] != '\t' {
			name, _, _ := strings.Cut(line, ":")
			keep = strings.HasPrefix(strings.ToLower(name), "content-")
		}
		if keep {
			b.WriteString(line)
		}
	}
	return b.String()
}

func headerHas(headers, name string) bool {
	for line := range strings.Lines(headers) {
		if n, _, ok := strings.Cut(line, ":"); ok && strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

func crlf(s string) []byte {
	return []byte(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n"))
}
