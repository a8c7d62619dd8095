package eval_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// mostModel is how large the embedded model may be, in bytes.
const mostModel = 5 << 20

// The shipped model is there, fits the program that asks it, and is small. Its
// thresholds are in order: who accepts more risk is answered more.
func TestShippedModel(t *testing.T) {
	t.Parallel()
	m, err := model.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Stat("../analysis/model/model.bin")
	if err != nil || file.Size() > mostModel {
		t.Errorf("the model has %d bytes, at most %d wanted (%v)", file.Size(), mostModel, err)
	}
	for i := 1; i < len(m.Risks); i++ {
		a, b := m.Risks[i-1], m.Risks[i]
		if b.Share <= a.Share || b.From > a.From || b.To < a.To {
			t.Errorf("a risk of %v is answered within %v and %v, one of %v within %v and %v", a.Share, a.From, a.To, b.Share, b.From, b.To)
		}
	}
}

// truth says what the messages of the golden files are, by the first word of
// their names. Others (exercises, advertising, an abused list) are left out.
func truth(file string) (bad, ok bool) {
	kind, _, _ := strings.Cut(filepath.Base(file), "-")
	switch kind {
	case "phish", "twin":
		return true, true
	case "legit", "newsletter", "order", "reset", "invoice":
		return false, true
	}
	return false, false
}

// Floors under the judgement of the golden messages. The golden files say what
// is expected of each; this test says what no regenerating may give up.
func TestGoldenFloors(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../analysis/testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	n, right, alone, bad := 0, 0, 0, 0
	for _, file := range files {
		isBad, ok := truth(file)
		if !ok {
			continue
		}
		r := golden(t, file)
		n++
		said := r.Verdict == verdict.Phishing
		if said == isBad && r.Verdict != verdict.Unsure {
			right++
		}
		if isBad {
			bad++
		}
		switch {
		case isBad && r.Confident && said:
			alone++
		case isBad && r.Confident, !isBad && r.Confident && r.Verdict != verdict.Legitimate:
			t.Errorf("%s is told %s with confidence", filepath.Base(file), r.Verdict)
		}
	}
	t.Logf("%d messages, %d right; %d of %d malicious told alone", n, right, alone, bad)
	if n < 45 || right < n*95/100 || alone < bad*85/100 {
		t.Errorf("of %d messages %d right (95 %% wanted), %d of %d malicious told without a person (85 %% wanted)", n, right, alone, bad)
	}
}

func golden(t *testing.T, file string) analysis.Result {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var house analysis.House
	var m *mail.Message
	for _, f := range a.Files {
		switch f.Name {
		case "house.json":
			if err := json.Unmarshal(f.Data, &house); err != nil {
				t.Fatal(err)
			}
		case "message.eml":
			m = mail.Read(f.Data, mail.DefaultBudget())
		}
	}
	return analysis.Analyze(context.Background(), analysis.Subject{Message: m, House: house, Now: m.Date})
}
