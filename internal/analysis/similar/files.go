package similar

import (
	"bytes"
	"hash/fnv"
	"image"
	_ "image/gif"  // pictures in mails
	_ "image/jpeg" // the same
	_ "image/png"  // the same
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
)

const (
	hashed      = 64 << 10  // bytes of a file that are hashed, with its size
	mostParts   = 40        // parts that are looked at
	mostEncoded = 512 << 10 // bytes of a picture that is decoded
	mostPixels  = 512 * 512
	leastSide   = 48 // pixels: below are spacers and icons
	across      = 9  // places of a row that are compared
)

// addFiles takes the prints of pictures and attached files.
func (p *Print) addFiles(m *mail.Message) {
	for i, part := range m.Parts {
		if i >= mostParts || part == nil || len(part.Body) == 0 {
			continue
		}
		switch {
		case strings.HasPrefix(kind(part), "image/"):
			p.addPicture(part)
		case part.Attachment:
			p.Files = append(p.Files, content(part))
			if name := shape(part.Name); part.Name != "" {
				p.Names = append(p.Names, fold32(name))
			}
		}
	}
	p.Images, p.Looks = few(p.Images, mostImages), few(p.Looks, mostLooks)
	p.Files, p.Names = few(p.Files, mostFiles), few(p.Names, mostFiles)
}

func kind(part *mail.Part) string {
	if part.TrueType != "" {
		return part.TrueType
	}
	return part.Type
}

// addPicture takes the print of a picture; one too small to show anything, such
// as the dot that counts who opened a mail, is left out.
func (p *Print) addPicture(part *mail.Part) {
	config, _, err := image.DecodeConfig(bytes.NewReader(part.Body))
	if err == nil && (config.Width < leastSide || config.Height < leastSide) {
		return
	}
	p.Images = append(p.Images, content(part))
	if err != nil || config.Width > mostPixels/config.Height || len(part.Body) > mostEncoded || len(p.Looks) >= mostLooks {
		return
	}
	if picture, _, err := image.Decode(bytes.NewReader(part.Body)); err == nil {
		p.Looks = append(p.Looks, look(picture))
	}
}

// content hashes the size and the beginning of a file.
func content(part *mail.Part) uint32 {
	h := fnv.New64a()
	_, _ = h.Write([]byte{byte(part.Size), byte(part.Size >> 8), byte(part.Size >> 16), byte(part.Size >> 24)})
	_, _ = h.Write(part.Body[:min(len(part.Body), hashed)])
	return uint32(mix(h.Sum64())>>32) | 1
}

// look is the difference hash of a picture: whether each of 8 by 8 places is
// lighter than the one on its right. It stays much the same when a picture is
// scaled, packed anew or tinted.
func look(picture image.Image) (sum uint64) {
	var grey [across - 1][across]uint32
	for y := range grey {
		for x := range grey[y] {
			grey[y][x] = light(picture, x, y)
		}
	}
	for y := range grey {
		for x := range across - 1 {
			sum <<= 1
			if grey[y][x] > grey[y][x+1] {
				sum |= 1
			}
		}
	}
	return sum
}

// light is the mean lightness of one of 9 by 8 places, of 4 by 4 samples.
func light(picture image.Image, x, y int) (sum uint32) {
	const samples = 4
	b := picture.Bounds()
	for i := range samples * samples {
		px := b.Min.X + (x*samples+i%samples)*b.Dx()/(across*samples)
		py := b.Min.Y + (y*samples+i/samples)*b.Dy()/((across-1)*samples)
		r, g, bl, a := picture.At(px, py).RGBA()
		sum += (r*3 + g*6 + bl + (0xffff-a)*10) / 10
	}
	return sum / (samples * samples)
}
