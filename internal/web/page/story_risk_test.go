package page

func riskStories(f Frame) []story {
	lead := as(f, "lead", "/team/risk")
	view := RiskView{Reports: 1412, People: 213, Chosen: 1, Rows: []RiskRow{
		{Share: 0.0005, From: 0.998, To: 0.003, Alone: 702, Ruled: 0},
		{Share: 0.005, From: 0.863, To: 0.105, Alone: 1201, Ruled: 64, Wrong: 1},
		{Share: 0.02, From: 0.264, To: 0.264, Alone: 1340, Ruled: 161, Wrong: 4},
	}}
	one := view
	one.Rows = append([]RiskRow{}, view.Rows...)
	one.Rows[1].Alone = 1
	strict, loose := view, view
	strict.Chosen, loose.Chosen = 0, 2
	return []story{
		{"risk", Risk(lead, view)},
		{"risk-one", Risk(lead, one)},
		{"risk-strict", Risk(lead, strict)},
		{"risk-loose", Risk(lead, loose)},
		{"risk-few", Risk(lead, RiskView{Reports: 3, People: 2, Rows: view.Rows})},
	}
}
