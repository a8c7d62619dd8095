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

// placed picks the findings that have a place on the page, the heaviest first:
// each gets a pin.
func placed(m *mail.Message, all []verdict.Finding) []verdict.Finding {
	g := newGuest(m, nil)
	links, files := linkRows(m, &page.Guest{}), fileRows(m, &page.Guest{})
	var out []verdict.Finding
	for _, f := range all {
		ok := false
		switch f.Place.Spot {
		case verdict.InHeader:
			ok = slices.ContainsFunc(g.Headers, func(h page.GuestField) bool { return strings.EqualFold(h.Name, headerName(f.Place.Name)) })
		case verdict.InLink:
			_, ok = links[f.Place.Index]
		case verdict.InAttachment:
			_, ok = files[f.Place.Index]
		case verdict.InText:
			ok = stands(g.Text, f.Place.Quote) || stands(m.Subject, f.Place.Quote)
		case verdict.InWhole:
		}
		if ok && len(out) < mostPins {
			out = append(out, f)
		}
	}
	return out
}

// stands reports whether a quote stands in a text.
func stands(text, quote string) bool { return quote != "" && strings.Contains(fold(text), fold(quote)) }

// fold makes texts comparable as the page compares them: case and the width of
// white space aside.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// evidence says what the judgement of the gravest report rests on.
func (v *visit) evidence(d *dossier) page.Evidence {
	result, m := d.results[d.gravest], d.messages[d.gravest]
	e := page.Evidence{
		Verdict: d.c.Verdict, Score: result.Score, Confident: result.Confident, ByPerson: d.names[d.c.DecidedBy], Same: d.same, Kin: v.kin(d.kin),
	}
	var pins []verdict.Finding
	if m != nil {
		pins = placed(m, result.Findings)
		e.Checks, e.Route = v.checks(m), hops(m)
	}
	for _, f := range result.Findings {
		e.Reasons = append(e.Reasons, page.Reason{
			ID: f.ID, Pin: at(pins, f) + 1, Expert: sentences.Expert(v.Words, v.lang, f), Class: f.Class, Weight: f.Weight,
			Main: at(result.Reasons, f) >= 0, Hold: f.Hold,
		})
	}
	return e
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
