package web

import (
	"net/http"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
)

const (
	languageCookie = "bienvu_language"
	languageLife   = 365 * 24 * time.Hour
)

// chooseByBrowser picks the language of a visitor: what they chose here
// before, else what their browser asks for, else the organisation's.
func (v *visit) chooseByBrowser() {
	if chosen := v.given(languageCookie); v.speaks(chosen) {
		v.lang = chosen
		return
	}
	v.lang = v.Words.Match(v.r.Header.Get("Accept-Language"), v.lang)
}

// speaks reports whether our pages are written in that language.
func (s *site) speaks(lang string) bool { return s.Words.Has(lang, "language.own") }

// chooseLanguage keeps the language a person chose: in this browser, and with
// the person, so that our letters follow.
func (s *site) chooseLanguage(v *visit) error {
	if lang := v.r.PostFormValue("to"); s.speaks(lang) {
		http.SetCookie(v.w, s.cookie(languageCookie, lang, languageLife))
		if v.who.Person != "" {
			err := v.write(func(tx *db.Tx) error { return people.SetLanguage(v.ctx, tx, v.who.Person, lang) })
			if err != nil {
				return err
			}
		}
	}
	return v.goTo(ours(v.r.PostFormValue("back")))
}
