package reply_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the golden files again")

type sample struct {
	name string
	set  func(*reply.Input)
}

func reasons(in *reply.Input) { in.Reasons = reasonsOf(in.Lang) }

// samples are the letters a reviewer should read, each in every language and
// form.
func samples() []sample {
	all := []sample{}
	add := func(name string, s reply.Situation, changes ...func(*reply.Input)) {
		all = append(all, sample{name, func(in *reply.Input) {
			in.Situation = s
			for _, change := range changes {
				change(in)
			}
		}})
	}
	milestone := func(m reply.Milestone) func(*reply.Input) { return func(in *reply.Input) { in.Milestone = m } }
	wave := func(w reply.Wave) func(*reply.Input) { return func(in *reply.Input) { in.Wave = w } }
	question := func(in *reply.Input) { in.Question = "How do I add the button to my phone?" }
	nameless := func(in *reply.Input) { in.FirstName = "" }
	change := func(was, now verdict.Verdict) func(*reply.Input) {
		return func(in *reply.Input) { in.Old, in.New = was, now }
	}
	add("acknowledge", reply.Acknowledge)
	add("acknowledge-question", reply.Acknowledge, question, nameless)
	add("phishing", reply.PhishingConfirmed, reasons)
	add("phishing-first", reply.PhishingConfirmed, reasons, milestone(reply.FirstReport), wave(reply.Wave{First: true}))
	add("phishing-wave", reply.PhishingConfirmed, reasons, milestone(reply.TenthReport), wave(reply.Wave{Protected: 14}))
	add("phishing-earlier", reply.PhishingConfirmed, milestone(reply.LongSilence), wave(reply.Wave{Earlier: 2}), nameless)
	add("phishing-three", reply.PhishingConfirmed, milestone(reply.AfterFalseAlarm), func(in *reply.Input) { in.Count = 3 })
	for _, act := range reply.Acts() {
		add("acted-"+string(act), reply.ActedOnDanger, acts(act))
	}
	add("acted-all", reply.ActedOnDanger, acts(reply.Acts()...), question)
	add("rescue", reply.Rescue)
	add("false-alarm", reply.FalseAlarm, func(in *reply.Input) { in.Doubts = reasonsOf(in.Lang)[1:] })
	add("false-alarm-clicked", reply.FalseAlarm, acts(reply.Clicked), milestone(reply.FirstReport))
	add("advertising", reply.UnwantedAd, milestone(reply.AfterFalseAlarm))
	add("simulation", reply.SimulationSpotted, reasons)
	add("simulation-clicked", reply.SimulationSpotted, acts(reply.Clicked), nameless)
	add("not-sure", reply.NotSureYet)
	add("corrected-to-phishing", reply.Corrected, reasons)
	add("corrected-to-phishing-clicked", reply.Corrected, acts(reply.Clicked))
	add("corrected-to-genuine", reply.Corrected, change(verdict.Phishing, verdict.Legitimate))
	add("corrected-to-unsure", reply.Corrected, change(verdict.Legitimate, verdict.Unsure))
	add("help", reply.HelpRequested, question)
	add("own-words", reply.OwnWords, question)
	add("unreadable", reply.Unreadable)
	add("too-big", reply.TooBig)
	add("locked", reply.Locked)
	add("sign-in", reply.SignIn)
	return all
}

// TestGolden keeps each letter as a reader sees it; run with -update to write
// the files again, then read them aloud.
func TestGolden(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			got := &txtar.Archive{Comment: []byte("The letter \"" + s.name + "\".\n")}
			for _, l := range languages() {
				in := base(l.lang, l.form, reply.Acknowledge)
				s.set(&in)
				letter, err := reply.Compose(c, in)
				if err != nil {
					t.Fatal(err)
				}
				name := l.lang
				if l.lang == "fr" {
					name = fmt.Sprintf("%s-%s", l.lang, l.form)
				}
				got.Files = append(got.Files, txtar.File{Name: name, Data: []byte("Subject: " + letter.Subject + "\n\n" + letter.Text)})
			}
			compare(t, filepath.Join("testdata", s.name+".txtar"), txtar.Format(got))
		})
	}
}

func TestGoldenHTML(t *testing.T) {
	t.Parallel()
	in := base("fr", reply.Vous, reply.PhishingConfirmed)
	in.FirstName = "<b>Emma & co</b>"
	reasons(&in)
	letter, err := reply.Compose(catalogue(t), in)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, filepath.Join("testdata", "phishing.html"), []byte(letter.HTML))
}

func compare(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
