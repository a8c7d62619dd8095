package app

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// write prints one message for a person.
func (l judged) write(out io.Writer, w *world) {
	p := paper{out: out, colours: w.colours()}
	title := "── " + plain(l.File) + " "
	p.line(p.inked(bold, title+strings.Repeat("─", max(pageWidth-utf8.RuneCountInString(title), 2))))
	if l.Error != "" {
		p.block("   ", "   ", plain(l.Error), "")
		p.line("")
		return
	}
	l.writeHead(p, w)
	l.writeVerdict(p, w)
	l.writeFindings(p, w)
	l.writeReasons(p, w)
	l.writeLinks(p, w)
	l.writeList(p, w.t("app.analyze.files", i18n.Args{"n": len(l.sheet.files)}), l.sheet.files)
	l.writeAnswer(p, w)
}

// writeHead says what the message says of itself.
func (l judged) writeHead(p paper, w *world) {
	for _, row := range [][2]string{
		{"app.analyze.from", l.sheet.from}, {"app.analyze.replies", l.sheet.replies}, {"app.analyze.subject", l.sheet.subject},
		{"app.analyze.language", l.sheet.language}, {"app.analyze.campaign", l.Campaign},
	} {
		if row[1] != "" {
			p.block("   ", "      ", w.t(row[0], i18n.Args{"value": plain(row[1])}), "")
		}
	}
}

// writeVerdict says what we make of it, how sure we are, and what follows.
func (l judged) writeVerdict(p paper, w *world) {
	f := page.Frame{Catalogue: w.say, Lang: w.lang}
	said := w.t("app.analyze.verdict", i18n.Args{
		"verdict": w.t("app.verdict."+string(l.Verdict), nil), "sure": f.Sureness(l.Verdict, l.Score), "percent": percent(l.Score),
	})
	c := bold
	switch l.Verdict {
	case verdict.Phishing:
		c += ";" + danger
	case verdict.Legitimate, verdict.Simulation:
		c += ";" + trust
	case verdict.Spam, verdict.Unsure:
	}
	p.line("")
	p.block("   ", "   ", said, c)
	next := "app.analyze.person"
	switch {
	case l.Confident:
		next = "app.analyze.alone"
	case l.sheet.unshown:
		next = "app.analyze.unshown"
	}
	p.block("   ", "   ", strings.TrimSpace(w.t(next, nil)+" "+l.sheet.wants), "")
}

// percent writes a probability. Nothing is certain, so it is never 0 or 100.
func percent(score float64) int { return min(max(int(math.Round(100*score)), 1), 99) }

// writeFindings lists what was seen for the expert: what moved the judgement
// with how much, then the rest.
func (l judged) writeFindings(p paper, w *world) {
	if len(l.Findings) == 0 {
		l.writeList(p, w.t("app.analyze.no-findings", nil), []string{""})
		return
	}
	most := 0.0
	for _, f := range l.Findings {
		most = max(most, math.Abs(f.Moved))
	}
	heading(p, w.t("app.analyze.findings", nil))
	indent := strings.Repeat(" ", barWidth+5)
	for _, f := range l.Findings {
		p.block("   "+p.bar(f.Moved, most)+"  ", indent, plain(f.Expert)+" ["+f.ID+"]", "")
	}
	p.block("   ", "   ", w.t("app.analyze.legend", nil), quiet)
}

func heading(p paper, text string) {
	p.line("")
	p.block("   ", "   ", text, bold)
}

// writeReasons says what the reporter would be told.
func (l judged) writeReasons(p paper, w *world) {
	if len(l.sheet.reasons) == 0 {
		return
	}
	heading(p, w.t("app.analyze.reasons", nil))
	for i, r := range l.sheet.reasons {
		p.block(fmt.Sprintf("   %d. ", i+1), "      ", plain(r), "")
	}
}

// writeLinks says where the links lead.
func (l judged) writeLinks(p paper, w *world) {
	all := l.sheet.links
	var lines []string
	for _, one := range all[:min(len(all), mostLeads)] {
		args := i18n.Args{"host": plain(one.host), "via": plain(one.via)}
		line := plain(one.host)
		switch {
		case one.host == "":
			line = w.t("app.analyze.shut", args)
		case one.via != "":
			line = w.t("app.analyze.through", args)
		}
		if one.shown != "" && one.shown != one.host {
			line = plain(one.shown) + " → " + line
		}
		lines = append(lines, line)
	}
	if n := len(all) - len(lines); n > 0 {
		lines = append(lines, w.t("guest.more", i18n.Args{"n": n}))
	}
	l.writeList(p, w.t("app.analyze.links", i18n.Args{"n": len(all)}), lines)
}

// writeList writes lines of the message under a heading; nothing where there
// are none.
func (judged) writeList(p paper, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	heading(p, title)
	for _, line := range lines[:min(len(lines), mostFiles+1)] {
		if line != "" {
			p.block("   · ", "     ", plain(line), "")
		}
	}
}

// writeAnswer shows the letter in a frame; a link in it is not broken.
func (l judged) writeAnswer(p paper, w *world) {
	heading(p, w.t("app.analyze.answer", nil))
	p.line("")
	edge := "   " + p.inked(quiet, "│") + " "
	for text := range strings.SplitSeq(strings.TrimRight(l.sheet.answer, "\n"), "\n") {
		if text = plain(text); strings.Contains(text, "://") {
			p.line(edge + text)
			continue
		}
		rest := "   │ "
		if strings.HasPrefix(text, "- ") {
			rest += "  "
		}
		p.block(edge, rest, text, "")
	}
	p.line("")
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
