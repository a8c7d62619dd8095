package page_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/document/page"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// TestSpent reads no more of a page than the budget of the message still has.
func TestSpent(t *testing.T) {
	t.Parallel()
	c := page.Read([]byte("<html>"+strings.Repeat("word ", 1000)), &paper.Budget{Bytes: 400})
	if !c.Cut || c.Text() == "" || len(c.Text()) > 200 {
		t.Errorf("cut %v, %d bytes read for 400", c.Cut, len(c.Text()))
	}
}
