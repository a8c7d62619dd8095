package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

// visit is one request, with who asks and in which language.
type visit struct {
	*site

	w      http.ResponseWriter
	r      *http.Request
	ctx    context.Context //nolint:containedctx // a visit lives as long as its request
	now    time.Time
	who    login.Who // the zero Who is a visitor
	person people.Person
	lang   string
	token  string // of the session, "" for a visitor
}

// serve makes a handler of a route: who asks, whether they may, and the page
// that tells what went wrong.
func (s *site) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{site: s, w: w, r: r, ctx: r.Context(), now: s.Desk.Now(), lang: s.Desk.Org.Language}
		v.chooseByBrowser()
		err := v.recognise()
		if err == nil {
			err = v.may(route.Needs)
		}
		if err == nil {
			err = route.Handle(v)
		}
		if err != nil {
			v.fail(err) //nolint:contextcheck // a page is drawn with the context of its visit
		}
	})
}

// recognise reads who asks from the session cookie. A session that is over is
// a visitor, not a failure.
func (v *visit) recognise() error {
	token := v.given(v.sessionCookie())
	if token == "" {
		return nil
	}
	var session login.Session
	err := v.read(func(tx *db.Tx) (err error) {
		if session, err = login.SessionOf(v.ctx, tx, token, v.now); err != nil {
			return err
		}
		v.person, err = people.Get(v.ctx, tx, session.Who.Person)
		return err
	})
	if fault.Is(err, fault.Unauthenticated) || fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	v.who, v.token = session.Who, token
	if v.Words.Has(v.person.Language, "language.own") {
		v.lang = v.person.Language
	}
	if session.Stale(v.now) {
		err := v.write(func(tx *db.Tx) error { return login.TouchSession(v.ctx, tx, v.token, v.now) })
		if err != nil { // the page can be shown all the same
			v.Log.WarnContext(v.ctx, "a session was not touched", slog.Any("error", err))
		}
	}
	return nil
}

// may is nil when whoever asks has the right.
func (v *visit) may(right login.Right) error {
	if right == Anyone {
		return nil
	}
	if v.who.Person == "" {
		return fault.New(fault.Unauthenticated, "fault.sign-in-first", nil)
	}
	return v.who.Need(right)
}

// sight is the accounts in which whoever asks has the right.
func (v *visit) sight(right login.Right) cases.Sight {
	all, some := v.who.Accounts(right)
	if all {
		return cases.Everything
	}
	return cases.Only(some...)
}

func (v *visit) read(f func(tx *db.Tx) error) error  { return v.DB.Read(v.ctx, f) }
func (v *visit) write(f func(tx *db.Tx) error) error { return v.DB.Write(v.ctx, f) }

// t says a sentence of the catalogue.
func (v *visit) t(key string, args i18n.Args) string { return v.Words.T(v.lang, key, args) }

// show answers with a page.
func (v *visit) show(p templ.Component) error { return v.showAs(http.StatusOK, p) }

// showAs draws the page whole before a byte of it leaves, so that a page that
// can't be drawn becomes an error page and not half of one.
func (v *visit) showAs(status int, p templ.Component) error {
	var b bytes.Buffer
	if err := p.Render(v.ctx, &b); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store") // what a person reads here is theirs
	v.w.WriteHeader(status)
	if v.r.Method != http.MethodHead {
		_, _ = v.w.Write(b.Bytes())
	}
	return nil
}

// goTo sends the browser on, after a POST.
func (v *visit) goTo(path string) error {
	v.w.Header().Set("Cache-Control", "no-store")
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// ours is path when it leads to one of our own pages, else the first page:
// nobody is sent away by a link that only begins here.
func ours(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

// origin is the scheme and host of an address.
func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Scheme + "://" + u.Host
}
