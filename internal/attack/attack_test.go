package attack

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/verdict"
)

// ours are phishing mails of our own making, one of each way to steal that the
// golden files of the analysis know.
const ours = "phish-credential-en phish-credential-fr phish-iban-fr phish-parcel-fr phish-mailbox-full-en phish-link-lies-fr phish-extortion-en phish-macro-fr phish-german phish-lookalike-brand-en"

// leaves is how many of a hundred variants of ours may get another verdict. It
// only ever goes down.
const leaves = 3

// TestNothingTypedMakesPhishingSafe is the small adversarial set: whatever is
// typed around a lure, nobody is told by us alone that it is safe.
func TestNothingTypedMakesPhishingSafe(t *testing.T) {
	t.Parallel()
	var lock sync.Mutex
	var all []Trial
	t.Cleanup(func() { fewLeft(t, all) }) // when every sample is through
	for name := range strings.FieldsSeq(ours) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			trials := tryGolden(t, name)
			lock.Lock()
			defer lock.Unlock()
			all = append(all, trials...)
		})
	}
}

func fewLeft(t *testing.T, all []Trial) {
	t.Helper()
	if len(all) < 1000 {
		t.Errorf("%d variants, at least 1000 wanted", len(all))
	}
	if left := count(all, Trial.Left); 100*left > leaves*len(all) {
		t.Errorf("%d of %d variants got another verdict, more than %d in 100", left, len(all), leaves)
	}
	var w strings.Builder
	Table(&w, all)
	t.Log("\n" + w.String())
}

func tryGolden(t *testing.T, name string) []Trial {
	t.Helper()
	raw, house := golden(t, name)
	was, lang := Judge(raw, house)
	if was.Verdict != verdict.Phishing {
		t.Fatalf("the sample itself is judged %s", was.Verdict)
	}
	trials := Try(name, raw, house, lang, false)
	for _, trial := range trials {
		if trial.Fooled() {
			t.Errorf("%s, %s: told %s with confidence (log odds %.1f to %.1f)", trial.Kind, trial.How, trial.Is.Verdict, trial.Was.Odds, trial.Is.Odds)
		}
	}
	return trials
}

func golden(t *testing.T, name string) (raw []byte, house analysis.House) {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("..", "analysis", "testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		switch f.Name {
		case "message.eml":
			raw = f.Data
		case "house.json":
			if err := json.Unmarshal(f.Data, &house); err != nil {
				t.Fatal(err)
			}
		}
	}
	return raw, house
}

// proofs are the kinds of forged fields that claim what only a server may say.
const proofs = "forged Authentication-Results, forged ARC and Received-SPF, forged exercise header, forged Received, forged filter verdict"

// Honest mail that proves nothing is not called safe because it claims to.
func TestForgedProofsMakeNothingSafe(t *testing.T) {
	t.Parallel()
	for name := range strings.FieldsSeq("legit-bank-notice-fr legit-colleague-fr legit-payroll-fr newsletter-fr order-notice-en reset-asked-for-en") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, _ := golden(t, name) // the house knows nobody
			was, lang := Judge(raw, analysis.House{})
			for _, trial := range Try(name, raw, analysis.House{}, lang, true) {
				if by := trial.Is.Odds - was.Odds; strings.Contains(proofs, trial.Kind) && (trial.Fooled() || by < -0.1) {
					t.Errorf("%s, %s: %s, log odds %.1f to %.1f", trial.Kind, trial.How, trial.Is.Verdict, was.Odds, trial.Is.Odds)
				}
			}
		})
	}
}

// The same message always gives the same variants, and each is another mail.
func TestVariantsAreFixedAndDiffer(t *testing.T) {
	t.Parallel()
	raw, _ := golden(t, "phish-credential-en")
	l := open(raw)
	seen := map[string]string{string(l.draft().bytes()): "the sample"}
	for i, r := range recipes("en") {
		d, again := l.draft(), l.draft()
		r.change(d)
		recipes("en")[i].change(again)
		made := string(d.bytes())
		if made != string(again.bytes()) {
			t.Errorf("%s, %s: not twice the same", r.kind, r.how)
		}
		if other := seen[made]; other != "" && r.kind != "only written anew" {
			t.Errorf("%s, %s: the same as %s", r.kind, r.how, other)
		}
		seen[made] = r.kind + ", " + r.how
	}
}

// A corpus of one lure and one letter: the table is printed, and the lure stays one.
func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lure, _ := golden(t, "phish-credential-en")
	write(t, dir, "lure.eml", string(lure))
	write(t, dir, "letter.eml", "From: Ada <ada@b.example>\nTo: a@b.example\nSubject: shelves\n\nBack to you on Monday.\n")
	write(t, dir, "m.csv", "id,path,label,source\n1,set/lure.eml,phish,s\n2,set/letter.eml,ham,s\n3,set/gone.eml,phish,s\n")
	c, err := eval.Read(dir, filepath.Join(dir, "m.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if _, err := Run(&out, c, 5); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 messages of 1 sources", "hidden instruction", "padding, 200 kB", "forged exercise header", "\nall "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if _, err := Run(&out, eval.Corpus{Dir: dir}, 5); err == nil {
		t.Error("nothing to begin with is no error")
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// What the table counts: an answer that was safe before was not reached by us,
// and a proof of an exercise is as dangerous as "legitimate".
func TestTableCountsWhatIsDangerous(t *testing.T) {
	t.Parallel()
	phish, unsure := Said{verdict.Phishing, true, 5}, Said{verdict.Unsure, false, -1}
	safe, exercise := Said{verdict.Legitimate, true, -8}, Said{verdict.Simulation, true, 5}
	trials := []Trial{
		{Kind: "k", Was: phish, Is: phish},
		{Kind: "k", Was: phish, Is: unsure},
		{Kind: "k", Was: phish, Is: safe, How: "bad"},
		{Kind: "k", Was: phish, Is: exercise, How: "worse"},
		{Kind: "k", Was: safe, Is: safe},
		{Kind: "k", Was: phish, Is: Said{verdict.Legitimate, false, -3}},
	}
	if n := count(trials, Trial.Fooled); n != 2 {
		t.Errorf("%d fooled, want 2", n)
	}
	var w strings.Builder
	Table(&w, trials)
	fields := strings.Fields(strings.Split(w.String(), "\n")[1])
	if got, want := strings.Join(fields[:9], " "), "k 6 2 6 2 1 0 2 2"; got != want {
		t.Errorf("line %q, want %q", got, want)
	}
	for _, want := range []string{"told legitimate with confidence: , k, bad", "told simulation with confidence: , k, worse"} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("no %q in\n%s", want, w.String())
		}
	}
}

// Samples come from each source and language in turn.
func TestInTurn(t *testing.T) {
	t.Parallel()
	var samples []eval.Sample
	for _, id := range []string{"a", "b", "c", "d"} {
		samples = append(samples, eval.Sample{ID: id, Source: "many", Label: eval.Phish})
	}
	samples = append(samples, eval.Sample{ID: "e", Source: "few", Label: eval.Phish}, eval.Sample{ID: "f", Source: "few", Label: eval.Ham})
	got := inTurn(samples, eval.Phish)
	if len(got) != 5 || got[0].Source == got[1].Source {
		t.Errorf("got %v", got)
	}
}
