package web

import (
	"net/http"
	"time"
)

// sessionCookie is the name of the cookie that says who asks. Over https the
// prefix makes browsers refuse one that another host or plain http set.
func (s *site) sessionCookie() string {
	if s.secure {
		return "__Host-bienvu"
	}
	return "bienvu"
}

// cookie is one that scripts can't read and other sites' forms don't carry.
func (s *site) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // Secure wherever people reach us by https
		Name: name, Value: value, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	}
}

// forget removes a cookie.
func (s *site) forget(name string) *http.Cookie {
	return s.cookie(name, "", -time.Second)
}

// given is the value of a cookie of this browser, "" when it has none.
func (v *visit) given(name string) string {
	for _, c := range v.r.CookiesNamed(name) {
		return c.Value
	}
	return ""
}
