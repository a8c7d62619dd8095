package api_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/client"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/login"
)

// broken is a store that fails.
type broken struct{ blob.Store }

func (broken) Put(context.Context, []byte) (blob.Hash, error) { return "", errors.New("no room") }

type formBody = struct{ contentType, body string }

// form writes a form of name and value pairs; a file is "file", name, content.
func form(t *testing.T, parts ...string) formBody {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for len(parts) > 1 {
		if parts[0] != "file" {
			if err := w.WriteField(parts[0], parts[1]); err != nil {
				t.Fatal(err)
			}
			parts = parts[2:]
			continue
		}
		part, err := w.CreateFormFile("file", parts[1])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(part, parts[2])
		parts = parts[3:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return formBody{w.FormDataContentType(), b.String()}
}

// Bad input gets a status, a stable key, and a sentence in each language.
func TestBadInput(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	whole := form(t, "comment", "hello", "file", "a.eml", lure)
	many := []string{}
	for range 21 {
		many = append(many, "file", "a.eml", lure)
	}
	for name, c := range map[string]struct {
		formBody
		status      int
		key, french string
	}{
		"nothing":             {formBody{"message/rfc822", ""}, 422, "fault.api-empty", "L’envoi est vide"},
		"not a message":       {formBody{"message/rfc822", "hello, world"}, 422, "fault.api-not-a-message", "e-mail"},
		"a picture":           {formBody{"message/rfc822", "\x89PNG\r\n\x1a\n"}, 422, "fault.api-not-a-message", "e-mail"},
		"outlook that is not": {formBody{"application/vnd.ms-outlook", "hello"}, 422, "fault.api-not-a-message", "e-mail"},
		"an empty form":       {form(t), 422, "fault.api-empty", "L’envoi"},
		"an empty file":       {form(t, "file", "a.eml", ""), 422, "fault.api-empty", "L’envoi"},
		"only blanks":         {form(t, "comment", " \n "), 422, "fault.api-empty", "L’envoi"},
		"an unknown field":    {form(t, "coment", "x", "file", "a.eml", lure), 422, "fault.api-field", "« coment »"},
		"an unknown choice":   {form(t, "choice", "evil", "file", "a.eml", lure), 422, "fault.api-value", "« evil »"},
		"an unknown act":      {form(t, "acted", "laughed", "file", "a.eml", lure), 422, "fault.api-value", "clicked, password"},
		"a field twice":       {form(t, "choice", "spam", "choice", "phishing", "file", "a.eml", lure), 422, "fault.api-field-twice", "choice"},
		"a long comment":      {form(t, "comment", strings.Repeat("é", 64<<10+1)), 422, "fault.api-field-long", "65536"},
		"too many files":      {form(t, many...), 422, "fault.api-files", "20 fichiers"},
		"half a form":         {formBody{whole.contentType, whole.body[:len(whole.body)/2]}, 422, "fault.api-broken-form", "interrompu"},
		"a form, no boundary": {formBody{"multipart/form-data", whole.body}, 422, "fault.api-broken-form", "interrompu"},
		"too big":             {formBody{"message/rfc822", lure + strings.Repeat("x", 1<<20)}, 413, "fault.api-too-big", "Mo"},
		"too big in a form":   {form(t, "file", "a.eml", lure+strings.Repeat("x", 1<<20)), 413, "fault.api-too-big", "Mo"},
		"JSON":                {formBody{"application/json", `{}`}, 415, "fault.api-media-type", "message/rfc822"},
		"no type":             {formBody{"", lure}, 415, "fault.api-media-type", "message/rfc822"},
	} {
		answer, body := h.send("emma", http.MethodPost, "/api/v1/reports", c.contentType, c.body, "Accept-Language", "fr-CA, en;q=0.5")
		body = strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(body)
		if answer.StatusCode != c.status || !strings.Contains(body, `"`+c.key+`"`) || !strings.Contains(body, c.french) || strings.Count(body, "{") > 1 {
			t.Errorf("%s: %d %s", name, answer.StatusCode, body)
		}
		if c.status == 415 && !strings.Contains(answer.Header.Get("Accept-Post"), "message/rfc822") {
			t.Errorf("%s: no Accept-Post", name)
		}
	}
	if p, err := h.as("emma").Reports(t.Context(), 10, 0); err != nil || len(p.Reports) != 0 {
		t.Errorf("something was kept: %+v, %v", p, err)
	}
}

// counted counts what is read of an endless body.
type counted struct{ n int }

func (c *counted) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	c.n += len(b)
	return len(b), nil
}

// No more is read than is needed to say no; for a stranger, and where the
// length is given, nothing.
func TestLittleIsReadOfTooMuch(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	boundary := "multipart/form-data; boundary=b"
	for name, c := range map[string]struct {
		token, contentType, start string
		length                    int64
		status, most              int
	}{
		"endless":             {"emma", "message/rfc822", lure, -1, 413, 1 << 20},
		"endless file":        {"emma", boundary, "--b\r\nContent-Disposition: form-data; name=file; filename=a.eml\r\n\r\n", -1, 413, 1 << 20},
		"endless comment":     {"emma", boundary, "--b\r\nContent-Disposition: form-data; name=comment\r\n\r\n", -1, 422, 1 << 20},
		"endless part header": {"emma", boundary, "--b\r\nContent-Disposition: ", -1, 413, 1 << 20},
		"a great length":      {"emma", "message/rfc822", lure, 50 << 20, 413, 0},
		"a stranger":          {"", "message/rfc822", lure, -1, 401, 0},
		"another type":        {"emma", "video/mp4", lure, -1, 415, 0},
	} {
		endless := &counted{}
		r := httptest.NewRequest(http.MethodPost, "/api/v1/reports", io.MultiReader(strings.NewReader(c.start), endless))
		r.Header.Set("Content-Type", c.contentType)
		r.Header.Set("Authorization", "Bearer "+h.tokens[c.token])
		r.ContentLength = c.length
		answer := httptest.NewRecorder()
		h.handler.ServeHTTP(answer, r)
		if answer.Code != c.status || endless.n > c.most {
			t.Errorf("%s: %d, %d bytes read", name, answer.Code, endless.n)
		}
	}
}

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.token(login.Token{Name: "old", Person: "00000000-0000-7000-8000-00000000000a", Expires: h.Clock.Add(time.Hour)})
	h.token(login.Token{Name: "numbers only", Person: "00000000-0000-7000-8000-00000000000a", Rights: []login.Right{login.NumbersRead}})
	h.later(2 * time.Hour)
	h.tokens["forged"] = h.tokens["emma"] + "x"
	for _, o := range h.doc.Paths.InMatchingOrder() {
		for method, operation := range h.doc.Paths.Value(o).Operations() {
			if operation.Security != nil && len(*operation.Security) == 0 {
				if answer, _ := h.send("", method, o, "", ""); answer.StatusCode != http.StatusOK {
					t.Errorf("%s %s is open, and was answered %d", method, o, answer.StatusCode)
				}
				continue
			}
			for token, want := range map[string]int{"": 401, "old": 401, "forged": 401, "numbers only": 403} {
				if answer, body := h.send(token, method, strings.ReplaceAll(o, "{id}", "x"), "message/rfc822", lure); answer.StatusCode != want {
					t.Errorf("%s %s with the token %q: %d %s", method, o, token, answer.StatusCode, body)
				}
			}
		}
	}
	for _, header := range []string{"Basic abc", "Bearer", "Bearer ", h.tokens["emma"]} {
		if answer, _ := h.send("", http.MethodGet, "/api/v1/reports", "", "", "Authorization", header); answer.StatusCode != http.StatusUnauthorized {
			t.Errorf("%q: %d", header, answer.StatusCode)
		}
	}
	if answer, _ := h.send("", http.MethodGet, "/api/v1/reports", "", "", "Authorization", "bearer "+h.tokens["emma"]); answer.StatusCode != http.StatusOK {
		t.Errorf("the scheme's case matters: %d", answer.StatusCode)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if answer, body := h.send("emma", http.MethodDelete, "/api/v1/reports", "", ""); answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != "POST, GET" || !strings.Contains(body, "fault.api-method") {
		t.Errorf("%d %v %s", answer.StatusCode, answer.Header, body)
	}
	if answer, body := h.send("emma", http.MethodGet, "/api/v1/cases", "", ""); answer.StatusCode != http.StatusNotFound || answer.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	must(t, h.as("emma").Health(t.Context()))
	must(t, h.DB.Close())
	if err := h.as("emma").Health(t.Context()); err == nil || errorOf(t, err).Status < 500 {
		t.Errorf("without a database: %v", err)
	}
}

// Over a real connection: the desk says no before the upload.
func TestOverTheNetwork(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	server := httptest.NewServer(h.handler)
	defer server.Close()
	desk := client.New(server.URL, h.tokens["emma"])
	got, err := desk.Report(t.Context(), strings.NewReader(lure), client.Options{Comment: "hello"})
	must(t, err)
	if r, err := desk.Get(t.Context(), got.ID); err != nil || r.Number != got.Number {
		t.Errorf("%+v, %v", r, err)
	}
	big := strings.NewReader(lure + strings.Repeat("x", 8<<20))
	for name, o := range map[string]client.Options{"raw": {}, "form": {Comment: "x"}} {
		big.Reset(lure + strings.Repeat("x", 8<<20))
		if _, err := desk.Report(t.Context(), big, o); !errors.Is(err, client.TooMuch) {
			t.Errorf("%s: %v", name, err)
		}
	}
	desk = client.New(server.URL, "bienvu_wrong")
	desk.Language = "fr"
	if _, err := desk.Report(t.Context(), big, client.Options{}); !errors.Is(err, client.Unauthenticated) || !strings.Contains(err.Error(), "jeton") {
		t.Errorf("%v", err)
	}
}
