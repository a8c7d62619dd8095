package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/verdict"
)

// folder writes two messages and their manifest, which names a third.
func folder(t *testing.T) (dir, manifest string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{
		"bad.eml":  "From: PayPal <x@paypa1-check.top>\nTo: a@b.example\nSubject: Verify your account\n\nVerify your account at http://203.0.113.4/ within 24 hours, click here.\n",
		"good.eml": "From: Ada <ada@b.example>\nTo: a@b.example\nSubject: Re: lunch\nIn-Reply-To: <1@b.example>\n\nNoon suits me very well, see you at the usual table by the window, and bring the plans if you have them.\n\n> Lunch?\n> Noon?\n",
		"m.csv":    "id,path,label,source,date\n1,set/bad.eml,phish,s,2024-01-02\n2,set/good.eml,ham,s,2023-01-02\n3,set/gone.eml,ham,s,\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, filepath.Join(dir, "m.csv")
}

func TestShipped(t *testing.T) {
	t.Parallel()
	c, err := eval.Read(folder(t))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	r, err := eval.Shipped(&out, []eval.Corpus{c})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Print(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 messages of the manifest are not in", "| all       | 1         | 1          | 1.0000 |", "By year", "| 2024 |", "messages a second a core"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bad := filepath.Join(dir, "m.csv")
	if err := os.WriteFile(bad, []byte("id,label\n1,ham\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := eval.Read(dir, bad); err == nil || !strings.Contains(err.Error(), `"path"`) {
		t.Errorf("got %v", err)
	}
	if _, err := eval.Read(dir, filepath.Join(dir, "none.csv")); err == nil {
		t.Error("a manifest that is not there is no error")
	}
	if _, err := eval.Shipped(&strings.Builder{}, []eval.Corpus{{Dir: dir, Samples: []eval.Sample{{ID: "1", Path: "gone"}}}}); err == nil {
		t.Error("a corpus without a message is no error")
	}
}

func one(id string, l eval.Label, v verdict.Verdict, score float64, may bool) eval.Told {
	return eval.Told{Sample: eval.Sample{ID: id, Label: l, Source: "s", Lang: "fr"}, Family: id, Verdict: v, Leaning: v, Score: score, May: may}
}

// some has one dangerous error and one false alarm among six.
func some() *eval.Report {
	return &eval.Report{
		Risks: []eval.Bounds{{Share: 0.002, From: 0.99, To: 0.01}, {Share: 0.005, From: 0.9, To: 0.1}, {Share: 0.02, From: 0.6, To: 0.25}},
		Told: []eval.Told{
			one("a", eval.Phish, verdict.Phishing, 0.95, true), one("b", eval.Phish, verdict.Legitimate, 0.05, true), one("c", eval.Phish, verdict.Phishing, 0.97, false),
			one("d", eval.Ham, verdict.Legitimate, 0.02, true), one("e", eval.Ham, verdict.Phishing, 0.92, true), one("f", eval.Ham, verdict.Legitimate, 0.2, true),
		},
	}
}

func TestAloneIsWithinTheBoundsAndTheGuards(t *testing.T) {
	t.Parallel()
	r := some()
	var got []bool
	for i := range r.Told {
		got = append(got, r.Told[i].Alone(r.Bounds()))
	}
	if diff := cmp.Diff([]bool{true, true, false, true, true, false}, got); diff != "" {
		t.Error(diff)
	}
}

func TestReportCounts(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := some().Print(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| 0.50 % | 0.9000 | 0.1000 | 66.7 % | 33.3 %                   | 0 (0.00 %)  | 1 (33.33 %; 6.15–79.23) | 33.3 %               | 0 (0.00 %)  | 1 (33.33 %; 6.15–79.23) |",
		"| phish | 3 | 2 (1)    | 0 (0) | 1 (1)      |", // one of the two is forbidden by a guard
		"| all       | 3         | 3          | 0.7778 |",
		"| fr       | 3         | 33.3 %         | 1             | 3          | 33.3 %    | 1                  |",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestScoresGoOutAndComeIn(t *testing.T) {
	t.Parallel()
	r := some()
	r.Told = append(r.Told, one("g", eval.Spam, verdict.Spam, 0.99, true))
	var out strings.Builder
	if err := eval.WriteScores(&out, r.Told, r.Bounds()); err != nil {
		t.Fatal(err)
	}
	want := "id,label,score,verdict\na,1,0.950000000,phish\nb,1,0.050000000,safe\nc,1,0.970000000,review\nd,0,0.020000000,safe\ne,0,0.920000000,phish\nf,0,0.200000000,review\ng,spam,0.990000000,spam\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	file := filepath.Join(t.TempDir(), "scores.csv")
	if err := os.WriteFile(file, []byte(strings.NewReplacer("\na,", "\nstranger,", "\nb,", "\nset/b.eml,").Replace(out.String())), 0o600); err != nil {
		t.Fatal(err)
	}
	v, err := eval.ReadScores("theirs", file, r.Told)
	if err != nil || len(v.Told) != 6 || v.Told[0].ID != "b" || v.Told[0].Score != 0.05 || v.Told[0].Label != eval.Phish {
		t.Errorf("got %v, %v", v, err)
	}
}

// Relatives are drawn together, so a few large families leave more to chance
// than as many strangers.
func TestChanceDrawsFamilies(t *testing.T) {
	t.Parallel()
	strangers, relatives := &eval.Report{}, &eval.Report{}
	for i := range 200 {
		l, score := eval.Ham, float64(i%50)/50
		if i%2 == 0 {
			l, score = eval.Phish, 0.2+float64(i%50)/50
		}
		told := one(string(rune('A'+i)), l, verdict.Unsure, score, true)
		strangers.Told = append(strangers.Told, told)
		told.Family = string(rune('A' + i%50/5))
		relatives.Told = append(relatives.Told, told)
	}
	a, b := width(strangers), width(relatives)
	if a <= 0 || b <= a {
		t.Errorf("the interval is %v wide for strangers and %v for relatives", a, b)
	}
}

func width(r *eval.Report) float64 {
	low, high := eval.Chance(r.Told, eval.All())
	return high - low
}

func TestReliabilityAndAgreement(t *testing.T) {
	t.Parallel()
	r := some()
	r.Raw = some().Told
	var out strings.Builder
	if err := r.Print(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"correlation of the log odds 1.0000, of the ranks 1.0000; the same verdict 100.0 %; told otherwise with confidence 0", "| 0.933–1.000 | 2", "Reliability; ECE 0."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
