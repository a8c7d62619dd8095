package eval

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/verdict"
)

// proved prints how many legitimate messages would be told safe by the desk,
// which wants the sender proved as well.
func proved(w io.Writer, judged []Judged) {
	n, safe, known := 0, 0, 0
	for i := range judged {
		if r := &judged[i].Result; judged[i].Label == Ham {
			n++
			sure := r.Confident && r.Verdict == verdict.Legitimate
			safe += truly(sure)
			known += truly(sure && r.Proved)
		}
	}
	fmt.Fprintf(w, "\nOf %d legitimate, %d told safe with confidence; %d of them with a proved sender, which is the desk's rule.\n", n, safe, known)
}

// speed prints how long reading and judging took.
func speed(w io.Writer, judged []Judged) {
	took := make([]time.Duration, 0, len(judged))
	total := time.Duration(0)
	for _, j := range judged {
		took = append(took, j.Took)
		total += j.Took
	}
	slices.Sort(took)
	fmt.Fprintf(w, "\nReading and judging: %.0f messages a second a core; median %v, 99 of 100 under %v, the slowest %v.\n",
		float64(len(took))/total.Seconds(), took[len(took)/2].Round(time.Microsecond),
		took[len(took)*99/100].Round(time.Microsecond), took[len(took)-1].Round(time.Microsecond))
}
