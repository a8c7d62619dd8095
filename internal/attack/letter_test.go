package attack

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/exercise"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
)

func shapes() map[string][]byte {
	lure := func() *mailtest.Builder {
		return mailtest.New("Votre colis à payer", "Poste <info@poste.example>", "ana@firm.example")
	}
	text, page := "Votre colis attend.\nhttps://x.example/p", `<html><body class="a"><p>Votre colis attend, élu.</p><a href="https://x.example/p">ici</a></body></html>`
	return map[string][]byte{
		"plain":       lure().Text(text).Bytes(),
		"page":        lure().HTML(page).Bytes(),
		"alternative": lure().Text(text).HTML(page).Bytes(),
		"with a file": lure().Text(text).HTML(page).Attach("a.pdf", "application/pdf", []byte("%PDF-1.4 x")).Bytes(),
		"file alone":  lure().Attach("a.pdf", "application/pdf", []byte("%PDF-1.4 x")).Bytes(),
		"latin":       []byte("From: a@b.example\nSubject: x\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\nPHA+6XTpPC9wPg==\n"),
		"no mime":     []byte("From: a@b.example\nSubject: x\n\nhello there\n"),
		"no boundary": []byte("From: a@b.example\nContent-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\nhello\n--b--\n"),
		"unclosed":    []byte("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>hello</p>\n"),
		"two texts":   []byte("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: text/plain\n\nmore\n--b--\n"),
	}
}

// Written anew and unchanged, a message reads as before.
func TestWrittenAnewReadsTheSame(t *testing.T) {
	t.Parallel()
	for name, raw := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			was, is := mail.Read(raw, mail.DefaultBudget()), mail.Read(open(raw).draft().bytes(), mail.DefaultBudget())
			if diff := cmp.Diff(gist(was), gist(is)); diff != "" {
				t.Errorf("-was +is:\n%s", diff)
			}
		})
	}
}

// gist is what must survive: words up to the space at their ends, links, files.
func gist(m *mail.Message) []string {
	out := []string{m.Subject, strings.TrimSpace(m.Plain), strings.TrimSpace(m.HTML)}
	for _, l := range m.Links {
		out = append(out, l.URL)
	}
	for _, p := range m.Attachments() {
		out = append(out, p.Name, string(p.Body))
	}
	return out
}

// What is put around a message is read, and the message with it.
func TestBlocksAreRead(t *testing.T) {
	t.Parallel()
	for name, raw := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(raw).draft()
			d.before(visible("above it"))
			d.after(ways[0].block("unseen below"))
			m := mail.Read(d.bytes(), mail.DefaultBudget())
			was := mail.Read(raw, mail.DefaultBudget())
			if !strings.Contains(m.Text, "above it") || !strings.Contains(m.Hidden, "unseen below") || strings.Contains(m.Shown, "unseen") {
				t.Errorf("text %q\nshown %q\nhidden %q", m.Text, m.Shown, m.Hidden)
			}
			if len(was.Attachments()) != len(m.Attachments()) {
				t.Errorf("%d files, want %d", len(m.Attachments()), len(was.Attachments()))
			}
			for word := range strings.FieldsSeq(was.Plain) {
				if !strings.Contains(m.Plain+m.Text, word) {
					t.Errorf("%q is gone", word)
				}
			}
		})
	}
}

func TestInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		tags bool
		want string
	}{
		{"Verify your account, now.", false, "XX your XX, now."},
		{"https://verify.example/account bank@x.example bank", false, "https://verify.example/account bank@x.example XX"},
		{`<a href="/account">account</a><style>.bank {}</style>`, true, `<a href="/account">XX</a><style>.bank {}</style>`},
		{"sécurité <", true, "XX <"},
		{"", true, ""},
	} {
		if got := inWords(c.text, c.tags, func(string) string { return "XX" }); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// Each line pretends to be an exercise, and no mark that the analysis knows is
// left out.
func TestMarksAreThoseOfTheAnalysis(t *testing.T) {
	t.Parallel()
	products := map[string]bool{}
	for _, line := range marks {
		m := mail.Read([]byte(line+"\nFrom: a@b.example\n\nx\n"), mail.DefaultBudget())
		found := exercise.Check(t.Context(), view.New(subject.Subject{Message: m}))
		if len(found) != 1 || found[0].ID != "exercise.mark" {
			t.Errorf("%s: found %v", line, found)
			continue
		}
		products[found[0].Args["product"]] = true
	}
	source, err := os.ReadFile("../analysis/exercise/exercise.go")
	if err != nil {
		t.Fatal(err)
	}
	known := regexp.MustCompile(`\{"[a-z*-]+", "[^"]*", "([^"]+)"\}`).FindAllSubmatch(source, -1)
	if len(known) < 20 {
		t.Fatalf("%d marks in the source", len(known))
	}
	for _, mark := range known {
		if !products[string(mark[1])] {
			t.Errorf("no line pretends to be %s", mark[1])
		}
	}
}

// There are words in every language, and as many as were asked for.
func TestTexts(t *testing.T) {
	t.Parallel()
	for lang := range strings.FieldsSeq(languages) {
		if file("honest."+lang) == "" || texts("instruction")[lang] == "" || texts("banner")[lang] == "" {
			t.Errorf("no words in %s", lang)
		}
		if n := len(prose(lang, 20_000)); n < 19_500 || n > 21_000 {
			t.Errorf("%s: %d bytes", lang, n)
		}
	}
	if prose("xx", 100) != prose("en", 100) || in(texts("legal"), "xx") != texts("legal")["en"] {
		t.Error("a language without words is not answered in English")
	}
}

// FuzzOpen takes anything apart and writes it anew.
func FuzzOpen(f *testing.F) {
	for _, raw := range shapes() {
		f.Add(raw)
	}
	few := recipes("en")[:2]
	f.Fuzz(func(t *testing.T, raw []byte) {
		l := open(raw)
		for _, r := range few {
			d := l.draft()
			r.change(d)
			hideWords(d, lookalike)
			d.reply("x|y")
			d.plant("fr")
			if len(d.bytes()) == 0 {
				t.Error("nothing was written")
			}
		}
	})
}
