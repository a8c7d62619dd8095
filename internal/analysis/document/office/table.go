package office

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// mostTable limits how much of a table in text is read.
const mostTable = 2 << 20

// ReadTable looks at tables in text (CSV, SYLK, web queries): a cell that begins
// like a formula becomes one, and a formula can start a program.
func ReadTable(b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{}
	if n := min(len(b), mostTable, budget.Bytes); n < len(b) {
		b, c.Cut = b[:n], true
	}
	budget.Take(len(b))
	text := string(b)
	low := strings.ToLower(text)
	for _, mark := range []string{"cmd|", "powershell|", "mshta|", "msexcel|", "rundll32|", "dde("} {
		if i := strings.Index(low, mark); i > 0 && strings.IndexByte("=+-@\"';,eE(", low[i-1]) >= 0 && i < len(text) {
			c.Sign(paper.Dynamic, clip(text[i:]))
		}
	}
	if strings.HasPrefix(text, "WEB\n") || strings.HasPrefix(text, "WEB\r\n") {
		for _, link := range addresses(text) {
			c.Sign(paper.Remote, link)
			c.Link(link, "")
		}
	}
	c.Write(text)
	return c
}
