package train

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/words"
)

// read adds what a person said of some of the items.
func read(items []Item) error {
	at := map[string]*Item{}
	for i := range items {
		at[items[i].ID] = &items[i]
	}
	files, err := words.HandLabels()
	if err != nil {
		return err
	}
	for _, file := range files {
		rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		if err != nil {
			return fmt.Errorf("train: %w", err)
		}
		for _, r := range rows[1:] {
			if it := at[r[0]]; it != nil {
				it.Hand = label{Verdict: r[1], Intent: r[2], Pressure: r[3] == "1", Ask: r[4]}
			}
		}
	}
	return nil
}
