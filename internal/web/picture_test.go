package web

import (
	"bytes"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail"
)

// Who reported a trap sees its picture; nobody else does, and nothing is drawn
// of what is no trap or not answered.
func TestPictureOfOnesOwnReport(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	id := string(emma.reported(phish()))
	page := emma.get("/reports/" + id).is(http.StatusOK).Body.String()
	if !strings.Contains(page, `src="/reports/`+id+`/picture"`) || !strings.Contains(page, "banque-secours[.]example") {
		t.Errorf("the answer shows no picture:\n%s", page)
	}
	a := emma.get("/reports/" + id + "/picture").is(http.StatusOK)
	if _, err := png.Decode(bytes.NewReader(a.Body.Bytes())); err != nil || a.Header().Get("Content-Type") != "image/png" {
		t.Errorf("%v %v", err, a.Header())
	}
	s.person("hugo@atelier.example", "Atelier").get("/reports/" + id + "/picture").is(http.StatusNotFound)
	emma.get("/reports/" + string(emma.reported(puzzling())) + "/picture").is(http.StatusNotFound)
}

func TestPicturesOfOursAreShownInTheOutbox(t *testing.T) {
	t.Parallel()
	m := &mail.Message{HTML: `<img src="cid:a@bienvu"><img src="cid:b@bienvu">`, Parts: []*mail.Part{
		{ContentID: "a@bienvu", TrueType: "image/png", Body: []byte("png")}, {ContentID: "b@bienvu", TrueType: "text/html", Body: []byte("x")},
	}}
	if got := withPictures(m); got != `<img src="data:image/png;base64,cG5n"><img src="cid:b@bienvu">` {
		t.Error(got)
	}
}
