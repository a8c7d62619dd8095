package trait

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/mail"
)

// read limits how much of a text is described, in bytes.
const read = 16 << 10

// text describes how the text is built.
func (d *describer) text() {
	v := d.v
	n := wordsIn(v.Words)
	d.set("text.words", math.Log1p(float64(n)))
	d.set("text.subject-words", float64(wordsIn(v.Title)))
	shown := v.Page.Visible
	if shown == "" {
		shown = v.Message.Text
	}
	shown = shown[:min(len(shown), read)]
	d.characters(shown)
	d.linesOf(shown)
	d.subjectForm()
	d.set("text.hidden", math.Log1p(float64(len(v.Page.Hidden))))
	d.set("text.hidden-share", float64(len(v.Page.Hidden))/float64(1+len(v.Page.Hidden)+len(v.Page.Visible)))
	d.set("text.pictures-per-word", float64(v.Page.Images)/float64(1+n))
	d.mine()
}

// wordsIn counts the words of a folded text: a space stands before and after each.
func wordsIn(folded string) int { return max(0, strings.Count(folded, " ")-1) }

func (d *describer) characters(s string) {
	letters, upper, number, signs, foreign := 0, 0, 0, 0, 0
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			letters++
		case r >= 'A' && r <= 'Z':
			upper++
			letters++
		case r >= '0' && r <= '9':
			number++
		case r < utf8.RuneSelf:
		case unicode.IsLetter(r):
			letters++
			if r > 0x24F {
				foreign++
			}
		case r >= 0x2190:
			signs++
		}
	}
	all := float64(1 + letters + number)
	d.set("text.capitals", float64(upper)/all)
	d.set("text.digits", float64(number)/all)
	d.set("text.signs", float64(signs)/all)
	d.set("text.foreign", float64(foreign)/all)
	d.set("text.exclamations", float64(min(strings.Count(s, "!"), 20)))
	d.set("text.questions", float64(min(strings.Count(s, "?"), 20)))
	d.set("text.money", float64(min(strings.Count(s, "$")+strings.Count(s, "€")+strings.Count(s, "£")+strings.Count(s, "EUR")+strings.Count(s, "USD"), 20)))
}

func (d *describer) linesOf(s string) {
	lines, long, quoted, code := 0, 0, 0, 0
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		long += len(line)
		quoted += one(line[0] == '>')
		code += one(strings.HasSuffix(line, ";") || strings.HasSuffix(line, "{") || strings.HasPrefix(line, "+") || strings.HasPrefix(line, "@@") || strings.HasPrefix(line, "#"))
		d.flag("text.signature", line == "--")
	}
	d.set("text.lines", math.Log1p(float64(lines)))
	if lines > 0 {
		d.set("text.line-length", float64(long)/float64(lines))
		d.set("text.quoted", float64(quoted)/float64(lines))
		d.set("text.code", float64(code)/float64(lines))
	}
	d.addresses(s)
}

// addresses looks at the mail addresses that the text names.
func (d *describer) addresses(s string) {
	own, other := 0, 0
	for i := 0; i < len(s) && own+other < 30; {
		at := strings.IndexByte(s[i:], '@')
		if at < 0 {
			break
		}
		i += at + 1
		host := s[i:min(i+80, len(s))]
		if end := strings.IndexFunc(host, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-')
		}); end >= 0 {
			host = host[:end]
		}
		host = domain.Clean(host)
		if !domain.Real(host) || d.recipientHost(host) {
			continue
		}
		if domain.Same(host, d.v.Host) {
			own++
		} else {
			other++
		}
	}
	d.set("text.own-addresses", float64(own))
	d.set("text.foreign-addresses", float64(other))
}

func (d *describer) recipientHost(host string) bool {
	for _, to := range d.v.Message.To {
		if domain.Same(domain.Of(to.Addr), host) {
			return true
		}
	}
	return false
}

func (d *describer) subjectForm() {
	s := strings.TrimSpace(d.v.Message.Subject)
	lower := strings.ToLower(s)
	d.flag("text.re", strings.HasPrefix(lower, "re:") || strings.HasPrefix(lower, "fw") || strings.HasPrefix(lower, "aw:") || strings.HasPrefix(lower, "tr:"))
	d.flag("text.tag", strings.HasPrefix(s, "["))
	d.flag("text.brackets", strings.ContainsAny(s, "#№"))
}

// mine says whether the text speaks to its recipient by name.
func (d *describer) mine() {
	for i, to := range d.v.Message.To {
		if i == 3 {
			return
		}
		name := strings.Fields(to.Name)
		d.flag("text.mine", len(name) > 0 && len(name[0]) > 2 && strings.Contains(d.v.Message.Text, name[0]))
	}
}

// files describes what came along.
func (d *describer) files() {
	n := 0
	for _, p := range d.v.Message.Parts {
		if p == nil || !p.Attachment {
			continue
		}
		n++
		d.flag("file."+family(p), true)
	}
	d.set("file.count", float64(n))
}

func family(p *mail.Part) string {
	switch t := p.Type + " " + p.TrueType; {
	case p.Message != nil:
		return "mail"
	case strings.Contains(t, "pdf"):
		return "pdf"
	case strings.Contains(t, "image/"):
		return "image"
	case strings.Contains(t, "html"), strings.Contains(t, "svg"):
		return "page"
	case strings.Contains(t, "office"), strings.Contains(t, "msword"), strings.Contains(t, "ms-"):
		return "office"
	case strings.Contains(t, "zip"), strings.Contains(t, "rar"), strings.Contains(t, "7z"), strings.Contains(t, "gzip"):
		return "archive"
	case strings.Contains(t, "calendar"):
		return "calendar"
	}
	return "text"
}
