// Package house looks at a message with what the organisation knows: its own
// domains, its people, and those it does business with. Only a proved sender
// earns trust: an address of ours that nothing proves is a reason to look twice.
package house

import (
	"context"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Table lists the findings of this package with their weights.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"house.own":            {Class: verdict.Trust, Weight: -3.5, Proof: true},
	"house.own-unproved":   {Class: verdict.Danger, Weight: 1.0},
	"house.known":          {Class: verdict.Trust, Weight: -3.0, Proof: true},
	"house.known-unproved": {Class: verdict.Neutral},
	"house.outsider-as-us": {Class: verdict.Danger, Weight: 1.2},
}

// Check compares the message with what the house knows.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	place := verdict.Place{Spot: verdict.InHeader, Name: "From", Quote: view.Quote(v.From.Addr)}
	args := map[string]string{"domain": domain.Defang(v.Host)}
	find := func(id string) []verdict.Finding { return []verdict.Finding{Table.Find(id, place, args)} }
	switch own, known, proved := v.Ours(v.Host), v.Known(v.Host), Proved(v); {
	case v.Host == "":
		return nil
	case own && proved:
		return find("house.own")
	case own:
		return find("house.own-unproved")
	case known && proved:
		return find("house.known")
	case known:
		return find("house.known-unproved")
	case speaksAsUs(v):
		return find("house.outsider-as-us")
	}
	return nil
}

// Proved reports whether the author's domain was authenticated, by us or by a
// server that the house trusts: DMARC passed, or something passed for it.
func Proved(v *view.View) bool {
	for _, f := range v.Auth {
		if f.ID == "auth.dmarc-pass" || f.ID == "auth.proved" {
			return true
		}
	}
	return slices.ContainsFunc(v.Signed, func(d string) bool { return domain.Same(d, v.Host) })
}

// speaksAsUs reports whether an outsider's display name carries the name of one
// of our domains, as in "Example Payroll".
func speaksAsUs(v *view.View) bool {
	for _, d := range v.House.Domains {
		if label := domain.Label(domain.Clean(d)); len(label) > 3 && strings.Contains(v.Name, view.Fold(label)) {
			return true
		}
	}
	return false
}
