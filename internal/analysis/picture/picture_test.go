package picture_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"golang.org/x/image/bmp"

	"github.com/bienvu/bienvu/internal/analysis/picture"
	"github.com/bienvu/bienvu/internal/analysis/picture/picturetest"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

const (
	address = "https://login.paie-verif.example/a?id=7f3"
	words   = "Bonjour Emma, votre accès expire demain et il faut le confirmer avec votre téléphone, sans quoi la paie de ce mois ne sera pas versée à temps sur votre compte habituel."
)

func code(t testing.TB, text string) image.Image {
	t.Helper()
	m := picturetest.Modules(t, text, decoder.ErrorCorrectionLevel_M)
	return picturetest.One(m, picturetest.Look{Side: 4 * float64(len(m)), Dark: color.Gray{20}, Pale: color.Gray{250}})
}

func packed(t testing.TB, kind string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case "image/png":
		err = png.Encode(&b, img)
	case "image/jpeg":
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 40})
	case "image/gif":
		err = gif.Encode(&b, img, nil)
	case "image/bmp":
		err = bmp.Encode(&b, img)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// letter writes a mail with HTML and one file.
func letter(page, kind string, body []byte) []byte {
	var b strings.Builder
	b.WriteString("From: Paie <paie@paie-verif.example>\r\nSubject: Document\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + "\r\n")
	if body != nil {
		fmt.Fprintf(&b, "--b\r\nContent-Type: %s; name=image001.png\r\nContent-ID: <i>\r\nContent-Transfer-Encoding: base64\r\n\r\n", kind)
		coded := base64.StdEncoding.EncodeToString(body)
		for len(coded) > 76 {
			b.WriteString(coded[:76] + "\r\n")
			coded = coded[76:]
		}
		b.WriteString(coded + "\r\n")
	}
	return []byte(b.String() + "--b--\r\n")
}

// check gives the findings of a mail, and the links that were found in it.
func check(raw []byte) (ids, links []string, found []verdict.Finding) {
	v := view.New(subject.Subject{Message: mail.Read(raw, mail.DefaultBudget())})
	found = picture.Check(context.Background(), v)
	for _, f := range found {
		ids = append(ids, f.ID)
	}
	for _, l := range v.Links {
		if l.Source == mail.LinkPicture {
			links = append(links, fmt.Sprintf("%s in %d", l.URL, l.Part))
		}
	}
	slices.Sort(ids)
	return ids, links, found
}

func TestEveryKindOfPicture(t *testing.T) {
	t.Parallel()
	img := code(t, address)
	for _, kind := range []string{"image/png", "image/jpeg", "image/gif", "image/bmp"} {
		for _, declared := range []string{kind, "application/octet-stream", "image/jpeg"} {
			t.Run(kind+" as "+declared, func(t *testing.T) {
				t.Parallel()
				ids, links, found := check(letter("<p>"+words+"</p><img src='cid:i'>", declared, packed(t, kind, img)))
				if diff := cmp.Diff([]string{"picture.qr-link"}, ids); diff != "" {
					t.Fatal(diff)
				}
				if diff := cmp.Diff([]string{address + " in 1"}, links); diff != "" {
					t.Error(diff)
				}
				if found[0].Args["host"] != "login[.]paie-verif[.]example" || found[0].Place.Index != 1 {
					t.Errorf("%+v", found[0])
				}
			})
		}
	}
}

func TestInline(t *testing.T) {
	t.Parallel()
	src := "data:image/png;base64," + base64.StdEncoding.EncodeToString(packed(t, "image/png", code(t, address)))
	for name, page := range map[string]string{
		"img":        `<img src="` + src + `">`,
		"unquoted":   `<img src=` + src + `>`,
		"background": `<div style="background-image:url(` + src + `)">x</div>`,
		"escaped":    `<img src='` + strings.ReplaceAll(src, "+", "%2B") + `'>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, links, _ := check(letter(words+page, "", nil))
			if diff := cmp.Diff([]string{address + " in 0"}, links); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatCodesDo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ id, what string }{
		"HTTPS://PAIE-VERIF.EXAMPLE/A":                        {"picture.qr-link", ""},
		"paie-verif.example/a":                                {"picture.qr-link", ""},
		"tel:+33199001234":                                    {"picture.qr-call", "tel:+33199001234"},
		"SMSTO:+33199001234:OUI":                              {"picture.qr-call", "SMSTO:+33199001234:OUI"},
		"bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT?amount=1": {"picture.qr-crypto", "bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT?amount=1"},
		"BCD\n002\n1\nSCT\n\nFonderie Roc\nFR7630006000011234567890189\nEUR12.30": {"picture.qr-payment", "FR7630006000011234567890189"},
		"WIFI:S:Atelier;T:WPA;P:secret;;":                                         {"picture.qr-setup", "wifi"},
		"otpauth://totp/Roc:emma?secret=JBSWY3DP":                                 {"picture.qr-setup", "otpauth"},
		"Billet 4711, rang 3":                                                     {"picture.qr-text", "Billet 4711, rang 3"},
	} {
		t.Run(want.id+" "+text[:6], func(t *testing.T) {
			t.Parallel()
			_, _, found := check(letter(words, "image/png", packed(t, "image/png", code(t, text))))
			if len(found) != 1 || found[0].ID != want.id || strings.NewReplacer("[.]", ".", "[:]", ":").Replace(found[0].Args["what"]) != want.what {
				t.Errorf("got %+v, want %+v", found, want)
			}
		})
	}
}

func TestOnly(t *testing.T) {
	t.Parallel()
	photo := packed(t, "image/jpeg", picturetest.Sheet(400, 300, color.Gray{90}))
	icon := packed(t, "image/png", picturetest.Sheet(16, 16, color.Gray{90}))
	for name, c := range map[string]struct {
		page string
		body []byte
		want []string
	}{
		"a picture that is a link":     {`<a href="https://paie-verif.example/x"><img src="https://cdn.example/a.png"></a>`, nil, []string{"picture.only-link"}},
		"a picture as the ground":      {`<table background="https://cdn.example/a.png"><tr><td><a href="https://paie-verif.example/x">&nbsp;</a></table>`, nil, []string{"picture.only-link"}},
		"a picture without link":       {`<img src="cid:i">`, photo, []string{"picture.only"}},
		"an attached picture":          {``, photo, []string{"picture.only"}},
		"with words":                   {words + `<a href="https://paie-verif.example/x"><img src="https://cdn.example/a.png"></a>`, photo, nil},
		"a counting pixel":             {`Bonjour Emma <img src="https://cdn.example/a.png" width="1" height="1">`, nil, nil},
		"a counting pixel by style":    {`Bonjour Emma <img src="https://cdn.example/a.png" style="width: 1px; height:1px">`, nil, nil},
		"a hidden picture":             {`Bonjour Emma <img src="https://cdn.example/a.png" style="display: none">`, nil, nil},
		"an icon":                      {`Bonjour Emma`, icon, nil},
		"no picture":                   {`Bonjour Emma, à demain`, nil, nil},
		"a counting pixel and another": {`<img src="https://cdn.example/p" width=1 height=1><img src="https://cdn.example/a.png" width=600>`, nil, []string{"picture.only"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ids, _, _ := check(letter(c.page, "image/png", c.body))
			if diff := cmp.Diff(c.want, ids); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestBudget: what is too large, too much or broken holds the case.
func TestBudget(t *testing.T) {
	t.Parallel()
	whole := packed(t, "image/png", code(t, address))
	huge := bytes.Clone(whole)
	copy(huge[16:24], "\x00\x00\xff\xff\x00\x00\xff\xff") // the header says 65,535 pixels a side
	crc(huge)
	many := letter(words+strings.Repeat(`<img src="data:image/png;base64,`+base64.StdEncoding.EncodeToString(packed(t, "image/png", picturetest.Sheet(1100, 900, color.Gray{1})))+`">`, 30), "", nil)
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"huge":   {letter(words, "image/png", huge), "picture.unread"},
		"broken": {letter(words, "image/png", whole[:len(whole)*2/3]), "picture.broken"},
		"many":   {many, "picture.unread"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, found := check(c.raw)
			if len(found) != 1 || found[0].ID != c.want || !found[0].Hold {
				t.Errorf("got %+v, want %s", found, c.want)
			}
		})
	}
}
