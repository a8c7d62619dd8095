package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/verdict"
)

func scored(scores ...float64) (out []eval.Judged) {
	for _, s := range scores {
		out = append(out, eval.Judged{Result: analysis.Result{Judgement: verdict.Judgement{Score: s}}})
	}
	return out
}

func TestAUC(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		bad, good []eval.Judged
		want      float64
	}{
		{scored(0.9, 0.8), scored(0.1, 0.2), 1},
		{scored(0.1), scored(0.9), 0},
		{scored(0.5), scored(0.5), 0.5},
		{scored(0.9, 0.3), scored(0.5, 0.1), 0.75},
		{nil, scored(0.1), 0.5},
	} {
		if got := eval.AUC(c.bad, c.good); got != c.want {
			t.Errorf("got %v, want %v", got, c.want)
		}
	}
}

// Only what is confident, told legitimate and proved is counted as proved.
func TestReportCountsProved(t *testing.T) {
	t.Parallel()
	one := func(v verdict.Verdict, sure, proved bool) eval.Judged {
		return eval.Judged{Sample: eval.Sample{Label: eval.Ham}, Result: analysis.Result{
			Judgement: verdict.Judgement{Verdict: v, Confident: sure}, Proved: proved,
		}}
	}
	var out strings.Builder
	eval.Report(&out, []eval.Judged{
		one(verdict.Legitimate, true, true), one(verdict.Legitimate, true, false), one(verdict.Legitimate, false, true), one(verdict.Phishing, true, true),
	})
	if want := "with a proved sender (the desk's rule)        1 of     4"; !strings.Contains(out.String(), want) {
		t.Errorf("no %q in\n%s", want, out.String())
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("bad.eml", "From: PayPal <x@paypa1-check.top>\nTo: a@b.example\nSubject: Verify your account\n\nVerify your account at http://203.0.113.4/ within 24 hours, click here.\n")
	write("good.eml", "From: Ada <ada@b.example>\nTo: a@b.example\nSubject: Re: lunch\nIn-Reply-To: <1@b.example>\n\nNoon suits me very well, see you at the usual table by the window, and bring the plans if you have them.\n\n> Lunch?\n> Noon?\n")
	write("m.csv", "id,path,label,source\n1,set/bad.eml,phish,s\n2,set/good.eml,ham,s\n3,set/gone.eml,ham,s\n")
	var out strings.Builder
	if err := eval.Run(&out, dir, filepath.Join(dir, "m.csv")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 messages of the manifest are not in the folder", "ROC-AUC, malicious against legitimate                          1.0000", "dangerous errors: malicious told legitimate with confidence        0 of     1"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestRunSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bad := filepath.Join(dir, "m.csv")
	if err := os.WriteFile(bad, []byte("id,label\n1,ham\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := eval.Run(&strings.Builder{}, dir, bad); err == nil || !strings.Contains(err.Error(), `"path"`) {
		t.Errorf("got %v", err)
	}
	if err := eval.Run(&strings.Builder{}, dir, filepath.Join(dir, "none.csv")); err == nil {
		t.Error("a manifest that is not there is no error")
	}
}
