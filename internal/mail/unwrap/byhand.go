package unwrap

import (
	"regexp"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/forward"
	"github.com/bienvu/bienvu/internal/mail/msg/entity"
)

// rebuilt is a message made from what is known of it.
type rebuilt struct {
	from      forward.Mailbox
	to, cc    []forward.Mailbox
	date      string // RFC 5322, "" when unknown
	subject   string
	messageID string
	text      string
	html      string
	files     []*mail.Part
}

func (b rebuilt) bytes() []byte {
	var head strings.Builder
	for _, f := range []string{
		field("From", b.from), field("To", b.to...), field("Cc", b.cc...),
		entity.Field("Subject", b.subject), plainField("Date", b.date), plainField("Message-ID", b.messageID), "MIME-Version: 1.0",
	} {
		if f != "" {
			head.WriteString(f + "\r\n")
		}
	}
	bodies := [][]byte{entity.Text("plain", b.text)}
	if b.html != "" {
		bodies = append(bodies, entity.Text("html", b.html))
	}
	parts := [][]byte{entity.Multipart("alternative", bodies...)}
	for _, p := range b.files {
		parts = append(parts, attachedFile(p))
	}
	return append([]byte(head.String()), entity.Multipart("mixed", parts...)...)
}

func field(name string, list ...forward.Mailbox) string {
	var out []string
	for _, m := range list {
		if s := entity.Mailbox(m.Name, m.Addr); s != "" {
			out = append(out, s)
		}
	}
	return plainField(name, strings.Join(out, ",\r\n "))
}

func plainField(name, value string) string {
	if value == "" {
		return ""
	}
	return name + ": " + value
}

func attachedFile(p *mail.Part) []byte {
	kind, cid := "attachment", ""
	if p.ContentID != "" {
		kind, cid = "inline", "Content-ID: <"+entity.OneLine(p.ContentID)+">"
	}
	mediaType := p.Type
	if !mediaTypePattern.MatchString(mediaType) || strings.HasPrefix(mediaType, "multipart/") {
		mediaType = "application/octet-stream"
	}
	return entity.Leaf(mediaType, p.Body, entity.Disposition(kind, p.Name), cid)
}

var mediaTypePattern = regexp.MustCompile(`^[a-z0-9.+-]+/[a-z0-9.+_-]+$`)

// inlineOriginals rebuilds what was forwarded inline: the mail itself, with
// the files that went along with it, and where it came from a colleague who
// had forwarded it in turn, the one inside too.
func inlineOriginals(m *mail.Message, f forward.Forward) []Original {
	outer := Original{Raw: rebuild(m, f).bytes(), Shape: ShapeInline}
	if f.From.Addr == "" || !strings.EqualFold(domain(f.From.Addr), m.Author().Domain()) {
		return []Original{outer}
	}
	inner, ok := forward.Parse(f.Subject, f.Body)
	if !ok {
		return []Original{outer}
	}
	outer.Note = NoteCarrier
	return []Original{{Raw: rebuild(m, inner).bytes(), Shape: ShapeInline, Note: NoteNested}, outer}
}

func domain(addr string) string { return addr[strings.LastIndexByte(addr, '@')+1:] }

func rebuild(m *mail.Message, f forward.Forward) rebuilt {
	out := rebuilt{
		from: f.From, to: f.To, cc: f.Cc, subject: f.Subject, text: f.Body, html: originalHTML(m.HTML, f), files: ownFiles(m),
	}
	if t := forward.Time(f.Date); !t.IsZero() {
		out.date = t.Format("Mon, 02 Jan 2006 15:04:05 -0700")
	}
	return out
}

// ownFiles are the files of a mail that are neither messages nor signatures.
func ownFiles(m *mail.Message) []*mail.Part {
	var out []*mail.Part
	for _, p := range m.Parts {
		signature := strings.Contains(p.Type, "pkcs7-signature") || p.Type == "application/pgp-signature"
		if p.Message == nil && !signature && (p.Attachment || p.ContentID != "" && strings.HasPrefix(p.Type, "image/")) {
			out = append(out, p)
		}
	}
	return out
}

// pasted finds the source of a mail in a text: a run of header lines with
// four well-known fields, one of them of those that only mails have.
func pasted(text string) (o Original, above string, ok bool) {
	start, at, known, sure := -1, 0, 0, false
	for line := range strings.Lines(text) {
		name, _, colon := strings.Cut(line, ":")
		name = strings.ToLower(name)
		switch folded := line[0] == ' ' || line[0] == '\t'; {
		case colon && mailFields[name]:
			if start < 0 {
				start = at
			}
			known++
			sure = sure || onlyMail[name]
		case start >= 0 && (folded && strings.TrimSpace(line) != "" || colon && !strings.ContainsAny(name, " \t")):
		default:
			start, known, sure = -1, 0, false
		}
		if at += len(line); known >= 4 && sure {
			return Original{Raw: crlf(text[start:]), Shape: ShapePasted}, text[:start], true
		}
	}
	return Original{}, "", false
}

// onlyMail are fields that no forwarded header shows.
//
//nolint:gochecknoglobals // a constant table
var onlyMail = map[string]bool{"received": true, "return-path": true, "message-id": true, "mime-version": true, "dkim-signature": true}

// described makes a message of what a person shows without an original: a
// bare link, a file, a text message. A question that carries a link is none.
func described(m *mail.Message, words string) (Original, bool) {
	links := webLink.FindAllString(words, 20)
	files := ownFiles(m)
	if len(links) == 0 && len(files) == 0 {
		return Original{}, false
	}
	rest := strings.Fields(webLink.ReplaceAllString(words, " "))
	bare := len(rest) <= 3 && !strings.Contains(strings.Join(rest, " "), "?")
	if !bare && !suspects(m.Subject+" "+words) {
		return Original{}, false
	}
	raw := rebuilt{subject: ownSubject(m.Subject), text: words, files: files}.bytes()
	return Original{Raw: raw, Shape: ShapeDescribed, Note: NoteSummary}, true
}

var webLink = regexp.MustCompile(`(?i)\b(?:h(?:tt|xx)ps?://|www\.)[^\s<>"]+`)

// suspects reports whether the words speak of something suspicious that
// reached the person another way than by mail, or that they hold to be a lure.
func suspects(words string) bool {
	words = " " + strings.ToLower(words) + " "
	for _, w := range suspicions {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

//nolint:gochecknoglobals // a constant table
var suspicions = []string{
	" sms", "whatsapp", "text message", "screenshot", "phish", "scam", "suspicious", "fraud", "fake ", "spam", "is this real", "is it safe", "is this safe", "legit",
	"capture d'écran", "capture d’écran", "hameçonnage", "arnaque", "suspect", "frauduleu", "louche", "bizarre", "faux ", "fiable", "texto",
	"verdächtig", "betrug", "bildschirmfoto", "verdacht", "nep", "oplichting", "sospechos", "estafa", "sospetto", "truffa", "suspeit", "golpe", "burla", "podejrzan",
}
