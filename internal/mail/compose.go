package mail

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Outgoing is a mail of ours. Everything that varies from one sending to the
// next (date, Message-ID, boundary) is given by the caller, so the same
// Outgoing always makes the same bytes.
type Outgoing struct {
	From       Address
	ReplyTo    Address // none when Addr is ""
	To         []Address
	Subject    string
	Date       time.Time
	MessageID  string   // without angle brackets
	InReplyTo  string   // without angle brackets, "" when it answers nothing
	References []string // without angle brackets, oldest first; capped when written
	Language   string   // Content-Language (RFC 3282), such as "fr"
	// AutoSubmitted is "auto-replied" or "auto-generated" (RFC 3834) for what
	// a machine sends by itself, "" for what a person sends.
	AutoSubmitted string
	Text          string   // the plain text, always needed
	HTML          string   // the same for a client that shows HTML; none when ""
	Boundary      string   // separates text from HTML; needed with HTML, 1 to 70 letters, digits, - _ . =
	Inline        []Inline // what the HTML shows besides, by its ID; none without HTML
	Extra         []Field
}

// Inline is a file that stands in the HTML: src="cid:ID" shows it (RFC 2392).
type Inline struct {
	ID   string // such as "picture@desk.example"; no spaces, no angle brackets
	Type string // media type, such as "image/png"
	Name string // file name, ASCII letters, digits, - _ .
	Body []byte
}

// maxReferences is how many references we write: the first, which names the
// thread, and the newest.
const maxReferences = 20

// Compose writes the mail in RFC 5322 form with CRLF line ends: text, or text
// and HTML as multipart/alternative, in quoted-printable UTF-8; the HTML with what it shows
// as multipart/related (RFC 2387). No value can
// add a field: one that holds a line end or another control is refused.
func Compose(o Outgoing) ([]byte, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	var w bytes.Buffer
	w.Grow(1024 + 2*len(o.Text) + 2*len(o.HTML))
	for _, f := range o.fields() {
		if err := writeField(&w, f); err != nil {
			return nil, fmt.Errorf("compose: %w", err)
		}
	}
	o.writeBody(&w)
	return w.Bytes(), nil
}

func (o Outgoing) check() error {
	switch {
	case o.From.Addr == "":
		return errors.New("no From address")
	case len(o.To) == 0:
		return errors.New("no recipient")
	case o.MessageID == "":
		return errors.New("no Message-ID")
	case o.Date.IsZero():
		return errors.New("no date")
	case !o.clean():
		return errors.New("a value holds a line end or another control character, or is not UTF-8")
	case o.HTML != "" && !validBoundary(o.Boundary):
		return errors.New("the boundary must be 1 to 70 letters, digits, - _ . =")
	case !o.inlineFits():
		return errors.New("a file in the HTML needs an ID, a type and a name that can be written")
	case o.HTML != "" && (strings.Contains(o.Text, o.Boundary) || strings.Contains(o.HTML, o.Boundary)):
		return errors.New("the boundary stands in the text")
	}
	return nil
}

// clean looks at every value before it is encoded: encoding would hide a line
// end, and who put one there means no good.
func (o Outgoing) clean() bool {
	values := []string{o.Subject, o.MessageID, o.InReplyTo, o.Language, o.AutoSubmitted, o.Boundary}
	values = append(values, o.References...)
	for _, a := range append([]Address{o.From, o.ReplyTo}, o.To...) {
		values = append(values, a.Name, a.Addr)
	}
	for _, f := range o.Extra {
		values = append(values, f.Name, f.Value)
	}
	return !slices.ContainsFunc(values, func(v string) bool {
		return strings.ContainsFunc(v, isControl) || !utf8.ValidString(v)
	})
}

