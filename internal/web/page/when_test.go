package page

import (
	"strings"
	"testing"
	"time"
)

func TestTimesAreHuman(t *testing.T) {
	t.Parallel()
	en, fr := frame(t, "en", nil), frame(t, "fr", nil)
	const day = 24 * time.Hour
	for _, c := range []struct {
		said   func(Frame, time.Time) string
		at     time.Time
		en, fr string
	}{
		{Frame.Ago, ago(10 * time.Second), "just now", "à l’instant"},
		{Frame.Ago, at().Add(time.Minute), "just now", "à l’instant"},
		{Frame.Ago, ago(50 * time.Second), "1 minute ago", "il y a 1 minute"},
		{Frame.Ago, ago(4 * time.Minute), "4 minutes ago", "il y a 4 minutes"},
		{Frame.Ago, ago(2 * time.Hour), "today at 12:20", "aujourd’hui à 12\u00a0h\u00a020"},
		{Frame.Ago, ago(15 * time.Hour), "yesterday at 23:20", "hier à 23\u00a0h\u00a020"},
		{Frame.Ago, ago(11 * day), "1 May", "1er mai"},
		{Frame.Ago, ago(365 * day), "12 May 2025", "12 mai 2025"},
		{Frame.Short, ago(4 * time.Minute), "4\u00a0min", "4\u00a0min"},
		{Frame.Short, ago(2 * time.Hour), "12:20", "12\u00a0h\u00a020"},
		{Frame.By, at().Add(40 * time.Minute), "before 15:00 today", "avant 15\u00a0h aujourd’hui"},
		{Frame.By, at().Add(day), "before 14:20 tomorrow", "avant 14\u00a0h\u00a020 demain"},
		{Frame.By, at().Add(3 * day), "before 14:20 on 15 May", "avant 14\u00a0h\u00a020 le 15 mai"},
		{Frame.Exact, at(), "Tuesday 12 May 2026, 14:20 (CEST)", "mardi 12 mai 2026, 14\u00a0h\u00a020 (CEST)"},
	} {
		if got := c.said(en, c.at); got != c.en {
			t.Errorf("en: %q, want %q", got, c.en)
		}
		if got := c.said(fr, c.at); got != c.fr {
			t.Errorf("fr: %q, want %q", got, c.fr)
		}
	}
}

func TestSpansAndNumbers(t *testing.T) {
	t.Parallel()
	en, fr := frame(t, "en", nil), frame(t, "fr", nil)
	for got, want := range map[string]string{
		en.Span(41 * time.Second):                "41\u00a0s",
		en.Span(59*time.Minute + 59*time.Second): "59\u00a0min",
		en.Span(2 * time.Hour):                   "2\u00a0h",
		fr.Span(130 * time.Minute):               "2\u00a0h\u00a010\u00a0min",
		fr.Span(72 * time.Hour):                  "3 jours",
		en.Number(1234567):                       "1,234,567",
		fr.Number(1184):                          "1\u202f184",
		en.Number(-999):                          "−999",
		en.Share(0.8376):                         "84%",
		fr.Share(1):                              "100\u202f%",
		en.Size(1):                               "1 byte",
		fr.Size(48_213):                          "48\u00a0ko",
		fr.Size(3_456_000):                       "3,5\u00a0Mo",
		en.Size(50_000_000):                      "50\u00a0MB",
		en.Hello("reports.heading", ""):          "What you showed us",
		initials("marie-claude de la tour"):      "MD",
		initials(""):                             "",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNoFigureAboutFewerThanFive(t *testing.T) {
	t.Parallel()
	f := frame(t, "en", nil)
	few := render(t, story{"numbers", Numbers(f, NumbersView{People: 4, Reports: 86421, Weeks: []Week{{Reports: 86421}}})})
	home := render(t, story{"home", Home(f, HomeView{Month: &Month{Reports: 86421, People: 4}})})
	for _, out := range []string{few, home} {
		if strings.Contains(out, "86421") {
			t.Error("a figure about four people is told")
		}
	}
	if out := render(t, story{"home", Home(f, HomeView{Month: &Month{Reports: 86421, People: 5}})}); !strings.Contains(out, "86421") {
		t.Error("a figure about five people is not told")
	}
}
