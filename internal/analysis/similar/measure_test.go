package similar_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// known is a message of a labelled corpus.
type known struct {
	label, source, lang, origin string
	print                       similar.Print
}

// TestMeasure says on a corpus (BIENVU_CORPUS names its folder, and
// BIENVU_MANIFEST its list, as for make eval) how often pairs are found alike:
// of dangerous mails under one subject and one sender's name, which mostly
// belong together, and of pairs that do not: different notices of one product,
// and strangers. The weights were chosen by it.
func TestMeasure(t *testing.T) {
	t.Parallel()
	dir, list := os.Getenv("BIENVU_CORPUS"), os.Getenv("BIENVU_MANIFEST")
	if dir == "" || list == "" {
		t.Skip("no corpus: set BIENVU_CORPUS and BIENVU_MANIFEST")
	}
	pairs, found := map[string]int{}, map[string]int{}
	all := corpus(t, dir, list)
	for i, a := range all {
		for j, b := range all[:i] {
			kind := kindOf(a, b)
			if kind == "strangers" && (i*31+j)%97 != 0 {
				continue // there are millions
			}
			pairs[kind]++
			if similar.Compare(a.print, b.print).Same {
				found[kind]++
			}
		}
	}
	for kind, n := range pairs {
		t.Logf("%-34s %8d pairs, %6.2f %% alike", kind, n, share(found[kind], n))
	}
}

func kindOf(a, b known) string {
	product := strings.HasPrefix(a.source, "template:") && a.source == b.source && a.lang == b.lang
	home := a.print.Home != 0 && a.print.Home == b.print.Home
	switch {
	case product && a.origin == b.origin:
		return "one notice of a product"
	case product && home:
		return "notices of a product at one house"
	case product:
		return "notices of a product"
	case a.label == "phish" && b.label == "phish" && a.print.Subject != 0 && a.print.Subject == b.print.Subject && a.print.Sender == b.print.Sender:
		return "one subject, one sender"
	}
	return "strangers"
}

func corpus(t *testing.T, dir, list string) (out []known) {
	t.Helper()
	f, err := os.Open(list)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for _, row := range rows[1:] {
		raw, err := os.ReadFile(filepath.Join(dir, row[at["path"]]))
		if err != nil || row[at["label"]] == "torture" {
			continue
		}
		p := similar.Of(view.New(subject.Subject{Message: mail.Read(raw, mail.DefaultBudget())}))
		out = append(out, known{row[at["label"]], row[at["source"]], row[at["lang_guess"]], row[at["origin_path"]], p})
	}
	return out
}

func BenchmarkOf(b *testing.B) {
	v := view.New(subject.Subject{Message: mail.Read([]byte("From: a@mill.example\nSubject: Lamp\nContent-Type: text/html\n\n"+
		strings.Repeat("<table><tr><td><p>"+text+`</p><a href="https://mill.example/orders/print.php?a=1">open</a></td></tr></table>`, 40)), mail.DefaultBudget())})
	for b.Loop() {
		similar.Of(v)
	}
}

func BenchmarkCompare(b *testing.B) {
	p := similar.Print{Words: 80, Hosts: []uint32{1, 2}}
	for b.Loop() {
		similar.Compare(p, p)
	}
}
