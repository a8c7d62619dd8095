package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
)

const (
	fuzzedMail = "From: a@b.example\r\nSubject: x\r\n\r\nhello\r\n"
	fuzzedForm = "--b\r\nContent-Disposition: form-data; name=comment\r\n\r\nhello\r\n" +
		"--b\r\nContent-Disposition: form-data; name=acted\r\n\r\nclicked\r\n" +
		"--b\r\nContent-Disposition: form-data; name=file; filename=a.eml\r\n\r\n" + fuzzedMail + "\r\n--b--\r\n"
)

// Whatever comes in is refused with a reason a person can be told, or becomes a
// mail that is really from its reporter and holds what was handed in.
func FuzzRead(f *testing.F) {
	f.Add("multipart/form-data; boundary=b", fuzzedForm)
	f.Add("multipart/form-data; boundary=b", "--b\r\n\r\n--b--")
	f.Add("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=file; filename*=utf-8''%0d%0ax\r\n\r\nFrom: x\r\n--b--")
	f.Add("message/rfc822", fuzzedMail)
	f.Add("application/vnd.ms-outlook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	s := &server{Config{Desk: &desk.Desk{Org: desk.Org{MaxBytes: 1 << 20}}}}
	f.Fuzz(func(t *testing.T, contentType, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		u, err := s.read(httptest.NewRecorder(), call{Request: r})
		if err == nil {
			err = u.check()
		}
		if err != nil {
			if fault.Of(err).Kind != fault.Invalid && fault.Of(err).Kind != fault.TooMuch {
				t.Errorf("%v", err)
			}
			return
		}
		raw := u.mail(emma, "report@atelier.example")
		m := mail.Read(raw, mail.DefaultBudget())
		if m.Author().Addr != emma.Address || len(raw) > 1<<20 {
			t.Errorf("from %q, %d bytes", m.Author().Addr, len(raw))
		}
		if len(u.files) > 0 && len(unwrap.Unwrap(m).Originals) == 0 {
			t.Errorf("the report was lost on the way: %q", u.files)
		}
	})
}
