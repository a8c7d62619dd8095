package app

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// sheet is what a person reads of a message besides its line.
type sheet struct {
	from, replies, subject string
	language, wants        string
	unshown                bool // sure enough, and yet a person looks
	reasons                []string
	links                  []lead
	files                  []string
	answer                 string
}

// lead is a link as it is written, with where it leads.
type lead struct{ shown, host, via string }

// The most that is listed; the rest is counted.
const (
	mostLeads = 12
	mostFiles = 12
)

// sheet gathers what a person reads.
func (j judge) sheet(m *mail.Message, r analysis.Result, now time.Time) (s sheet, problem string) {
	s = sheet{from: sender(m), subject: m.Subject, language: j.languageName(r.Language), files: j.files(m), links: leads(m, r.Findings)}
	if len(m.ReplyTo) > 0 && !strings.EqualFold(m.ReplyTo[0].Addr, m.Author().Addr) {
		s.replies = m.ReplyTo[0].Addr
	}
	s.wants = sentences.Aims(j.say, j.lang, r.Judgement)
	for _, f := range r.Reasons {
		s.reasons = append(s.reasons, sentences.Reporter(j.say, j.lang, f))
	}
	s.unshown = unshown(r)
	s.answer, problem = j.answer(m, r, now)
	return s, problem
}

// unshown reports whether the probability would do for an answer, and what can
// be shown for it would not.
func unshown(r analysis.Result) bool {
	m, err := model.Shipped()
	if err != nil || len(m.Risks) == 0 || r.Confident {
		return false
	}
	return m.Risks[model.Chosen(m.Risks, 0)].Bounds().Beyond(r.Judgement)
}

// languageName says a language in the reader's own, its code where we have no
// name for it.
func (j judge) languageName(code string) string {
	if key := "app.language." + code; j.say.Has(j.lang, key) {
		return j.t(key, nil)
	}
	return code
}

// files says each attachment in a line.
func (j judge) files(m *mail.Message) []string {
	f := page.Frame{Catalogue: j.say, Lang: j.lang}
	var out []string
	for _, p := range m.Parts {
		if p == nil || !p.Attachment {
			continue
		}
		line := cmp.Or(p.Name, j.t("guest.unnamed", nil)) + " · " + p.Type + " · " + f.Size(p.Size)
		if p.TrueType != "" && p.TrueType != p.Type {
			line += " · " + f.T("guest.true-type", "type", p.TrueType)
		}
		out = append(out, line)
	}
	return out
}

// leads lists where the links of a message lead, and the codes in its pictures,
// each place once.
func leads(m *mail.Message, found []verdict.Finding) []lead {
	var out []lead
	for _, f := range found {
		if what := f.Args["host"] + f.Args["what"]; strings.HasPrefix(f.ID, "picture.qr-") && what != "" {
			out = append(out, lead{shown: "QR", host: what})
		}
	}
	seen := map[lead]bool{}
	for _, l := range view.New(subject.Subject{Message: &mail.Message{Links: m.Links}}).Links {
		one := lead{shown: domain.Defang(l.Shown), host: domain.Defang(l.Host), via: l.Wrapped}
		if l.Opaque {
			one.host = ""
		}
		if !l.Clickable() || seen[one] {
			continue
		}
		seen[one] = true
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b lead) int { return cmp.Compare(a.rank(), b.rank()) })
	return out
}

// rank puts first what says least about where it leads.
func (l lead) rank() int {
	switch {
	case l.shown != "" && l.shown != l.host:
		return 0
	case l.via != "":
		return 1
	}
	return 2
}
