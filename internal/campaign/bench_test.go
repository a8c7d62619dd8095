package campaign_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/campaign"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
)

// KnownVar names the environment variable with how many messages the
// benchmark knows before it measures; 20,000 without it.
const KnownVar = "BIENVU_BENCH_KNOWN"

// BenchmarkJoin measures how long a message takes to find its campaign among
// those known, one message a transaction. Filling a million takes minutes.
func BenchmarkJoin(b *testing.B) {
	known, _ := strconv.Atoi(cmp.Or(os.Getenv(KnownVar), "20000"))
	for name, url := range map[string]func(testing.TB) string{
		"sqlite":   func(b testing.TB) string { return "sqlite:" + filepath.Join(b.TempDir(), "bench.db") },
		"postgres": dbtest.PostgresURL,
	} {
		b.Run(name, func(b *testing.B) {
			d, err := db.Open(b.Context(), url(b))
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			w := &world{r: rand.New(rand.NewPCG(7, uint64(known)))}
			began := time.Now()
			w.fill(b, d, known)
			b.Logf("%d messages known after %s", known, time.Since(began).Round(time.Second))
			measure(b, d, w)
		})
	}
}

func measure(b *testing.B, d *db.DB, w *world) {
	b.Helper()
	var took []time.Duration
	found, expected := 0, 0
	for n := 0; b.Loop(); n++ {
		p, old := w.next()
		began := time.Now()
		err := d.Write(b.Context(), func(tx *db.Tx) error {
			j, err := campaign.Join(b.Context(), tx, cases.ReportID(fmt.Sprint("new", n)), p)
			if old && j.Nearest != "" {
				found++
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		if old {
			expected++
		}
	}
	slices.Sort(took)
	for name, at := range map[string]int{"ms-p50": len(took) / 2, "ms-p99": len(took) * 99 / 100, "ms-max": len(took) - 1} {
		b.ReportMetric(float64(took[at].Microseconds())/1000, name)
	}
	b.ReportMetric(100*float64(found)/float64(max(1, expected)), "%found")
}

// world makes fingerprints: half of lone letters, half of campaigns that are
// reworded from message to message. A tenth share the layout and the place that
// one large sender's mail has, which are keys that say nothing.
type world struct {
	r     *rand.Rand
	known []similar.Print // founders
}

func (w *world) next() (p similar.Print, old bool) {
	if old = len(w.known) > 1000 && w.r.IntN(2) == 0; old {
		p = w.known[w.r.IntN(len(w.known))]
		for i := range p.Text {
			if w.r.IntN(100) < 30 {
				p.Text[i] = uint16(w.r.Uint32())
			}
		}
		p.Sender, p.Box, p.Home, p.Exact = w.r.Uint32()|1, w.r.Uint32()|1, w.r.Uint32()|1, w.r.Uint64()|1
		return p, true
	}
	p = similar.Print{Words: 90, Tags: 60, Layout: w.r.Uint64(), Hosts: []uint32{w.r.Uint32()}, Shapes: []uint32{w.r.Uint32()}}
	for i := range p.Text {
		p.Text[i] = uint16(w.r.Uint32())
	}
	p.Sender, p.Box, p.Home, p.Subject, p.Exact = w.r.Uint32()|1, w.r.Uint32()|1, w.r.Uint32()|1, w.r.Uint32()|1, w.r.Uint64()|1
	if w.r.IntN(10) == 0 {
		p.Layout, p.Hosts[0], p.Shapes[0] = 1, 1, 1
		copy(p.Text[:6], make([]uint16, 6))
	}
	w.known = append(w.known, p)
	return p, false
}

// fill puts messages into the tables by the thousand, sorted as the index is,
// which is what makes it bearable.
func (w *world) fill(b *testing.B, d *db.DB, known int) {
	b.Helper()
	const batch = 50_000
	for from := 0; from < known; from += batch {
		err := d.Write(b.Context(), func(tx *db.Tx) error { return w.some(b.Context(), tx, from, min(batch, known-from)) })
		if err != nil {
			b.Fatal(err)
		}
	}
}

func (w *world) some(ctx context.Context, tx *db.Tx, from, n int) error {
	var members, keys [][]any
	for i := range n {
		p, _ := w.next()
		members = append(members, []any{from + i + 1, fmt.Sprint("r", from+i), p.Key(), p.Bytes()})
		for _, k := range p.Bands() {
			keys = append(keys, []any{k, from + i + 1})
		}
	}
	slices.SortFunc(keys, func(a, b []any) int { return cmp.Compare(a[0].(int64), b[0].(int64)) })
	if err := insert(ctx, tx, `campaign_members (id, report_id, campaign, print)`, members); err != nil {
		return err
	}
	if err := insert(ctx, tx, `campaign_bands (band, member)`, keys); err != nil || tx.Engine() == db.SQLite {
		return err
	}
	_, err := db.Exec(ctx, tx, `SELECT setval(pg_get_serial_sequence('campaign_members', 'id'), $1)`, from+n)
	return err
}

func insert(ctx context.Context, tx *db.Tx, into string, rows [][]any) error {
	for part := range slices.Chunk(rows, 150) {
		var args []any
		var places []string
		for _, row := range part {
			var one []string
			for _, v := range row {
				args = append(args, v)
				one = append(one, "$"+strconv.Itoa(len(args)))
			}
			places = append(places, "("+strings.Join(one, ",")+")")
		}
		if _, err := db.Exec(ctx, tx, `INSERT INTO `+into+` VALUES `+strings.Join(places, ",")+` ON CONFLICT DO NOTHING`, args...); err != nil {
			return err
		}
	}
	return nil
}
