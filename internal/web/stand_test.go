package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/web/page"
)

// stand is the pages on a whole desk, under test.
type stand struct {
	*desktest.Desk

	t    *testing.T
	site *site
	web  http.Handler
}

func newStand(t *testing.T, change ...func(*Config)) *stand {
	t.Helper()
	d := desktest.New(t, dbtest.SQLite(t), page.Locale(), Locale(), desk.Locale(), login.Locale, db.Locale, post.Locale(), fetch.Locale)
	c := Config{Desk: d.Desk, DB: d.DB, Words: d.Words, Log: d.Log}
	for _, f := range change {
		f(&c)
	}
	s, err := newSite(c)
	if err != nil {
		t.Fatal(err)
	}
	h, err := s.handler()
	if err != nil {
		t.Fatal(err)
	}
	return &stand{Desk: d, t: t, site: s, web: h}
}

// guest is a browser, signed in or not.
type guest struct {
	s      *stand
	id     people.ID
	cookie []*http.Cookie
	lang   string // Accept-Language
}

func (s *stand) visitor() *guest { return &guest{s: s, lang: "en"} }

// person signs somebody in, with the roles given, in the account named.
func (s *stand) person(address, account string, grants ...login.Role) *guest {
	s.t.Helper()
	g := s.visitor()
	err := s.DB.Write(s.t.Context(), func(tx *db.Tx) error {
		made := func() string {
			id, err := s.IDs.New(s.Clock)
			if err != nil {
				s.t.Fatal(err)
			}
			return id
		}
		home, err := people.EnsureAccount(s.t.Context(), tx, people.Account{ID: people.AccountID(made()), Name: account}, s.Clock)
		if err != nil {
			return err
		}
		local, _, _ := strings.Cut(address, "@")
		p, err := people.Ensure(s.t.Context(), tx, people.Person{
			ID: people.ID(made()), Account: home.ID, Address: address, Name: strings.ToUpper(local[:1]) + local[1:] + " Petit", Since: s.Clock,
		})
		if err != nil {
			return err
		}
		g.id = p.ID
		for _, role := range grants {
			if err := login.GrantRole(s.t.Context(), tx, p.ID, login.Grant{Role: role}, s.Clock); err != nil {
				return err
			}
		}
		token, err := login.NewSession(s.t.Context(), tx, s.Random, p.ID, s.Clock)
		g.cookie = []*http.Cookie{{Name: s.site.sessionCookie(), Value: token}}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return g
}

func (s *stand) emma() *guest { return s.person("emma@atelier.example", "Atelier") }
func (s *stand) tom() *guest {
	return s.person("tom@atelier.example", "Atelier", login.Responder)
}

// answered is what came back.
type answered struct {
	*httptest.ResponseRecorder

	t *testing.T
}

func (g *guest) send(r *http.Request) answered {
	g.s.t.Helper()
	for _, c := range g.cookie {
		r.AddCookie(c)
	}
	r.Header.Set("Accept-Language", g.lang)
	w := httptest.NewRecorder()
	g.s.web.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		g.keep(c)
	}
	return answered{w, g.s.t}
}

func (g *guest) keep(c *http.Cookie) {
	for i := range g.cookie {
		if g.cookie[i].Name == c.Name {
			g.cookie[i] = c
			return
		}
	}
	g.cookie = append(g.cookie, c)
}

func (g *guest) get(path string) answered {
	g.s.t.Helper()
	return g.send(httptest.NewRequest(http.MethodGet, path, nil))
}

func own(r *http.Request) *http.Request {
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// post sends a small form: name, value, name, value…
func (g *guest) post(path string, pairs ...string) answered {
	g.s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := own(httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode())))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return g.send(r)
}

// file is one file of the report form.
type file struct {
	name string
	body []byte
}

