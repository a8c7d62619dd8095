package similar_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
)

const perLetter = 50 // variants of each lure

// letters reads a file of testdata by name.
func letters(t testing.TB, name string) map[string]string {
	t.Helper()
	a, err := txtar.ParseFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range a.Files {
		out[f.Name] = string(f.Data)
	}
	return out
}

// forger writes variants of a letter as an attacker's generator does: other
// words, order, sender, link, code and name each time.
type forger struct{ r *rand.Rand }

func (f forger) pick(all ...string) string { return all[f.r.IntN(len(all))] }

// spin chooses among the words in braces.
func (f forger) spin(s string) string {
	for {
		from := strings.IndexByte(s, '{')
		if from < 0 {
			return s
		}
		to := from + strings.IndexByte(s[from:], '}')
		s = s[:from] + f.pick(strings.Split(s[from+1:to], "|")...) + s[to+1:]
	}
}

func (f forger) print(t testing.TB, letter string) similar.Print {
	t.Helper()
	name := f.pick("Emma", "Lucas", "Nour", "Ines", "Paul", "Sara")
	link := fmt.Sprintf("https://%s-%s.example/%s/%x", f.pick("suivi", "track", "secure", "portal", "id"), f.pick("west", "nord", "plus", "24", "online"),
		f.pick("a", "go", "login", "x"), f.r.Uint32())
	code := fmt.Sprintf("%c%d", 'A'+rune(f.r.IntN(26)), f.r.IntN(1e6))
	fill := strings.NewReplacer("#NAME", name, "#CODE", code, "#LINK", `<a href="`+link+`">`+f.pick("Continue", "Open", "Continuer", "Ouvrir")+`</a>`)
	all := strings.Split(strings.TrimSpace(fill.Replace(f.spin(letter))), "\n")
	body := all[2 : len(all)-1]
	f.r.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
	sender := fmt.Sprintf("%s <%s%d@%s.example>", f.pick("Service", "Support", "Info", "Client"), f.pick("no-reply", "info", "mail"), f.r.IntN(99),
		f.pick("bergamo", "kiwano", "osterley", "quimper", "santal", "tarbes"))
	to := name + " <" + strings.ToLower(name) + "@atelier.example>"
	return taken(mailtest.New(all[0], sender, to).HTML("<p>"+strings.Join(all[1:], "</p>\n<p>")+"</p>"), t)
}

func taken(b *mailtest.Builder, t testing.TB) similar.Print {
	t.Helper()
	return similar.Of(view.New(subject.Subject{Message: b.Read(t)}))
}

// TestVariants: what a generator makes of one letter belongs together, two
// letters never do, and one of the keys that a store looks under is shared.
func TestVariants(t *testing.T) {
	t.Parallel()
	f := forger{rand.New(rand.NewPCG(3, 5))}
	lures := letters(t, "lures.txtar")
	var all []similar.Print
	var of []string
	for _, name := range slices.Sorted(maps.Keys(lures)) {
		for range perLetter {
			all, of = append(all, f.print(t, lures[name])), append(of, name)
		}
	}
	c := count(all, of)
	recall, precision := share(c.rightly, c.rightly+c.missed), share(c.rightly, c.rightly+c.wrongly)
	t.Logf("%d variants: of pairs of one campaign %.2f %% are found alike, of those found alike %.2f %% are of one campaign; %.2f %% of the alike share a key; %.1f %% of messages are gathered",
		len(all), recall, precision, share(c.keyed, c.rightly), share(c.gathered, len(all)))
	if recall < 70 || precision < 99.9 || share(c.keyed, c.rightly) < 80 || share(c.gathered, len(all)) < 98 {
		t.Error("too many are missed, or taken for what they are not")
	}
}

type counts struct{ rightly, wrongly, missed, keyed, gathered int }

func count(all []similar.Print, of []string) (c counts) {
	for i, a := range all {
		found := i%perLetter == 0 // nothing came before the first
		for j, b := range all[:i] {
			same := similar.Compare(a, b).Same
			switch {
			case same && of[i] != of[j]:
				c.wrongly++
			case same:
				c.rightly++
				if shareKey(a, b) {
					c.keyed++
					found = true
				}
			case of[i] == of[j]:
				c.missed++
			}
		}
		if found {
			c.gathered++
		}
	}
	return c
}

func share(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func shareKey(a, b similar.Print) bool {
	keys := b.Bands()
	return slices.ContainsFunc(a.Bands(), func(k int64) bool { return slices.Contains(keys, k) })
}

// TestNotices: different letters of one house over one footer are no campaign,
// the same letter about another order is.
func TestNotices(t *testing.T) {
	t.Parallel()
	texts := letters(t, "notices.txtar")
	write := func(name, more string) similar.Print {
		title, text, _ := strings.Cut(texts[name], "\n")
		return taken(mailtest.New(title, "Maison Tilleul <shop@maison-tilleul.example>", "Emma <emma@atelier.example>").HTML(
			`<table><tr><td><img src="https://maison-tilleul.example/logo.png"></td></tr><tr><td><h1>`+title+`</h1><p>`+text+more+
				`</p><p><a href="https://maison-tilleul.example/account/orders?id=`+more+`">Your account</a></p></td></tr><tr><td><p>`+
				texts["footer"]+`</p></td></tr></table>`), t)
	}
	names := []string{"order", "reset", "review", "closing"}
	for i, a := range names {
		for _, b := range names[:i] {
			if l := similar.Compare(write(a, ""), write(b, "")); l.Same {
				t.Errorf("%s and %s are taken for one letter: %.2f for %v", a, b, l.Score, l.Why)
			}
		}
		if l := similar.Compare(write(a, "4711"), write(a, "0815")); !l.Same || !l.Twin {
			t.Errorf("%s twice: %+v", a, l)
		}
	}
}
