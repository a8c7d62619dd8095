package web

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// mostPins is how many places of a message are marked; more would hide it.
const mostPins = 12

// placed picks the findings that have a place on the page, those that moved the
// judgement most first: each gets a pin.
func placed(m *mail.Message, all []verdict.Finding) []verdict.Finding {
	_, has := layOut(m, all)
	var out []verdict.Finding
	for i, f := range all {
		if has[i] && len(out) < mostPins {
			out = append(out, f)
		}
	}
	return out
}

// stands reports whether a quote stands in a text.
func stands(text, quote string) bool { return page.Stands(text, quote) }

// evidence says what the judgement of the gravest report rests on.
func (v *visit) evidence(d *dossier) page.Evidence {
	result, m := d.results[d.gravest], d.messages[d.gravest]
	e := page.Evidence{
		Verdict: d.c.Verdict, Score: result.Score, Confident: result.Confident, ByPerson: d.names[d.c.DecidedBy], Same: d.same, Kin: v.kin(d.kin),
		Wants: sentences.Aims(v.Words, v.lang, result.Judgement),
	}
	if b, ok := boundsOf(v.Desk.Org.House.Risk); ok {
		e.From, e.To = b.From, b.To
	}
	var pins []verdict.Finding
	if m != nil {
		pins = placed(m, result.Findings)
		e.Checks, e.Route = v.checks(m), hops(m)
	}
	moved := movedOf(result.Findings)
	for i, f := range result.Findings {
		e.Reasons = append(e.Reasons, page.Reason{
			ID: f.ID, Pin: at(pins, f) + 1, Expert: sentences.Expert(v.Words, v.lang, f), Class: f.Class, Weight: f.Weight, Moved: moved[i],
			Main: at(result.Reasons, f) >= 0, Hold: f.Hold,
		})
	}
	return e
}

// movedOf is how much each finding moved the judgement. Of judgements made
// before that was kept, it is what their tables hold them for.
func movedOf(all []verdict.Finding) []float64 {
	out := make([]float64, len(all))
	kept := slices.ContainsFunc(all, func(f verdict.Finding) bool { return f.Moved != 0 })
	for i, f := range all {
		switch {
		case kept:
			out[i] = f.Moved
		case f.Class == verdict.Danger || f.Class == verdict.Trust:
			out[i] = f.Weight
		}
	}
	return out
}

// at is where the finding stands in the list, -1 where it does not.
func at(list []verdict.Finding, f verdict.Finding) int {
	return slices.IndexFunc(list, func(o verdict.Finding) bool { return o.ID == f.ID && o.Place == f.Place })
}

// checks are the outcomes of authentication: those a server wrote on whom we
// rely, else those that somebody wrote, said so.
func (v *visit) checks(m *mail.Message) []page.Check {
	var out []page.Check
	trusted := v.Desk.Org.House.TrustedServers
	for _, field := range m.Auth {
		believed := slices.ContainsFunc(trusted, func(s string) bool { return strings.EqualFold(s, field.Server) })
		key := "web.check.claimed"
		if believed {
			key = "web.check.believed"
		}
		for _, r := range field.Results {
			out = append(out, page.Check{
				Name: strings.ToUpper(cut(r.Method, 20)), Outcome: cut(r.Value, 20), Good: believed && r.Value == "pass", Bad: r.Value == "fail",
				Detail: v.t(key, map[string]any{"server": page.Defang(cut(field.Server, 100))}),
			})
		}
		if believed || len(out) > mostPins {
			break // the fields below may have come with the mail
		}
	}
	return out
}

const mostHops = 15

func hops(m *mail.Message) []page.Hop {
	var out []page.Hop
	for _, h := range m.Route[:min(len(m.Route), mostHops)] {
		out = append(out, page.Hop{From: cut(h.From, longestField), IP: h.IP, By: cut(h.By, longestField), At: h.At})
	}
	return out
}