// report sends the report form, and has its jobs done.
func (g *guest) report(words, source string, files ...file) answered {
	g.s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range map[string]string{"words": words, "source": source} {
		if err := w.WriteField(name, value); err != nil {
			g.s.t.Fatal(err)
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile("file", f.name)
		if err != nil {
			g.s.t.Fatal(err)
		}
		if _, err := part.Write(f.body); err != nil {
			g.s.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		g.s.t.Fatal(err)
	}
	r := own(httptest.NewRequest(http.MethodPost, "/reports", &b))
	r.Header.Set("Content-Type", w.FormDataContentType())
	return g.send(r)
}

// reported reports a mail by the form and gives the case.
func (g *guest) reported(raw []byte) cases.ID {
	g.s.t.Helper()
	a := g.report("Is this real?", "", file{"mail.eml", raw}).is(http.StatusSeeOther)
	g.s.Do()
	id, ok := strings.CutPrefix(a.Header().Get("Location"), "/reports/")
	if !ok {
		g.s.t.Fatalf("went to %q", a.Header().Get("Location"))
	}
	return cases.ID(id)
}

func (a answered) is(status int) answered {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("status %d, want %d; to %q\n%s", a.Code, status, a.Header().Get("Location"), text(a.Body.String()))
	}
	return a
}

func (a answered) goesTo(path string) answered {
	a.t.Helper()
	a.is(http.StatusSeeOther)
	if got := a.Header().Get("Location"); got != path {
		a.t.Fatalf("goes to %q, want %q", got, path)
	}
	return a
}

func (a answered) says(words ...string) answered {
	a.t.Helper()
	body := text(a.Body.String())
	for _, w := range words {
		if !strings.Contains(body, w) {
			a.t.Errorf("%q is not said in:\n%s", w, body)
		}
	}
	return a
}

func (a answered) saysNot(words ...string) answered {
	a.t.Helper()
	for _, w := range words {
		if strings.Contains(text(a.Body.String()), w) {
			a.t.Errorf("%q is said", w)
		}
	}
	return a
}

var (
	tags   = regexp.MustCompile(`(?s)<(script|style|svg)[^>]*>.*?</(script|style|svg)>|<[^>]*>`)
	spaces = regexp.MustCompile(`[\s\x{00a0}\x{202f}]+`)
)

// text is what a page says, without its tags.
func text(html string) string {
	plain := tags.ReplaceAllString(html, " ")
	plain = strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&", "’", "'").Replace(plain)
	return spaces.ReplaceAllString(plain, " ")
}

// link finds a link of ours in the last mail that left.
func (s *stand) link(prefix string) string {
	s.t.Helper()
	all := s.Post.Mails()
	if len(all) == 0 {
		s.t.Fatal("no mail left")
	}
	return s.linkIn(mail.Read(all[len(all)-1].Raw, mail.DefaultBudget()).Plain, prefix, 0)
}

func (s *stand) linkIn(text, prefix string, n int) string {
	s.t.Helper()
	found := regexp.MustCompile(regexp.QuoteMeta(s.Org.PublicURL)+`(`+regexp.QuoteMeta(prefix)+`[\w-]+)`).FindAllStringSubmatch(text, -1)
	if len(found) <= n {
		s.t.Fatalf("no link %d to %s in:\n%s", n, prefix, text)
	}
	return found[n][1]
}

func phish() []byte {
	return mailtest.New("Votre compte est suspendu", "Votre banque <alerte@banque-secours.example>", "emma@atelier.example").
		HTML(`<p>Urgent : votre compte sera bloqué dans 24 heures. Confirmez votre mot de passe immédiatement.</p>
			<a href="http://192.0.2.7/connexion">https://www.banque.example/connexion</a>`).Bytes()
}

// puzzling is a mail that a person must look at, whatever was learned of words:
// a picture in it can't be read.
func puzzling() []byte {
	broken := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 600)...)
	return mailtest.New("Hello", "Alex <alex@somewhere.example>", "emma@atelier.example").
		Text("Hello, are you the person who looks after the office plants? Best, Alex").
		Attach("plants.png", "image/png", broken).Bytes()
}

// another makes each message differ, so that none belongs to a campaign.
func another(n int) []byte {
	return mailtest.New(fmt.Sprintf("Question %d", n), fmt.Sprintf("Kim <kim%d@somewhere.example>", n), "emma@atelier.example").
		Text(fmt.Sprintf("%s: could you tell me more about item number %d of the list?", strings.Repeat("word ", n), n)).Bytes()
}
