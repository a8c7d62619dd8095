// Package house looks at a message with what the organisation knows: its own
// domains, its people, those it does business with, and what it remembers of
// the sender. Only a proved sender earns trust: an address of ours that nothing
// proves is a reason to look twice.
package house

import (
	"context"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Table lists the findings of this package with their weights. No corpus knows
// a house, so they are argued and not learned:
//
// A proved supplier is trusted less than other proved partners, because whoever
// wants to be paid breaks into its mailboxes first. In its name and unproved is
// a little suspicious: many small firms prove nothing, but theirs are the names
// worth borrowing. New bank details from a supplier must outweigh the proof of
// its domain, and keep us from calling the message safe alone.
//
// The findings with ~ have the weight that is due to what is remembered; see
// decided. What a memory says first of all is that it has none: most honest
// senders are reported once in their life, so a first contact moves nothing.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"house.own":                {Class: verdict.Trust, Weight: -3.5, Proof: true},
	"house.own-unproved":       {Class: verdict.Danger, Weight: 1.0},
	"house.known":              {Class: verdict.Trust, Weight: -3.0, Proof: true},
	"house.known-unproved":     {Class: verdict.Neutral},
	"house.newsletter":         {Class: verdict.Trust, Weight: -3.0, Proof: true},
	"house.supplier":           {Class: verdict.Trust, Weight: -2.0, Proof: true},
	"house.supplier-unproved":  {Class: verdict.Danger, Weight: 0.4},
	"house.new-bank-details":   {Class: verdict.Danger, Weight: 3.5},
	"house.outsider-as-us":     {Class: verdict.Danger, Weight: 1.2},
	"house.first-contact":      {Class: verdict.Neutral},
	"house.written-before":     {Class: verdict.Neutral},
	"house.frequent":           {Class: verdict.Trust, Weight: -0.5, Proof: true},
	"house.decided-legitimate": {Class: verdict.Trust, Weight: -1.5, Proof: true}, // ~
	"house.decided-phishing":   {Class: verdict.Danger, Weight: 3.0},              // ~
	"house.decided-spam":       {Class: verdict.Bulk, Weight: 1.0},
	"house.learned-harmless":   {Class: verdict.Trust, Weight: -1.0}, // ~
	"house.learned-danger":     {Class: verdict.Danger, Weight: 1.0}, // ~
}

// Remembered reports whether a finding tells of what happened before, and not of
// the message: of two copies of one letter, the later may have it alone.
func Remembered(id string) bool {
	return strings.HasPrefix(id, "house.decided-") || strings.HasPrefix(id, "house.learned-")
}

// Check compares the message with what the house knows.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	if v.Host == "" {
		return nil
	}
	return append(relation(v), remembered(v)...)
}

// find makes a finding about the author.
func find(v *view.View, id string, more ...string) verdict.Finding {
	place := verdict.Place{Spot: verdict.InHeader, Name: "From", Quote: view.Quote(v.From.Addr)}
	args := map[string]string{"domain": domain.Defang(v.Host)}
	for i := 0; i+1 < len(more); i += 2 {
		args[more[i]] = more[i+1]
	}
	return Table.Find(id, place, args)
}

// relations are what the author's domain may be to the house, the closest first.
//
//nolint:gochecknoglobals // a constant table
var relations = []struct {
	has              func(*view.View) []string
	proved, unproved string
}{
	{func(v *view.View) []string { return v.House.Domains }, "house.own", "house.own-unproved"},
	{func(v *view.View) []string { return v.House.Suppliers }, "house.supplier", "house.supplier-unproved"},
	{func(v *view.View) []string { return v.House.Known }, "house.known", "house.known-unproved"},
	{func(v *view.View) []string { return v.House.Newsletters }, "house.newsletter", "house.known-unproved"},
}

// relation says what the author's domain is to the house.
func relation(v *view.View) []verdict.Finding {
	for _, r := range relations {
		switch {
		case !domain.In(v.Host, r.has(v)):
			continue
		case Proved(v):
			return []verdict.Finding{find(v, r.proved)}
		}
		return []verdict.Finding{find(v, r.unproved)}
	}
	if speaksAsUs(v) {
		return []verdict.Finding{find(v, "house.outsider-as-us")}
	}
	return nil
}

// moneyMoves are the findings that tell of another account to pay to.
//
//nolint:gochecknoglobals // a constant table
var moneyMoves = []string{"text.bank-change", "text.new-iban"}

// Together adds what only several analyzers see: a supplier that wants to be
// paid to another account.
func Together(v *view.View, found []verdict.Finding) []verdict.Finding {
	if !domain.In(v.Host, v.House.Suppliers) {
		return nil
	}
	for _, f := range found {
		if slices.Contains(moneyMoves, f.ID) {
			bank := Table.Find("house.new-bank-details", f.Place, map[string]string{"domain": domain.Defang(v.Host)})
			return []verdict.Finding{bank}
		}
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
