package link

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/link/wrapped"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// The most that is decoded of what an address carries.
const (
	mostCarried = 8 << 10 // bytes looked at
	mostRounds  = 3       // codings in one another
)

// onward looks at addresses and names that the address carries to other places.
func (l *look) onward(link view.Link) {
	l.through(link)
	rest := carriedBy(link)
	if rest == "" || domain.Tracker(link.Host) && !l.v.House.Places.FreeHost(link.Host) {
		return
	}
	if l.carriesRecipient(rest) {
		l.find("link.recipient", link, nil)
	}
	if domain.Same(link.Host, l.v.Host) {
		return
	}
	if host, coded := destination(rest); host != "" && !domain.Same(host, link.Host) {
		args := map[string]string{"onward": domain.Defang(host)}
		if coded {
			l.find("link.coded-target", link, args)
		} else {
			l.find("link.redirect", link, args)
		}
	}
}

// through looks at the services that the link goes through before it leads
// where it leads.
func (l *look) through(link view.Link) {
	if link.Wrapped == "" {
		return
	}
	args := map[string]string{"host": domain.Defang(link.Outer), "onward": domain.Defang(link.Host)}
	if link.Opaque {
		l.find("link.opaque", link, map[string]string{"host": domain.Defang(link.Outer), "service": link.Wrapped})
		return
	}
	kind := wrapped.KindOf(link.Wrapped)
	if kind != wrapped.Redirector && kind != wrapped.Cache || domain.Same(link.Outer, l.v.Host) || domain.Same(link.Outer, link.Host) {
		return
	}
	l.find("link.redirect", link, args)
	if wrapped.Layers(link.URL) > 2 {
		l.find("link.layered", link, args)
	}
}

// carriedBy gives path, query and fragment of the destination.
func carriedBy(link view.Link) string {
	rest := link.Path
	if link.Query != "" {
		rest += "?" + link.Query
	}
	if _, fragment, found := strings.Cut(link.URL, "#"); found && link.Wrapped == "" {
		rest += "#" + fragment
	}
	return rest[:min(len(rest), mostCarried)]
}

// destination finds the host of an address of the web that stands in the text,
// plainly or percent-coded, or hidden in base64 or hexadecimal digits.
func destination(rest string) (host string, coded bool) {
	for range mostRounds {
		if host := plainly(rest); host != "" {
			return host, false
		}
		next := percent(rest)
		if next == rest {
			break
		}
		rest = next
	}
	for _, word := range words(rest) {
		if host := plainly(hidden(word)); host != "" {
			return host, true
		}
	}
	return "", false
}

// plainly gives the host of the first address that stands in the text.
func plainly(text string) string {
	lower := strings.ToLower(text)
	for _, mark := range []string{"https://", "http://"} {
		_, host, found := strings.Cut(lower, mark)
		if !found {
			continue
		}
		if end := strings.IndexAny(host, "/?#&\"'<> \\;,"); end >= 0 {
			host = host[:end]
		}
		host = host[strings.LastIndexByte(host, '@')+1:]
		host, _, _ = strings.Cut(host, ":")
		if host = domain.Clean(host); strings.Contains(host, ".") {
			return host
		}
	}
	return ""
}

func percent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}

// words gives the runs of letters that base64 and hexadecimal digits are made of.
func words(rest string) []string {
	return strings.FieldsFunc(rest, func(r rune) bool {
		return r != '+' && r != '-' && r != '_' && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z')
	})
}

// hidden undoes base64 or hexadecimal digits when "http" is what they hide.
func hidden(word string) string {
	switch {
	case strings.Contains(word, "aHR0c"):
		word = strings.NewReplacer("-", "+", "_", "/").Replace(word[strings.Index(word, "aHR0c"):])
		out, err := base64.RawStdEncoding.DecodeString(word[:len(word)-len(word)%4])
		if err == nil {
			return string(out)
		}
	case strings.HasPrefix(word, "68747470"):
		out, err := hex.DecodeString(word[:len(word)-len(word)%2])
		if err == nil {
			return string(out)
		}
	}
	return ""
}

// carriesRecipient reports whether an address of the message's recipients stands
// in the text: plainly, percent-coded, in base64 or in hexadecimal digits.
func (l *look) carriesRecipient(rest string) bool {
	if l.forms == nil {
		l.forms = [][]string{}
		for _, to := range l.v.Message.To {
			if len(to.Addr) >= 6 && len(l.forms) < mostRecipients {
				l.forms = append(l.forms, written(to.Addr))
			}
		}
	}
	for _, forms := range l.forms {
		for _, form := range forms {
			if strings.Contains(rest, form) {
				return true
			}
		}
	}
	return false
}

const mostRecipients = 10

// written gives the ways in which links carry an address.
func written(addr string) []string {
	out := []string{addr, url.QueryEscape(addr), hex.EncodeToString([]byte(addr))}
	for _, a := range []string{addr, url.QueryEscape(addr)} {
		coded := strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(a)), "=")
		out = append(out, coded[:len(coded)-1], strings.NewReplacer("+", "-", "/", "_").Replace(coded[:len(coded)-1]))
	}
	return out
}
