package authcheck

import (
	"context"
	"slices"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Table lists the findings of this package with their weights. A pass weighs
// little: whoever sends from a domain of their own passes. What was read from
// fields that anyone may write weighs less than what we verified; a failure there
// still counts, as a forger would not write it. On mail with known labels those
// failures are ten times as common in phishing as in honest mail, or more; the
// weights stay below that, because the honest sample is small.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"auth.dmarc-pass":         {Class: verdict.Trust, Weight: -0.5, Proof: true},
	"auth.dmarc-fail":         {Class: verdict.Danger, Weight: 1.8},
	"auth.dmarc-fail-reject":  {Class: verdict.Danger, Weight: 2.4},
	"auth.proved":             {Class: verdict.Trust, Weight: -0.3, Proof: true},
	"auth.spf-fail":           {Class: verdict.Danger, Weight: 1.6},
	"auth.spf-softfail":       {Class: verdict.Danger, Weight: 1.1},
	"auth.nothing-passes":     {Class: verdict.Danger, Weight: 1.2},
	"auth.dkim-pass-aligned":  {Class: verdict.Neutral},
	"auth.dkim-broken":        {Class: verdict.Neutral},
	"auth.dkim-weak":          {Class: verdict.Neutral},
	"auth.own-domain-forged":  {Class: verdict.Danger, Weight: 3.5},
	"auth.known-forged":       {Class: verdict.Danger, Weight: 2.5},
	"auth.results-forged":     {Class: verdict.Danger, Weight: 1.5, Hold: true},
	"auth.arc-pass":           {Class: verdict.Neutral},
	"auth.arc-broken":         {Class: verdict.Neutral},
	"auth.unchecked":          {Class: verdict.Neutral},
	"auth.claimed-pass":       {Class: verdict.Neutral},
	"auth.claimed-dmarc-fail": {Class: verdict.Danger, Weight: 3.0},
	"auth.claimed-spf-fail":   {Class: verdict.Danger, Weight: 1.8},
	"auth.claimed-nothing":    {Class: verdict.Danger, Weight: 1.0},
}

// IDs lists the findings of this package, sorted.
func IDs() []string {
	out := Table.IDs()
	slices.Sort(out)
	return out
}

// Check gathers the evidence and says what it means.
func Check(ctx context.Context, s subject.Subject) []verdict.Finding {
	return Gather(ctx, s).Findings(s.House)
}

// Findings says what the evidence means for this house.
func (e Evidence) Findings(house subject.House) []verdict.Finding {
	f := finder{e: e}
	if e.Twofold {
		f.add("auth.results-forged", "Authentication-Results", e.Believed.Quote)
	}
	switch {
	case e.Proved():
		f.proved()
	case e.judged():
		f.notProved(house)
	case e.Claimed.Source != Nowhere:
		f.claimed()
	case e.Checked.Source == Live:
		f.add("auth.unchecked", "From", "")
	}
	f.details()
	return f.found
}

// judged reports whether a source to be believed came to an outcome that is
// against the mail, rather than to none.
func (e Evidence) judged() bool {
	if e.Believed.Source != Nowhere {
		return true
	}
	return e.Checked.DMARC == Fail || e.Checked.SPF == Fail || e.Checked.SPF == SoftFail
}

// finder gathers findings.
type finder struct {
	e     Evidence
	found []verdict.Finding
}

func (f *finder) add(id, header, quote string) {
	place := verdict.Place{Spot: verdict.InHeader, Name: header, Quote: short(quote)}
	f.found = append(f.found, Table.Find(id, place, map[string]string{"domain": domain.Defang(f.e.From)}))
}

// short cuts a quote to what a place may hold, in whole runes.
func short(s string) string {
	const most = 200
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

func (f *finder) proved() {
	e := f.e
	if e.Believed.DMARC == Pass || e.Checked.DMARC == Pass {
		f.add("auth.dmarc-pass", "From", e.Believed.Quote)
	} else {
		f.add("auth.proved", "From", e.Believed.Quote)
	}
	signed := func(d string) bool { return aligned(d, e.From, false) }
	if slices.ContainsFunc(e.Signed(), signed) {
		f.add("auth.dkim-pass-aligned", "DKIM-Signature", "")
	}
}

// notProved is told once, by its strongest form: the same failure must not
// count three times.
func (f *finder) notProved(house subject.House) {
	o := f.e.Believed
	if o.Source == Nowhere {
		o = f.e.Checked
	}
	failed := o.DMARC == Fail || o.SPF == Fail || o.SPF == SoftFail
	switch {
	case failed && domain.In(f.e.From, house.Domains):
		f.add("auth.own-domain-forged", "From", o.Quote)
	case failed && domain.In(f.e.From, house.Known):
		f.add("auth.known-forged", "From", o.Quote)
	case o.DMARC == Fail && o.Wish == WishReject:
		f.add("auth.dmarc-fail-reject", "From", o.Quote)
	case o.DMARC == Fail:
		f.add("auth.dmarc-fail", "From", o.Quote)
	case o.SPF == Fail:
		f.add("auth.spf-fail", "From", o.Quote)
	case o.SPF == SoftFail:
		f.add("auth.spf-softfail", "From", o.Quote)
	case o.nothingPasses():
		f.add("auth.nothing-passes", "From", o.Quote)
	}
}

// claimed weighs what unknown servers wrote.
func (f *finder) claimed() {
	o := f.e.Claimed
	switch {
	case f.e.proves(o):
		f.add("auth.claimed-pass", "Authentication-Results", o.Quote)
	case o.DMARC == Fail:
		f.add("auth.claimed-dmarc-fail", "Authentication-Results", o.Quote)
	case o.SPF == Fail || o.SPF == SoftFail:
		f.add("auth.claimed-spf-fail", "Authentication-Results", o.Quote)
	case o.nothingPasses():
		f.add("auth.claimed-nothing", "Authentication-Results", o.Quote)
	}
}

// nothingPasses reports whether a server looked at both methods and neither
// passed for anyone; a server away proves nothing.
func (o Outcome) nothingPasses() bool {
	looked := o.SPF != "" && o.DKIM != ""
	return looked && o.SPF != Pass && o.DKIM != Pass && o.SPF != TempError && o.DKIM != TempError
}

// details tells the expert what else was seen; it moves nothing.
func (f *finder) details() {
	live := f.e.Live
	if !slices.Contains(f.e.Checked.Signed, f.e.From) {
		for _, s := range live.DKIM {
			if id := detail(s.Status); id != "" {
				f.add(id, "DKIM-Signature", s.Reason)
				break
			}
		}
	}
	switch live.ARC.Status {
	case Pass:
		f.add("auth.arc-pass", "ARC-Seal", live.ARC.Seals[len(live.ARC.Seals)-1].Domain)
	case Fail:
		f.add("auth.arc-broken", "ARC-Seal", live.ARC.Reason)
	case NotChecked, None, SoftFail, Neutral, Policy, TempError, PermError:
	}
}

func detail(s Status) string {
	switch s {
	case Fail:
		return "auth.dkim-broken"
	case Policy:
		return "auth.dkim-weak"
	case NotChecked, None, Pass, SoftFail, Neutral, TempError, PermError:
	}
	return ""
}
