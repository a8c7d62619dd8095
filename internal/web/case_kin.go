package web

import (
	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/campaign"
	"github.com/bienvu/bienvu/internal/web/page"
)

const (
	mostKin = 5 // cases listed as belonging with one
	mostWhy = 3 // reasons said for each
)

// kin says which cases a case belongs with, and why.
func (v *visit) kin(all []campaign.Kin) []page.Kin {
	var out []page.Kin
	for _, k := range all {
		one := page.Kin{
			Path: "/desk/" + string(k.Case), Number: k.Number, Subject: cut(k.Subject, longestField), Verdict: k.Verdict, Decided: k.Decided, Twin: k.Like.Twin,
		}
		for _, r := range k.Like.Why[:min(len(k.Like.Why), mostWhy)] {
			one.Why = append(one.Why, similar.Say(v.Words, v.lang, r))
		}
		out = append(out, one)
	}
	return out
}
