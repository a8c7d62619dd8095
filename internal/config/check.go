package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/fault"
)

// check tries every rule on every setting, then the rules between settings.
func (l *loader) check() {
	for _, f := range l.fields {
		l.checkField(f)
		if !f.isList() {
			continue
		}
		for i := range f.value.Len() {
			name := fmt.Sprintf("%s[%d]", f.name, i)
			for _, inner := range fields(name, f.value.Index(i)) {
				l.checkField(inner)
			}
		}
	}
	l.together()
}

func (l *loader) checkField(f field) {
	for rule := range strings.FieldsSeq(f.tag.Get("check")) {
		name, arg, _ := strings.Cut(rule, "=")
		for _, text := range f.texts() {
			if !rules[name](text, arg) {
				w := want{rule: name, arg: strings.ReplaceAll(arg, "|", ", ")}
				if name == "oneof" {
					w.choices = strings.Split(arg, "|")
				}
				l.badValue(f, text, l.out.Origin[f.name], w)
				return
			}
		}
	}
}

// texts gives the values of a setting as text, one for each item of a list.
func (f field) texts() []string {
	switch f.value.Kind() {
	case reflect.Slice:
		if list, ok := reflect.TypeAssert[[]string](f.value); ok {
			return list
		}
		return nil
	case reflect.String:
		return []string{f.value.String()}
	default:
		return []string{fmt.Sprint(f.value.Interface())}
	}
}

// rules are what a check tag may name. All but required let "" pass.
//
//nolint:gochecknoglobals // a constant table
var rules = map[string]func(text, arg string) bool{
	"required": func(text, _ string) bool { return text != "" },
	"oneof":    func(text, arg string) bool { return text == "" || slices.Contains(strings.Split(arg, "|"), text) },
	"min":      func(text, arg string) bool { return whole(text) >= whole(arg) },
	"max":      func(text, arg string) bool { return whole(text) <= whole(arg) },
	"minlen":   func(text, arg string) bool { return text == "" || int64(utf8.RuneCountInString(text)) >= whole(arg) },
	"listen":   func(text, _ string) bool { return text == "" || isListen(text) },
	"url":      func(text, _ string) bool { return text == "" || isURL(text) },
	"https":    func(text, _ string) bool { return text == "" || isHTTPS(text) },
	"database": func(text, _ string) bool { return text == "" || isDatabase(text) },
	"email":    func(text, _ string) bool { return text == "" || isEmail(text) },
	"domain":   func(text, _ string) bool { return text == "" || isDomain(text) && strings.Contains(text, ".") },
	"hostname": func(text, _ string) bool { return text == "" || isDomain(text) || net.ParseIP(text) != nil },
	"network":  func(text, _ string) bool { return text == "" || isNetwork(text) },
	"timezone": func(text, _ string) bool { _, err := time.LoadLocation(text); return err == nil },
}

func whole(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func isListen(text string) bool {
	_, port, err := net.SplitHostPort(text)
	n, bad := strconv.Atoi(port)
	return err == nil && bad == nil && n >= 0 && n <= 65535
}

func isURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.RawQuery == "" && u.Fragment == ""
}

// isHTTPS allows a query: the address of a list may hold one.
func isHTTPS(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && u.Fragment == ""
}

func isDatabase(text string) bool {
	scheme, rest, ok := strings.Cut(text, ":")
	return ok && rest != "" && slices.Contains([]string{"postgres", "postgresql", "sqlite"}, scheme)
}

func isEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text
}

// isDomain allows what a host name may hold (RFC 1123), and letters of any script.
func isDomain(text string) bool {
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 || strings.ContainsAny(label, " \t@/:,;_!?*[]()<>\"'\\") ||
			strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	return len(text) <= 253
}

func isNetwork(text string) bool {
	if _, err := netip.ParseAddr(text); err == nil {
		return true
	}
	_, err := netip.ParsePrefix(text)
	return err == nil
}

// together checks what only makes sense side by side.
func (l *loader) together() {
	c := l.out.Config
	pairs := []struct {
		wrong bool
		key   string
		needs string
	}{
		{c.SMTP.TLSCert != "" && c.SMTP.TLSKey == "", "smtp.tls_cert", "smtp.tls_key"},
		{c.SMTP.TLSKey != "" && c.SMTP.TLSCert == "", "smtp.tls_key", "smtp.tls_cert"},
		{c.Submission.Username != "" && c.Submission.Password == "", "submission.username", "submission.password"},
		{c.Submission.Password != "" && c.Submission.Username == "", "submission.password", "submission.username"},
		{c.Submission.Host != "" && c.From() == "", "submission.host", "mail.from_address"},
	}
	for _, p := range pairs {
		if p.wrong {
			l.problem(fault.New(fault.Invalid, "config.needs", fault.Args{"key": p.key, "needs": p.needs}))
		}
	}
	l.feeds(c.Lists.Feeds)
	for i, e := range c.Org.Exercises {
		if e == (Exercise{}) {
			key := fmt.Sprintf("org.exercises[%d]", i)
			l.problem(fault.New(fault.Invalid, "config.needs", fault.Args{"key": key, "needs": "dkim_domain, ip, secret"}))
		}
	}
}

// feeds checks that each list has a name of its own, a kind, and one source.
func (l *loader) feeds(all []Feed) {
	seen := map[string]bool{}
	for i, f := range all {
		key, needs := fmt.Sprintf("lists.feeds[%d]", i), ""
		switch {
		case f.Name == "" || seen[f.Name]:
			needs = "name"
		case f.Kind == "":
			needs = "kind"
		case (f.URL == "") == (f.File == ""):
			needs = "url | file"
		}
		if seen[f.Name] = true; needs != "" {
			l.problem(fault.New(fault.Invalid, "config.needs", fault.Args{"key": key, "needs": needs}))
		}
	}
}
