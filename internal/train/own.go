package train

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Own reads our own training texts and makes a mail of each.
func Own(set *trait.Set) ([]Item, error) {
	files, err := words.Seeds()
	if err != nil {
		return nil, err
	}
	var out []Item
	for lang, body := range files {
		for n, block := range strings.Split("\n"+body, "\n---\n") {
			if it, ok := text(lang, n, strings.TrimSpace(block), set); ok {
				out = append(out, it)
			}
		}
	}
	slices.SortFunc(out, func(a, b Item) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

var (
	fromLine = regexp.MustCompile(`^From:\s*(.*?)\s*<([^>]*)>`)
	button   = regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]*)\)`)
	bare     = regexp.MustCompile(`(^|[\s(])(https?://[^\s)]+)`)
)

// text reads one block: a line of what it is, From, Subject, an empty line, the text.
func text(lang string, n int, block string, set *trait.Set) (Item, bool) {
	head, body, _ := strings.Cut(block, "\n\n")
	lines := strings.Split(head, "\n")
	what := strings.Fields(lines[0])
	if len(what) != 3 || len(lines) < 3 {
		return Item{}, false
	}
	id := fmt.Sprintf("own-%s-%d", lang, n)
	s := eval.Sample{ID: id, Source: "own:" + lang, Lang: lang, Kind: what[0], Label: labelOf(what[0])}
	raw := newForger(id).compose(lines[1:], body, s.Label)
	it := describe(mail.Read([]byte(raw), mail.DefaultBudget()), s, set)
	it.Origin, it.Keys = own, []string{"item " + id}
	it.Hand = label{Verdict: string(verdictOf(s.Label)), Intent: what[0], Pressure: what[1] == "pressure", Ask: what[2]}
	return it, true
}

func verdictOf(l eval.Label) verdict.Verdict {
	switch l {
	case eval.Phish:
		return verdict.Phishing
	case eval.Spam:
		return verdict.Spam
	case eval.Ham, eval.Simulation, eval.Torture:
	}
	return verdict.Legitimate
}

func labelOf(intent string) eval.Label {
	switch intent {
	case "newsletter", "transaction", "conversation":
		return eval.Ham
	case "advertising", "dating", "other", "":
		return eval.Spam
	}
	return eval.Phish
}

// compose makes a mail of a text: as plain text or as a simple page, at hosts
// whose endings are those of real mail.
func (f *forger) compose(head []string, body string, label eval.Label) string {
	tld := "." + f.honestEnding()
	if label == eval.Phish && f.Below(2) == 0 {
		tld = "." + f.pick("com net org top click xyz online info site live de fr")
	}
	real := strings.NewReplacer(".example", tld)
	var b strings.Builder
	for _, l := range head {
		if m := fromLine.FindStringSubmatch(l); m != nil {
			l = fmt.Sprintf("From: %q <%s>", strings.Trim(m[1], `" `), m[2])
		}
		b.WriteString(real.Replace(l) + "\r\n")
	}
	b.WriteString("To: Camille Martin <camille.martin@example-corp.test>\r\nMIME-Version: 1.0\r\n")
	body = real.Replace(body)
	if f.Below(5) < 2 {
		b.WriteString("Content-Type: text/plain; charset=utf-8\r\n\r\n" + button.ReplaceAllString(body, "$1: $2"))
		return b.String()
	}
	b.WriteString("Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>")
	if m := fromLine.FindStringSubmatch(head[0]); m != nil && f.Below(2) == 0 {
		_, host, _ := strings.Cut(real.Replace(m[2]), "@")
		b.WriteString(`<img src="https://` + host + `/logo.png" alt="">`)
	}
	return b.String() + paragraphs(body) + "</body></html>"
}

// paragraphs writes text as HTML, its links as links.
func paragraphs(text string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(text, "\n") {
		p = html.EscapeString(p)
		p = button.ReplaceAllString(p, `<a href="$2">$1</a>`)
		p = bare.ReplaceAllString(p, `$1<a href="$2">$2</a>`)
		b.WriteString("<p>" + p + "</p>\r\n")
	}
	return b.String()
}
