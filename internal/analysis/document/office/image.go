package office

import (
	"archive/zip"
	"image"
	"iter"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/document/raster"
)

// Limits of pictures.
const (
	mostImages  = 20
	mostPixels  = 12 << 20 // of one picture
	mostPicture = 8 << 20  // bytes of one picture
)

// Images gives the pictures of a document of the new kind, one at a time.
func Images(r *zip.Reader, budget *paper.Budget) iter.Seq[image.Image] {
	return func(yield func(image.Image) bool) {
		w := xmlWalk{c: &paper.Contents{}, budget: budget}
		n := 0
		for _, f := range r.File {
			low := strings.ToLower(f.Name)
			if n >= mostImages || !strings.Contains(low, "media/") && !strings.HasPrefix(low, "pictures/") {
				continue
			}
			n++
			img := decode(w.read(f, mostPicture), budget)
			if img != nil && !yield(img) {
				return
			}
		}
	}
}

func decode(b []byte, budget *paper.Budget) image.Image {
	s, ok := raster.Measure(b)
	if !ok || s.Cost > mostPixels || !budget.Take(s.Cost) {
		return nil
	}
	return raster.Decode(b)
}
