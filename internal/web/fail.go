package web

import (
	"net/http"
	"net/url"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/httpd"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/web/page"
)

// fail is the one place where a failure becomes a page. Someone who is not
// signed in and opens a page is asked who they are, and comes back to it.
func (v *visit) fail(err error) {
	f, status := httpd.Note(v.ctx, v.Log, err)
	if f.Kind == fault.Unauthenticated && v.r.Method == http.MethodGet && f.Key == "fault.sign-in-first" {
		_ = v.goTo("/sign-in?next=" + url.QueryEscape(v.r.URL.RequestURI()))
		return
	}
	view := page.ErrorView{Status: status, Sentence: v.t(f.Key, i18n.Args(f.Args))}
	switch f.Kind {
	case fault.Internal:
		view.ID = httpd.ID(v.ctx)
	case fault.Unavailable:
		v.w.Header().Set("Retry-After", "30")
		if v.r.Method == http.MethodGet {
			view.Retry = v.r.URL.RequestURI()
		}
	case fault.Invalid, fault.Unauthenticated, fault.Forbidden, fault.NotFound, fault.Conflict, fault.TooMuch:
	}
	if err := v.showAs(status, page.Error(v.frame(), view)); err != nil {
		http.Error(v.w, v.t("fault.internal", nil), http.StatusInternalServerError)
	}
}

// nothing answers where there is no page.
func (s *site) nothing(*visit) error { return fault.New(fault.NotFound, "fault.not-found", nil) }

// foreign answers a form that another site sent.
func (s *site) foreign(*visit) error { return fault.New(fault.Forbidden, "web.fault.foreign", nil) }

// missing is what someone sees of a thing that is not there, or not theirs:
// the same, so that nobody can ask what there is.
func missing() error { return fault.New(fault.NotFound, "fault.not-found", nil) }
