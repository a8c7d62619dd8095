package office_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/document/office"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// TestSpent reads no more of a file than the budget of the message still has.
func TestSpent(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func(*paper.Budget) *paper.Contents{
		"rich text": func(b *paper.Budget) *paper.Contents {
			return office.ReadRTF([]byte("{\\rtf1 "+strings.Repeat("word ", 1000)), b)
		},
		"a table": func(b *paper.Budget) *paper.Contents {
			return office.ReadTable([]byte(strings.Repeat("a;b;c\n", 1000)), b)
		},
	} {
		if c := read(&paper.Budget{Bytes: 400, Entries: 10}); !c.Cut || c.Text() == "" || len(c.Text()) > 400 {
			t.Errorf("%s: cut %v, %d bytes read for 400", name, c.Cut, len(c.Text()))
		}
		if c := read(paper.Default()); c.Cut || len(c.Text()) < 4000 {
			t.Errorf("%s: cut %v, %d bytes read", name, c.Cut, len(c.Text()))
		}
	}
}

// TestObjects writes more objects into rich text than are looked at.
func TestObjects(t *testing.T) {
	t.Parallel()
	c := office.ReadRTF([]byte("{\\rtf1 "+strings.Repeat("{\\*\\objdata d0cf11e0a1b11ae1}", 6000)), paper.Default())
	if !c.Cut || len(c.Files) != 5000 {
		t.Errorf("%d objects, cut %v", len(c.Files), c.Cut)
	}
}
