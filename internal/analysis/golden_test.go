package analysis_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/mail"
)

var update = flag.Bool("update", false, "write what is found into the golden files; read the difference before keeping it")

// TestGolden judges the messages of testdata. Each file holds what the house
// knows, the message, and what must be said of it.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d golden files, at least 40 wanted (%v)", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			golden(t, file)
		})
	}
}

func golden(t *testing.T, file string) {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := said(judge(t, a))
	if !*update {
		if diff := cmp.Diff(section(a, "want"), got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		return
	}
	for i := range a.Files {
		if a.Files[i].Name == "want" {
			a.Files[i].Data = []byte(got)
		}
	}
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

func judge(t *testing.T, a *txtar.Archive) analysis.Result {
	t.Helper()
	var house analysis.House
	if err := json.Unmarshal([]byte(section(a, "house.json")), &house); err != nil {
		t.Fatal(err)
	}
	m := mail.Read([]byte(section(a, "message.eml")), mail.DefaultBudget())
	return analysis.Analyze(context.Background(), analysis.Subject{Message: m, House: house, Now: m.Date})
}

func section(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// said is the verdict and the findings, one a line.
func said(r analysis.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "verdict: %s\nconfident: %t\nlanguage: %s\n", r.Verdict, r.Confident, r.Language)
	ids := make([]string, 0, len(r.Findings))
	for _, f := range r.Findings {
		ids = append(ids, f.ID)
	}
	slices.Sort(ids)
	for _, id := range ids {
		fmt.Fprintln(&b, id)
	}
	return b.String()
}
