// Package picture looks at what a message says in pictures: codes that a
// telephone reads, and pictures that stand in for the words.
//
// A QR code moves the victim from a computer that filters links to a telephone
// that does not. So codes are read wherever a person could hold a telephone to
// them: in attached pictures, in pictures written into the HTML, in tables with
// coloured cells and in drawings made of characters (package drawn). What a code
// leads to becomes a link of the message, which the link analyzer looks at.
//
// Pictures are foreign bytes: their size is read before they are unpacked, and
// pixels are counted over the whole message. What is over the budget, or can't
// be read, is a finding by itself, and a person looks.
package picture

import (
	"context"
	"image"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/picture/drawn"
	"github.com/bienvu/bienvu/internal/analysis/picture/qr"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Code is a QR code found in a picture.
type Code = qr.Code

// Codes reads the QR codes of a picture, such as one found in a document. The
// caller limits its size, see Fits.
func Codes(img image.Image) []Code { return qr.Read(img).Codes }

// Check looks at the pictures. The links it finds in them are added to the
// view, so it runs before links are looked at.
func Check(ctx context.Context, v *view.View) []verdict.Finding {
	l := look{v: v, seen: map[string]bool{}, left: allPixels, pictures: mostPictures, files: paper.Default()}
	l.parts(ctx)
	l.inline(ctx)
	l.drawings()
	l.only()
	return l.found
}

// look gathers what is found; each kind is told once.
type look struct {
	v        *view.View
	seen     map[string]bool // kinds of finding, and addresses
	found    []verdict.Finding
	left     int           // pixels that may still be unpacked
	pictures int           // pictures that may still be looked at
	files    *paper.Budget // of all documents that may hold pictures
	telling  bool          // one of them is large enough to carry the message
}

func (l *look) find(id string, place verdict.Place, args map[string]string) {
	if l.seen[id] {
		return
	}
	l.seen[id] = true
	l.found = append(l.found, Table.Find(id, place, args))
}

// parts looks at the pictures that travel with the message.
func (l *look) parts(ctx context.Context) {
	for i, p := range l.v.Message.Parts {
		if ctx.Err() != nil {
			return
		}
		switch {
		case p == nil:
		case painted(p.TrueType) || p.TrueType == "" && bitmap(p.Body):
			l.picture(i, p.Name, p.Body, p.Cut)
		case holdsPictures(p.TrueType):
			l.document(ctx, i, p)
		}
	}
}

// holdsPictures reports whether files of a media type may have pictures in them
// that are shown when they are opened.
func holdsPictures(kind string) bool { return kind == "application/pdf" || kind == "application/zip" }

// document looks at the pictures in a file.
func (l *look) document(ctx context.Context, i int, p *mail.Part) {
	for img := range document.Images(p.Body, l.files) {
		if ctx.Err() != nil {
			return
		}
		w, h := img.Bounds().Dx(), img.Bounds().Dy()
		if !l.afford(w, h, w*h) {
			l.unread(overBudget, i, p.Name)
			return
		}
		l.show(i, p.Name, img)
	}
	if l.files.Bytes == 0 { // there may be more pictures than were unpacked
		l.unread(overBudget, i, p.Name)
	}
}

// inline looks at the pictures that are written into the HTML itself.
func (l *look) inline(ctx context.Context) {
	at := htmlPart(l.v.Message.Parts)
	for body := range inlined(l.v.Message.HTML) {
		if ctx.Err() != nil {
			return
		}
		l.picture(at, "", body, false)
	}
}

// htmlPart is where the HTML of the message stands among its parts.
func htmlPart(parts []*mail.Part) int {
	for i, p := range parts {
		if p != nil && p.Type == "text/html" && !p.Attachment {
			return i
		}
	}
	return 0
}

// drawings looks at what is drawn with characters and coloured cells.
func (l *look) drawings() {
	m := l.v.Message
	text := m.Plain
	if m.HTML != "" {
		text += "\n\n" + l.v.Page.Visible
	}
	at := htmlPart(m.Parts)
	for _, img := range append(drawn.Chars(text), drawn.Cells(m.HTML)...) {
		if codes := qr.Read(img).Codes; len(codes) > 0 {
			l.find("picture.qr-drawn", verdict.Place{Spot: verdict.InText}, nil)
			l.codes(at, "", codes)
		}
	}
}

// picture looks for codes in one picture, when the budget allows.
func (l *look) picture(i int, name string, body []byte, cut bool) {
	img, problem := l.unpack(body, cut)
	if problem != "" {
		l.unread(problem, i, name)
	}
	if img != nil {
		l.show(i, name, img)
	}
}

// show reads the codes of an unpacked picture.
func (l *look) show(i int, name string, img image.Image) {
	r := qr.Read(img)
	l.codes(i, name, r.Codes)
	if r.Spent {
		l.unread(overBudget, i, name)
	}
}

// unread tells of a picture that was not looked at: over the budget, or broken.
func (l *look) unread(id string, i int, name string) {
	l.find(id, placeOf(i, name), map[string]string{"name": shown(name)})
}

func placeOf(i int, name string) verdict.Place {
	return verdict.Place{Spot: verdict.InAttachment, Index: i, Quote: view.Quote(name)}
}

func shown(name string) string { return view.Quote(strings.ReplaceAll(name, ".", "[.]")) }

// codes tells of the codes of one picture.
func (l *look) codes(i int, name string, codes []Code) {
	for _, c := range codes {
		if c.Unread {
			l.find("picture.qr-unread", placeOf(i, name), map[string]string{"name": shown(name)})
			continue
		}
		l.code(i, name, read(c.Text))
	}
}

// code tells of one code that was read.
func (l *look) code(i int, name string, p payload) {
	args := map[string]string{"name": shown(name), "what": domain.Defang(view.Quote(p.what))}
	switch {
	case p.kind != "picture.qr-link":
	case l.seen[p.what]:
		return
	default:
		l.seen[p.what] = true
		l.v.AddLink(mail.LinkPicture, i, p.what, "")
		args["host"] = domain.Defang(l.v.Links[len(l.v.Links)-1].Host)
		delete(args, "what")
	}
	l.find(p.kind, placeOf(i, name), args)
}
