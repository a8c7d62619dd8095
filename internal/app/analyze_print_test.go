package app

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/verdict"
)

var update = flag.Bool("update", false, "write the golden files again")

// steering is what a message would like to do to a terminal.
const steering = "\x1b[2J\u202e"

func printed() judged {
	return judged{
		File: "parcel" + steering + ".eml", Verdict: verdict.Phishing, Score: 0.987, Confident: true, Campaign: "c1-abc",
		Findings: []seen{
			{ID: "link.text-lies", Moved: 3, Expert: "The text shows www[.]post[.]example, the link leads to parcel-desk[.]example, and this sentence goes on for more than one line."},
			{ID: "auth.dkim-pass-aligned", Moved: -1.4, Expert: "A valid DKIM signature is aligned" + steering + "."},
			{ID: "text.hurry", Moved: 0.01, Expert: "It hurries."},
			{ID: "bulk.list", Expert: "It carries a list header."},
		},
		sheet: sheet{
			from: "Post " + steering + "<post@parcel.example>", replies: "box@elsewhere.example", subject: "Your parcel", language: "English",
			wants:   "The words want a parcel to be looked after.",
			reasons: []string{"The link leads elsewhere than it says, which you can see by holding the mouse over it for a while.", "It hurries you."},
			links: []lead{
				{"www[.]post[.]example", "parcel-desk[.]example", "Safe Links"}, {"", "", "Mimecast"}, {"QR", "parcel-desk[.]example", ""}, {"", "post[.]example", ""},
			},
			files:  []string{"label" + steering + ".pdf.html · application/pdf · 48 kB · in truth text/html"},
			answer: "Well spotted!\n\n- The link leads elsewhere than it says, which you can see by holding the mouse.\n\nFollow this report: https://bienvu.atelier.example/reports/019cb323-e500-7007-a608-d5e20ffc2d12/and-more\n",
		},
	}
}

// The page of the terminal is what it was, or somebody looked at the change.
func TestPageOfTheTerminal(t *testing.T) {
	t.Parallel()
	say, err := i18n.Load(Locales()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fr"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			printed().write(&b, &world{stdout: &b, lang: lang, say: say})
			file := filepath.Join("testdata", "analyze."+lang+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Error(diff)
			}
			checkWidth(t, b.String())
		})
	}
}

func checkWidth(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if n := utf8.RuneCountInString(line); n > pageWidth && !strings.Contains(line, "://") {
			t.Errorf("%d wide: %s", n, line)
		}
		if strings.ContainsAny(line, "\x1b\u202e") || strings.HasSuffix(line, " ") {
			t.Errorf("%q", line)
		}
	}
}

func TestLinesAreBroken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                   {""},
		"one two three":      {"one two", "three"},
		"a  b":               {"a b"},
		"é é é é é":          {"é é é é", "é"},
		"abcdefghijkl m":     {"abcdefgh", "ijkl m"},
		"x abcdefghijkl":     {"x", "abcdefgh", "ijkl"},
		"prix\u202f: 1 euro": {"prix\u202f: 1", "euro"},
	} {
		if diff := cmp.Diff(want, inLines(text, 8)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// Colours never change the words, nor how wide a bar is.
func TestColoursAddNothing(t *testing.T) {
	t.Parallel()
	p := paper{colours: true}
	if got := p.inked(trust, "x"); got != "\x1b[36mx\x1b[0m" {
		t.Errorf("%q", got)
	}
	if p.inked(trust, "") != "" {
		t.Error("nothing is coloured")
	}
	for moved, want := range map[float64]string{4: "██████████", 2: "█████     ", 0.01: "█         ", -4: "░░░░░░░░░░", 0: "          "} {
		if got := (paper{}).bar(moved, 4); got != want {
			t.Errorf("%v: %q", moved, got)
		}
	}
}
