package train

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/learn"
)

// folds is into how many parts the items are divided.
const folds = 5

// most of one band that a message is compared with.
const mostOfBand = 20

// assign gives each item its fold. Relatives (one list, product, sender or
// campaign, and what was made of one of them) are in the same.
func assign(items []Item) []int {
	kind := make([]string, len(items))
	for i := range items {
		family, _, _ := strings.Cut(items[i].Source, ":")
		kind[i] = string(items[i].Label) + " " + family
	}
	return learn.Folds(relatives(items), kind, folds)
}

// relatives gives each item the number of the first of its relatives.
func relatives(items []Item) []int {
	kin := learn.NewKin(len(items))
	for i := range items {
		for _, k := range items[i].Keys {
			kin.Share(i, k)
		}
	}
	campaigns(items, kin)
	return kin.Groups()
}

// campaigns joins the messages of one campaign: those of one band that are alike.
func campaigns(items []Item, kin *learn.Kin) {
	bands := map[int64][]int{}
	for i := range items {
		if items[i].likeness.Empty() || items[i].Origin == made {
			continue
		}
		for _, b := range items[i].likeness.Bands() {
			for _, j := range bands[b] {
				if similar.Compare(items[i].likeness, items[j].likeness).Same {
					kin.Join(i, j)
					break
				}
			}
			if len(bands[b]) < mostOfBand {
				bands[b] = append(bands[b], i)
			}
		}
	}
}
