package picture

import (
	"bytes"
	"encoding/base64"
	"image"
	"iter"
	"net/url"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/raster"
)

// The budget of one message. A pixel costs some 25 nanoseconds, most of it to
// unpack: a message full of pictures takes less than half a second.
const (
	mostPixels   = 16 << 20 // of one picture, some 64 MB unpacked
	allPixels    = 16 << 20 // of all pictures together
	mostPictures = 40
	smallestSide = 21      // pixels: no code is smaller, and no picture that is meant to be seen
	mostInline   = 8 << 20 // bytes of one picture in the HTML
)

// What keeps a picture from being looked at.
const (
	overBudget = "picture.unread"
	unreadable = "picture.broken"
)

// Fits reports whether a picture of that size may be looked at.
func Fits(width, height int) bool {
	return width > 0 && height > 0 && width <= mostPixels/height
}

// painted reports whether a media type is one of those unpacked here.
func painted(kind string) bool {
	switch kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp":
		return true
	}
	return false
}

// bitmap reports whether bytes begin like a BMP of one of the rarer kinds.
func bitmap(body []byte) bool {
	return len(body) > 54 && string(body[:2]) == "BM" && bytes.Equal(body[6:10], make([]byte, 4))
}

// unpack gives the picture, nil when it is too small to show anything or can't
// be read. The problem is overBudget or unreadable, "" for none.
func (l *look) unpack(body []byte, cut bool) (img image.Image, problem string) {
	s, ok := raster.Measure(body)
	if !ok {
		return nil, broken(body)
	}
	if min(s.Width, s.Height) < smallestSide {
		return nil, ""
	}
	l.telling = l.telling || min(s.Width, s.Height) >= telling
	if cut || !l.afford(s.Width, s.Height, s.Cost) {
		return nil, overBudget
	}
	if img = raster.Decode(body); img == nil {
		return nil, broken(body)
	}
	return img, ""
}

// afford takes a picture of that size off the budget, and reports whether it
// may be looked at. The cost is in pixels, see raster.Size.
func (l *look) afford(w, h, cost int) bool {
	if l.pictures--; l.pictures < 0 || !Fits(w, h) || cost > l.left {
		return false
	}
	l.left -= cost
	return true
}

// broken says whether a picture that can't be unpacked may still show something
// elsewhere: hardly, in a few bytes.
func broken(body []byte) string {
	const enough = 500
	if len(body) < enough {
		return ""
	}
	return unreadable
}

// inlined gives the pictures in the data: addresses (RFC 2397) of an HTML page.
func inlined(source string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for range mostPictures {
			at := strings.Index(source, "data:image/")
			if at < 0 {
				return
			}
			source = source[at+len("data:image/"):]
			end := strings.IndexAny(source, "\"')>")
			if end < 0 {
				end = len(source)
			}
			if body := data(source[:end]); body != nil && !yield(body) {
				return
			}
			source = source[end:]
		}
	}
}

// data unpacks what stands behind "data:image/", nil when it is no picture.
func data(address string) []byte {
	head, body, ok := strings.Cut(address, ",")
	if !ok || len(body) > mostInline {
		return nil
	}
	if strings.Contains(body, "%") {
		if plain, err := url.PathUnescape(body); err == nil {
			body = plain
		}
	}
	if !strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
		return []byte(body)
	}
	body = strings.TrimRight(strings.Join(strings.Fields(body), ""), "=")
	out, err := base64.RawStdEncoding.DecodeString(body)
	if err != nil && len(out) == 0 {
		return nil
	}
	return out
}
