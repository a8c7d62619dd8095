package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/web/page"
)

// nextCookie remembers where somebody wanted to go until the link from their
// mailbox brings them back.
const nextCookie = "bienvu_next"

// signIn asks who it is.
func (s *site) signIn(v *visit) error {
	next := ours(v.r.URL.Query().Get("next"))
	if v.who.Person != "" {
		return v.goTo(next)
	}
	return v.show(page.SignIn(v.frame(), page.SignInView{Next: next, Password: v.r.URL.Query().Has("password")}))
}

// sendLink mails a link. The page says the same whether or not we know the
// address, so that nobody can ask who works here.
func (s *site) sendLink(v *visit) error {
	form := v.postForm()
	address, next := strings.TrimSpace(form.Get("address")), ours(form.Get("next"))
	if !strings.Contains(address, "@") || len(address) > 254 || strings.ContainsAny(address, "\r\n") {
		view := page.SignInView{Address: cut(address, 254), Next: next,
			Problem: v.t("fault.bad-address", i18n.Args{"address": cut(page.Defang(address), 100)})}
		return v.showAs(http.StatusUnprocessableEntity, page.SignIn(v.frame(), view))
	}
	if err := s.Desk.SignIn(v.ctx, address, v.lang); err != nil {
		return err
	}
	http.SetCookie(v.w, s.cookie(nextCookie, next, login.LinkLife))
	return v.show(page.SignInSent(v.frame(), page.SignInSentView{Address: address, Minutes: int(login.LinkLife / time.Minute)}))
}

// confirmLink is the page behind the mailed link: one press and they are in.
func (s *site) confirmLink(v *visit) error {
	token := v.r.PathValue("token")
	err := v.read(func(tx *db.Tx) error {
		_, err := login.PeekLink(v.ctx, tx, token, v.now)
		return err
	})
	if err != nil {
		return v.linkOver(err)
	}
	return v.show(page.SignInConfirm(v.frame(), page.SignInConfirmView{Action: "/in/" + token, Next: v.nextStop()}))
}

// enterByLink uses the link up and signs in.
func (s *site) enterByLink(v *visit) error {
	next := ours(v.postForm().Get("next"))
	var token string
	err := v.write(func(tx *db.Tx) error {
		person, err := login.UseLink(v.ctx, tx, v.r.PathValue("token"), v.now)
		if err != nil {
			return err
		}
		token, err = login.NewSession(v.ctx, tx, s.Desk.Random, person, v.now)
		return err
	})
	if err != nil {
		return v.linkOver(err)
	}
	return v.enter(token, next)
}

// linkOver asks for the address again where a link has had its day.
func (v *visit) linkOver(err error) error {
	if !fault.Is(err, fault.Unauthenticated) {
		return err
	}
	view := page.SignInView{Next: v.nextStop(), Problem: v.t(fault.Of(err).Key, nil)}
	return v.showAs(http.StatusUnauthorized, page.SignIn(v.frame(), view))
}

// enterByPassword signs a member of the team in.
func (s *site) enterByPassword(v *visit) error {
	form := v.postForm()
	address, next := strings.TrimSpace(form.Get("address")), ours(form.Get("next"))
	token, err := v.checkPassword(address, form.Get("password"))
	if fault.Is(err, fault.Unauthenticated) || fault.Is(err, fault.TooMuch) {
		f := fault.Of(err)
		status := http.StatusUnauthorized
		if f.Kind == fault.TooMuch {
			status = http.StatusTooManyRequests
			v.w.Header().Set("Retry-After", strconv.Itoa(int(login.FailureInterval/time.Second)))
		}
		view := page.SignInView{Address: cut(address, 254), Next: next, Password: true, Problem: v.t(f.Key, i18n.Args(f.Args))}
		return v.showAs(status, page.SignIn(v.frame(), view))
	}
	if err != nil {
		return err
	}
	return v.enter(token, next)
}

func (v *visit) checkPassword(address, password string) (token string, err error) {
	hasher, err := v.hasher()
	if err != nil {
		return "", err
	}
	person, err := login.CheckPassword(v.ctx, v.DB, hasher, address, password, v.now)
	if err != nil {
		return "", err
	}
	return v.session(person)
}

// session signs a person in and gives the secret of the cookie.
func (v *visit) session(person people.ID) (token string, err error) {
	err = v.write(func(tx *db.Tx) error {
		token, err = login.NewSession(v.ctx, tx, v.Desk.Random, person, v.now)
		return err
	})
	return token, err
}

// enter hands the cookie over and goes where they wanted to.
func (v *visit) enter(token, next string) error {
	http.SetCookie(v.w, v.cookie(v.sessionCookie(), token, login.SessionLife))
	http.SetCookie(v.w, v.forget(nextCookie))
	return v.goTo(next)
}

// nextStop is where they wanted to go before they asked for a link.
func (v *visit) nextStop() string {
	return ours(v.given(nextCookie))
}

// signOut ends this browser's session.
func (s *site) signOut(v *visit) error {
	if v.token != "" {
		if err := v.write(func(tx *db.Tx) error { return login.EndSession(v.ctx, tx, v.token) }); err != nil {
			return err
		}
	}
	http.SetCookie(v.w, s.forget(s.sessionCookie()))
	return v.goTo("/")
}
