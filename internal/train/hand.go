package train

import (
	"encoding/csv"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/words"
)

// read adds what a person said of some of the items.
func read(items []Item) {
	rows, err := csv.NewReader(strings.NewReader(words.HandLabels())).ReadAll()
	if err != nil {
		return
	}
	at := map[string]*Item{}
	for i := range items {
		at[items[i].ID] = &items[i]
	}
	for _, r := range rows[1:] {
		if it := at[r[0]]; it != nil && r[1] != "unclear" {
			it.Hand = label{Verdict: r[1], Intent: r[2], Pressure: r[3] == "1", Ask: r[4]}
		}
	}
}
