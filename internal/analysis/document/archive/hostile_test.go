package archive_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"strconv"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/document/archive"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// TestMillions lists a great many files of nothing, in whatever costs least to
// write and most to read.
func TestMillions(t *testing.T) {
	t.Parallel()
	var many, gz bytes.Buffer
	z := zip.NewWriter(&many)
	for i := range 20_001 {
		if _, err := z.Create(strconv.Itoa(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.OpenZip(many.Bytes()); err == nil {
		t.Error("a zip of 20,001 files was listed")
	}
	w := gzip.NewWriter(&gz)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for n, cut := range map[int]bool{2: false, 2000: true} {
		c, _ := archive.Read("a.gz", bytes.Repeat(gz.Bytes(), n), paper.Default())
		if c.Cut != cut {
			t.Errorf("%d gzips one after the other: cut %v", n, c.Cut)
		}
	}
	broken := []byte("BZh91AY&SY no")
	budget, spent := paper.Default(), 0
	for range 100 {
		if c, _ := archive.Read("a.bz2", broken, budget); budget.Bytes == 0 && c.Cut {
			spent++
		}
	}
	if spent < 50 {
		t.Errorf("of 100 files of broken bzip2, %d were over the budget", spent)
	}
}

// TestNotebook lists more files than are looked at, and says so.
func TestNotebook(t *testing.T) {
	t.Parallel()
	const head = "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3"
	file := "\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac" + string(make([]byte, 24))
	c, known := archive.Read("a.one", append([]byte(head), bytes.Repeat([]byte(file), 5001)...), paper.Default())
	if !known || !c.Cut || len(c.Files) != 5000 {
		t.Errorf("%d files, cut %v", len(c.Files), c.Cut)
	}
}
