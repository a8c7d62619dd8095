package model_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/learn"
)

func weights(first int8) learn.Packed {
	w := make([]int8, words.Size)
	for i := range w {
		w[i] = first + int8(i%100)
	}
	return learn.Packed{Bias: 1, Step: 0.5, Weights: w}
}

// What is written is read again, and writing leaves the model as it is.
func TestWriteAndRead(t *testing.T) {
	t.Parallel()
	m := &model.Model{
		Traits: trait.NewSet(nil).Names, Intents: []string{"payment"}, Wants: []learn.Packed{weights(-128)},
		Voices: model.Voices{Bad: weights(-50), Advert: weights(27)}, Pressure: weights(0),
	}
	var file bytes.Buffer
	if err := m.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := model.Read(&file)
	if err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]learn.Packed{
		"bad": {m.Voices.Bad, again.Voices.Bad}, "advert": {m.Voices.Advert, again.Voices.Advert},
		"pressure": {m.Pressure, again.Pressure}, "want": {m.Wants[0], again.Wants[0]},
	} {
		if len(pair[0].Weights) != words.Size || !slices.Equal(pair[0].Weights, pair[1].Weights) || pair[0].Step != pair[1].Step {
			t.Errorf("%s is not what was written", name)
		}
	}
}
