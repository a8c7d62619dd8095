package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const lure = "From: \"Ma Banque\" <alerte@ma-banque-securite.example>\r\nTo: ada@atelier.example\r\n" +
	"Subject: Votre compte est suspendu \x1b[31m\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Confirmez votre mot de passe sous 24 heures : " +
	"<a href=\"http://192.0.2.7/login\">https://www.ma-banque.example</a></p>\r\n"

// folder makes files with the given contents below a fresh folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func lines(t *testing.T, out string) []judged {
	t.Helper()
	var all []judged
	for line := range strings.Lines(out) {
		var j judged
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&j); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		all = append(all, j)
	}
	return all
}

func names(all []judged) []string {
	var list []string
	for _, j := range all {
		list = append(list, filepath.Base(j.File))
	}
	return list
}

func TestAnalyzeTellsALineForEachMessageInOrder(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"b.eml": lure, "a/2.eml": lure, "a/1.eml": "", ".hidden": lure,
		"d.mbox": "From a@b.example Thu Aug 22 12:36:23 2002\nSubject: one\n\nFrom here on, text.\n\nFrom a@b.example Fri Aug 23 12:36:23 2002\nSubject: two\n\nx\n",
	})
	code, out, bad := call(t, lure, nil, "analyze", "--json", "--lang=fr", dir, "-")
	if code != done {
		t.Errorf("status %d %s", code, bad)
	}
	all := lines(t, out)
	want := []string{"1.eml", "2.eml", "b.eml", "d.mbox#1", "d.mbox#2", "-"}
	if diff := cmp.Diff(want, names(all)); diff != "" {
		t.Error(diff)
	}
	for _, j := range all {
		if !j.Verdict.Valid() || j.Score < 0 || j.Score > 1 || j.Findings == nil || j.Error != "" {
			t.Errorf("%+v", j)
		}
	}
	if len(all[1].Findings) == 0 || all[1].Findings[0].Expert == "" || all[1].Findings[0].Reporter == "" {
		t.Errorf("a lure without a word about it: %+v", all[1])
	}
}

func TestAnalyzeSaysWhatItCannotRead(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"good.eml": lure})
	missing := filepath.Join(dir, "missing.eml")
	code, out, _ := call(t, "", nil, "analyze", "--json", missing, filepath.Join(dir, "good.eml"))
	all := lines(t, out)
	if code != failed || len(all) != 2 || all[0].Error == "" || all[0].Verdict != "unsure" || all[1].Error != "" {
		t.Errorf("status %d: %s", code, out)
	}
	code, out, _ = call(t, "", []string{"LANG=fr_FR"}, "analyze", missing)
	if code != failed || !strings.Contains(out, "illisible") {
		t.Errorf("status %d: %s", code, out)
	}
}

// What is no mail is not judged, whatever it is called; what was one once is.
func TestAnalyzeKnowsWhatIsNoMail(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"letter.txt": "Dear all,\n\nsee you on Monday.\n", "ls": "\x7fELF\x02\x01\x01\x00\x00", "ls.eml": "\x7fELF\x02\x01\x01\x00\x00",
		"photo.png": "\x89PNG\r\n\x1a\n\x00", "paper.pdf": "%PDF-1.7\n1 0 obj\n", "torn.eml": "the header is gone, the text is not",
		"odd": "X-Odd: 1\nSubject: a mail all the same\n\nx",
	})
	code, out, _ := call(t, "", nil, "analyze", "--json", dir)
	for _, j := range lines(t, out) {
		name := filepath.Base(j.File)
		if isMail := name == "torn.eml" || name == "odd"; isMail != (j.Error == "") || !isMail && len(j.Findings) > 0 {
			t.Errorf("%+v", j)
		}
	}
	if code != failed {
		t.Errorf("status %d", code)
	}
	code, out, _ = call(t, "", []string{"LC_ALL=fr"}, "analyze", filepath.Join(dir, "ls"))
	if code != failed || !strings.Contains(out, "ce n’est pas un message") {
		t.Errorf("status %d: %s", code, out)
	}
}

// An empty folder is no failure, and not silent either.
func TestAnalyzeAnEmptyFolder(t *testing.T) {
	t.Parallel()
	code, out, bad := call(t, "", nil, "analyze", "--json", t.TempDir())
	if code != done || out != "" || !strings.Contains(bad, "no message in") {
		t.Errorf("status %d, %q, %q", code, out, bad)
	}
}

func TestAnalyzeForAPerson(t *testing.T) {
	t.Parallel()
	for lang, words := range map[string][]string{
		"en": {"Verdict: ", "Subject: Votre compte", "The answer that would be sent", "The security team"},
		"fr": {"Verdict\u202f: ", "Objet\u202f: Votre compte", "La réponse qui serait envoyée", "L’équipe sécurité"},
	} {
		code, out, bad := call(t, lure, nil, "analyze", "--lang", lang, "-")
		if code != done || bad != "" {
			t.Fatalf("status %d %s", code, bad)
		}
		for _, word := range words {
			if !strings.Contains(out, word) {
				t.Errorf("%s lacks %q:\n%s", lang, word, out)
			}
		}
		if strings.ContainsRune(out, '\x1b') {
			t.Error("the message steers the terminal")
		}
		if strings.Contains(out, "http://192.0.2.7") {
			t.Error("a live link of the message is printed")
		}
	}
}

