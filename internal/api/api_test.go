package api_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/bienvu/bienvu/client"
	"github.com/bienvu/bienvu/internal/api"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/httpd"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

// lure is a message that the desk is sure about.
const lure = "From: \"Your bank\" <alert@bank-help.example>\r\nTo: emma@atelier.example\r\nSubject: Your account is suspended\r\n" +
	"Message-ID: <1@bank-help.example>\r\nDate: Tue, 3 Mar 2026 09:00:00 +0100\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" +
	"<p>Your account is suspended. Confirm your password within 24 hours or it will be closed.</p>" +
	"<p><a href=\"http://192.0.2.7/login\">https://www.bank.example/login</a></p>\r\n"

// house is an API on a desk, with two people and their tokens.
type house struct {
	*desktest.Desk

	t       *testing.T
	handler http.Handler
	log     *bytes.Buffer
	doc     *openapi3.T
	router  routers.Router
	tokens  map[string]string // by the name of the token
}

const (
	emma    = people.ID("00000000-0000-7000-8000-00000000000a")
	paul    = people.ID("00000000-0000-7000-8000-00000000000b")
	atelier = people.AccountID("00000000-0000-7000-8000-0000000000aa")
	other   = people.AccountID("00000000-0000-7000-8000-0000000000bb")
)

func newHouse(t *testing.T) *house { t.Helper(); return houseOn(t, dbtest.SQLite(t)) }

func houseOn(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, Desk: desktest.New(t, d, api.Locale(), login.Locale, db.Locale, desk.Locale()), log: &bytes.Buffer{}, tokens: map[string]string{}}
	log := slog.New(slog.NewTextHandler(h.log, nil))
	h.handler = httpd.Wrap(api.New(api.Config{Desk: h.Desk.Desk, DB: d, Words: h.Words, Log: log}), httpd.Options{Log: log})
	h.doc, h.router = contract(t)
	h.write(func(tx *db.Tx) {
		for id, name := range map[people.AccountID]string{atelier: "Atelier", other: "Annex"} {
			_, err := people.EnsureAccount(t.Context(), tx, people.Account{ID: id, Name: name}, h.Clock)
			must(t, err)
		}
		for id, name := range map[people.ID]string{emma: "Emma", paul: "Paul"} {
			account := atelier
			if id == paul {
				account = other
			}
			_, err := people.Ensure(t.Context(), tx, people.Person{ID: id, Account: account, Name: name + " Petit", Address: name + "@atelier.example", Since: h.Clock})
			must(t, err)
		}
	})
	h.token(login.Token{Name: "emma", Person: emma})
	h.token(login.Token{Name: "paul", Person: paul})
	h.token(login.Token{Name: "button", Rights: []login.Right{login.ReportSend, login.ReportForAny}})
	h.token(login.Token{Name: "bot", Rights: []login.Right{login.ReportSend, login.ReportForAny, login.ReportReadOwn}})
	h.token(login.Token{Name: "annex bot", Account: other, Rights: []login.Right{login.ReportSend, login.ReportForAny, login.ReportReadOwn}})
	return h
}

// contract is the document as kin-openapi reads it, examples checked against
// their schemas.
func contract(t *testing.T) (*openapi3.T, routers.Router) {
	t.Helper()
	answer := httptest.NewRecorder()
	api.New(api.Config{}).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.yaml", nil))
	doc, err := openapi3.NewLoader().LoadFromData(answer.Body.Bytes())
	must(t, err)
	must(t, doc.Validate(t.Context()))
	doc.Servers = nil // tests call it by any name
	router, err := legacy.NewRouter(doc)
	must(t, err)
	return doc, router
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) write(do func(tx *db.Tx)) {
	h.t.Helper()
	must(h.t, h.DB.Write(h.t.Context(), func(tx *db.Tx) error { do(tx); return nil }))
}

func (h *house) token(t login.Token) {
	h.t.Helper()
	made, err := h.IDs.New(h.Clock)
	must(h.t, err)
	t.ID = made
	h.write(func(tx *db.Tx) {
		h.tokens[t.Name], err = login.NewToken(h.t.Context(), tx, h.Random, t, h.Clock)
		must(h.t, err)
	})
}

// as is a client with the token of that name.
func (h *house) as(name string) *client.Client {
	c := client.New("http://desk.example", h.tokens[name])
	c.HTTP = &http.Client{Transport: h}
	return c
}

// RoundTrip calls the handler itself, and holds call and answer against the
// document.
func (h *house) RoundTrip(r *http.Request) (*http.Response, error) {
	body := []byte{}
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
		_ = r.Body.Close()
	}
	fresh := func() *http.Request {
		again := r.Clone(r.Context())
		again.Body, again.RequestURI = io.NopCloser(bytes.NewReader(body)), ""
		return again
	}
	answer := httptest.NewRecorder()
	h.handler.ServeHTTP(answer, fresh())
	result := answer.Result()
	h.agree(fresh(), result.StatusCode, result.Header, answer.Body.Bytes())
	return result, nil
}

// agree fails when the document does not know this answer, or would refuse a
// request that was taken.
func (h *house) agree(r *http.Request, status int, header http.Header, body []byte) {
	h.t.Helper()
	route, path, err := h.router.FindRoute(r)
	if err != nil {
		if status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
			h.t.Errorf("%s %s is not in the document, and was answered %d", r.Method, r.URL, status)
		}
		return
	}
	options := &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, SkipSettingDefaults: true,
	}
	input := &openapi3filter.RequestValidationInput{Request: r, PathParams: path, Route: route, Options: options}
	kind := r.Header.Get("Content-Type")
	options.ExcludeRequestBody = strings.HasPrefix(kind, "message/") || strings.HasPrefix(kind, "application/") // any bytes
	if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil && status < 300 {
		h.t.Errorf("%s %s was taken, and the document refuses it: %v", r.Method, r.URL, err)
	}
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: status, Header: header, Body: io.NopCloser(bytes.NewReader(body)), Options: options,
	})
	if err != nil {
		h.t.Errorf("%s %s: the answer %d is not as documented: %v\n%s", r.Method, r.URL, status, err, body)
	}
}

// said is what a call was answered, without the body.
type said struct {
	StatusCode int
	Header     http.Header
}

// send makes a raw call and gives its answer.
func (h *house) send(token, method, path, contentType, body string, header ...string) (said, string) {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, "http://desk.example"+path, strings.NewReader(body))
	must(h.t, err)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+h.tokens[token])
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := h.RoundTrip(r)
	must(h.t, err)
	text, err := io.ReadAll(answer.Body)
	must(h.t, err)
	must(h.t, answer.Body.Close())
	return said{answer.StatusCode, answer.Header}, string(text)
}

// report hands in the lure, with what makes it another message, and does what
// comes of it.
func (h *house) report(as, mark string, o client.Options) client.Receipt {
	h.t.Helper()
	r, err := h.as(as).Report(h.t.Context(), strings.NewReader(lure+mark), o)
	must(h.t, err)
	h.Do()
	return r
}

func (h *house) get(as, id string) client.Report {
	h.t.Helper()
	r, err := h.as(as).Get(h.t.Context(), id)
	must(h.t, err)
	return r
}

func (h *house) later(d time.Duration) { h.Clock = h.Clock.Add(d) }
