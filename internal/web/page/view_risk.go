package page

import (
	"strconv"
	"strings"
)

// RiskView is what each risk would have meant for what was reported here.
type RiskView struct {
	Reports int // judged reports that were looked at
	People  int // who reported them; below Few nothing is told
	Chosen  int // the row of today's risk
	Rows    []RiskRow
}

// RiskRow is one risk.
type RiskRow struct {
	Share    float64 // of wrong answers that is accepted, from 0 to 1
	From, To float64 // the thresholds
	Alone    int     // reports that would have been answered without a person
	Ruled    int     // of them, those that a person decided
	Wrong    int     // of those, the ones where the person decided otherwise
}

// now is the row of today's risk.
func (v RiskView) now() RiskRow { return v.Rows[v.Chosen] }

// Fine writes a small share, such as 0.05 %, with the digits it needs.
func (f Frame) Fine(share float64) string {
	text := strconv.FormatFloat(share*100, 'f', 2, 64)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	if f.Lang == "fr" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return f.T("share", "percent", text)
}

// wrongly says how many of those that a person decided too were wrong. It is no
// share of all: people look again at what seems wrong.
func wrongly(f Frame, r RiskRow) string {
	if r.Ruled == 0 {
		return f.T("risk.unknown")
	}
	return f.T("risk.found", "wrong", f.Number(r.Wrong), "ruled", f.Number(r.Ruled))
}

// cell says the same on little room.
func cell(f Frame, r RiskRow) string {
	if r.Ruled == 0 {
		return f.T("risk.cell-none")
	}
	return f.T("risk.cell", "wrong", f.Number(r.Wrong), "ruled", f.Number(r.Ruled))
}