// A judgement is never certain, so no person reads 0 or 100 %.
func TestPercentIsNeverCertain(t *testing.T) {
	t.Parallel()
	for score, want := range map[float64]int{0: 1, 0.004: 1, 0.013: 1, 0.5: 50, 0.985: 99, 0.9967: 99, 1: 99} {
		if got := percent(score); got != want {
			t.Errorf("%v is told as %d %%, want %d", score, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	if got := plain("a\x1b[31mb\u202ec\u0085d\te\nf\x7f"); got != "a[31mbcd e f" {
		t.Errorf("%q", got)
	}
}

func TestOrderIsKept(t *testing.T) {
	t.Parallel()
	var items []int
	for i := range 200 {
		items = append(items, i)
	}
	var got []int
	for v := range inOrder(t.Context(), 8, slices.Values(items), func(_ context.Context, i int) int {
		for range (200 - i) * 100 { // the first ones take longest
			_ = fmt.Sprint(i)
		}
		return i
	}) {
		got = append(got, v)
	}
	if diff := cmp.Diff(items, got); diff != "" {
		t.Error(diff)
	}
}

// A reader that breaks off, or a ctx that ends, stops the work even while the
// next item never comes.
func TestOrderStops(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	silent := func(yield func(int) bool) {
		if yield(1) {
			<-t.Context().Done()
		}
	}
	for range inOrder(ctx, 2, silent, func(_ context.Context, i int) int { return i }) {
		stop()
	}
}

func TestMbox(t *testing.T) {
	t.Parallel()
	const from = "From ada@atelier.example Thu Aug 22 12:36:23 2002\n"
	tests := map[string]struct {
		name, text string
		want       []string // name and size of each
	}{
		"one":               {"m", from + "Subject: x\n\nbody\n", []string{"m 67"}},
		"two":               {"m", from + "S: x\n\na\n\n" + from + "S: y\n\nb\n", []string{"m#1 59", "m#2 58"}},
		"no empty line":     {"m", from + "S: x\n\na\n" + from + "S: y\n\nb\n", []string{"m 116"}},
		"no header after":   {"m", from + "S: x\n\na\n\n" + from + "just words\n", []string{"m 120"}},
		"an .eml never":     {"m.eml", from + "S: x\n\na\n\n" + from + "S: y\n\nb\n", []string{"m.eml 117"}},
		"a sentence":        {"m", "From now on we meet at 10.\n\nFrom a b\n", []string{"m 37"}},
		"CRLF":              {"m", strings.ReplaceAll(from+"S: x\n\na\n\n"+from+"S: y\n\nb\n", "\n", "\r\n"), []string{"m#1 64", "m#2 62"}},
		"a very long line":  {"m", from + "S: x\n\n" + strings.Repeat("y", 200_000) + "\n\n" + from + "S: y\n", []string{"m#1 200058", "m#2 55"}},
		"nothing":           {"m", "", []string{"m 0"}},
		"date with a zone?": {"m", "From x Thu Aug 22 12:36:23 2002 +0200\nS: x\n", []string{"m 43"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			split(test.name, strings.NewReader(test.text), func(s source) bool {
				if s.err != nil {
					t.Error(s.err)
				}
				got = append(got, fmt.Sprint(s.name, " ", len(s.raw)))
				return true
			})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("disk gone") }

func TestReadingFailsOnItsLineOnly(t *testing.T) {
	t.Parallel()
	var got []source
	split("x", bufio.NewReader(broken{}), func(s source) bool { got = append(got, s); return true })
	if len(got) != 1 || got[0].err == nil {
		t.Errorf("%+v", got)
	}
}

func TestProgressIsForTerminalsOnly(t *testing.T) {
	t.Parallel()
	var none *bar
	none.step(3)
	none.clear()
	var out strings.Builder
	b := &bar{out: &out, say: func(n int) string { return fmt.Sprint(n, " of 9") }}
	b.step(3)
	b.last = time.Time{}
	b.step(4)
	b.clear()
	b.clear()
	if got := out.String(); got != "\r\x1b[K3 of 9\r\x1b[K4 of 9\r\x1b[K" {
		t.Errorf("%q", got)
	}
	if isTerminal(&out) {
		t.Error("a string is no terminal")
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("From a@b.example Thu Aug 22 12:36:23 2002\nS: x\n\na\n\nFrom a@b.example Thu Aug 22 12:36:23 2002\nS: y\n")
	f.Fuzz(func(t *testing.T, text string) {
		var all strings.Builder
		split("m", strings.NewReader(text), func(s source) bool { all.Write(s.raw); return true })
		if all.String() != text {
			t.Error("bytes were lost")
		}
	})
}
