package app

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/verdict"
)

// write prints one message for a person. Everything that comes from the message
// passes through plain: a mail must not steer a terminal.
func (l judged) write(out io.Writer, w *world) {
	_, _ = fmt.Fprintf(out, "── %s\n", plain(l.File))
	if l.Error != "" {
		_, _ = fmt.Fprintf(out, "   %s\n\n", plain(l.Error))
		return
	}
	say := func(key string, args i18n.Args) { _, _ = fmt.Fprintf(out, "   %s\n", w.t(key, args)) }
	say("app.analyze.from", i18n.Args{"value": plain(l.sheet.from)})
	say("app.analyze.subject", i18n.Args{"value": plain(l.sheet.subject)})
	say("app.analyze.verdict", i18n.Args{"verdict": w.t("app.verdict."+string(l.Verdict), nil), "percent": percent(l.Score)})
	if l.Confident {
		say("app.analyze.alone", nil)
	} else {
		say("app.analyze.person", nil)
	}
	if l.Campaign != "" {
		say("app.analyze.campaign", i18n.Args{"value": l.Campaign})
	}
	l.writeFindings(out, w)
	_, _ = fmt.Fprintf(out, "\n   %s\n\n", w.t("app.analyze.answer", nil))
	for text := range strings.SplitSeq(strings.TrimRight(l.sheet.answer, "\n"), "\n") {
		_, _ = fmt.Fprintf(out, "   │ %s\n", plain(text))
	}
	_, _ = fmt.Fprintln(out)
}

// percent writes a probability. Nothing is certain, so it is never 0 or 100.
func percent(score float64) int { return min(max(int(math.Round(100*score)), 1), 99) }

func (l judged) writeFindings(out io.Writer, w *world) {
	if len(l.Findings) == 0 {
		_, _ = fmt.Fprintf(out, "   %s\n", w.t("app.analyze.no-findings", nil))
		return
	}
	_, _ = fmt.Fprintf(out, "   %s\n", w.t("app.analyze.findings", nil))
	for _, f := range l.Findings {
		_, _ = fmt.Fprintf(out, "   %+5.1f  %s  (%s)\n", f.Weight, plain(f.Expert), f.ID)
	}
}

// writeTotal sums a run up in one line.
func writeTotal(out io.Writer, w *world, n, unread int, total map[verdict.Verdict]int) {
	var counts []string
	for _, v := range verdict.All() {
		if total[v] > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", total[v], w.t("app.verdict."+string(v), nil)))
		}
	}
	if unread > 0 {
		counts = append(counts, w.t("app.analyze.unread", i18n.Args{"n": unread}))
	}
	_, _ = fmt.Fprintln(out, w.t("app.analyze.total", i18n.Args{"n": n, "counts": strings.Join(counts, ", ")}))
}

// plain takes out what would steer a terminal or turn a line around: control
// characters (escape sequences begin with one) and marks of direction.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
}