func validBoundary(b string) bool {
	for i := range len(b) {
		if c := b[i]; !isAlnum(c) && c != '-' && c != '_' && c != '.' && c != '=' {
			return false
		}
	}
	return len(b) >= 1 && len(b) <= 70
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// outField is one field as a list of words that may stand on lines of their own.
type outField struct {
	name  string
	words []string
	err   error
}

func (o Outgoing) fields() []outField {
	fields := []outField{
		addressField("From", o.From),
		addressField("To", o.To...),
		{name: "Subject", words: textWords(o.Subject)},
		{name: "Date", words: []string{o.Date.Format(time.RFC1123Z)}},
		idField("Message-ID", o.MessageID),
	}
	if o.ReplyTo.Addr != "" {
		fields = append(fields, addressField("Reply-To", o.ReplyTo))
	}
	if o.InReplyTo != "" {
		fields = append(fields, idField("In-Reply-To", o.InReplyTo))
	}
	if refs := capReferences(o.References); len(refs) > 0 {
		fields = append(fields, idField("References", refs...))
	}
	if o.AutoSubmitted != "" {
		fields = append(fields, plainField("Auto-Submitted", o.AutoSubmitted), plainField("X-Auto-Response-Suppress", "All"))
	}
	if o.Language != "" {
		fields = append(fields, plainField("Content-Language", o.Language))
	}
	for _, f := range o.Extra {
		fields = append(fields, extraField(f))
	}
	return append(fields, plainField("MIME-Version", "1.0"))
}

// ownFields are written by Compose alone; an extra field cannot double them.
//
//nolint:gochecknoglobals // a constant table
var ownFields = map[string]bool{
	"from": true, "to": true, "subject": true, "date": true, "message-id": true, "reply-to": true,
	"in-reply-to": true, "references": true, "mime-version": true, "content-type": true,
	"content-transfer-encoding": true, "content-language": true, "auto-submitted": true,
	"x-auto-response-suppress": true, "bcc": true, "cc": true,
}

func extraField(f Field) outField {
	out := outField{name: f.Name, words: textWords(f.Value)}
	if !validName(f.Name) || ownFields[strings.ToLower(f.Name)] {
		out.err = fmt.Errorf("extra field %q is not allowed", f.Name)
	}
	return out
}

func plainField(name, value string) outField { return outField{name: name, words: []string{value}} }

func idField(name string, ids ...string) outField {
	out := outField{name: name}
	for _, id := range ids {
		if strings.ContainsAny(id, " <>") {
			out.err = fmt.Errorf("%s: %q is no message ID", name, id)
		}
		out.words = append(out.words, "<"+id+">")
	}
	return out
}

func capReferences(refs []string) []string {
	if len(refs) <= maxReferences {
		return refs
	}
	return append([]string{refs[0]}, refs[len(refs)-maxReferences+1:]...)
}

func addressField(name string, list ...Address) outField {
	out := outField{name: name}
	for i, a := range list {
		if !writableAddress(a.Addr) {
			out.err = fmt.Errorf("%s: %q is no address", name, a.Addr)
		}
		words := append(nameWords(a.Name), "<"+a.Addr+">")
		if i < len(list)-1 {
			words[len(words)-1] += ","
		}
		out.words = append(out.words, words...)
	}
	return out
}

// writableAddress refuses whatever could read as a second address.
func writableAddress(addr string) bool {
	at := strings.LastIndexByte(addr, '@')
	return at > 0 && at < len(addr)-1 && len(addr) <= 320 && !strings.ContainsAny(addr, " <>,;:()[]\\\"\t")
}

// nameWords writes a display name: as a quoted string when it is ASCII, else
// as encoded words.
func nameWords(name string) []string {
	if name == "" {
		return nil
	}
	if isASCII(name) && len(name) <= 60 && !strings.Contains(name, "=?") {
		return []string{`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`}
	}
	return encodedWords(name)
}

// textWords splits unstructured text at its spaces where that is safe, and
// encodes it (RFC 2047) where it is not ASCII, has long words or odd spaces.
func textWords(text string) []string {
	words := strings.Split(text, " ")
	plain := isASCII(text) && !strings.Contains(text, "=?")
	for _, w := range words {
		plain = plain && len(w) <= 60 && (w != "" || len(words) == 1)
	}
	if plain {
		return words
	}
	return encodedWords(text)
}

// maxWord is the length of one encoded word. RFC 2047 allows 75, but a line
// that holds one has at most 76 columns, and the field's name stands there too.
const maxWord = 60

// encodedWords makes RFC 2047 words none of which splits a character; readers
// drop the space between two of them.
func encodedWords(text string) []string {
	const open, end = "=?utf-8?q?", "?="
	var words []string
	word := open
	for _, c := range text {
		letters := quotedLetters(string(c))
		if len(word)+len(letters)+len(end) > maxWord {
			words = append(words, word+end)
			word = open
		}
		word += letters
	}
	return append(words, word+end)
}

// quotedLetters writes a character with the letters that are safe in every
// place, display names included (RFC 2047 section 5, rule 3).
func quotedLetters(c string) string {
	switch {
	case c == " ":
		return "_"
	case len(c) == 1 && (isAlnum(c[0]) || strings.Contains("!*+-/", c)):
		return c
	}
	out := make([]byte, 0, 12)
	for i := range len(c) {
		out = fmt.Appendf(out, "=%02X", c[i])
	}
	return string(out)
}

// writeField writes one field, folded at 76 columns between words.
func writeField(w *bytes.Buffer, f outField) error {
	if f.err != nil {
		return f.err
	}
	w.WriteString(f.name + ":")
	column := len(f.name) + 1
	for _, word := range f.words {
		if len(word) > 900 {
			return fmt.Errorf("%s: a word is too long for a line", f.name)
		}
		if column+1+len(word) > 76 && column > len(f.name)+1 {
			w.WriteString("\r\n")
			column = 0
		}
		w.WriteString(" " + word)
		column += 1 + len(word)
	}
	w.WriteString("\r\n")
	return nil
}

func isControl(r rune) bool { return r < 0x20 || r == 0x7f || r == 0x2028 || r == 0x2029 || r == 0x85 }
