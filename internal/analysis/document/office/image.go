package office

import (
	"archive/zip"
	"bytes"
	"image"
	_ "image/gif"  // pictures of documents
	_ "image/jpeg" // pictures of documents
	_ "image/png"  // pictures of documents
	"iter"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
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
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > mostPixels || c.Height > mostPixels || c.Width*c.Height > mostPixels || !budget.Take(c.Width*c.Height) {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	return img
}
