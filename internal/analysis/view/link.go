package view

import (
	"net/url"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/link/wrapped"
	"github.com/bienvu/bienvu/internal/mail"
)

// Link is one link, taken apart.
type Link struct {
	mail.Link
	Index  int    // in mail.Message.Links; -1 for what was found inside pictures and files: see Part
	Scheme string // lower case: "https", "data", …; "" when there is none
	Host   string // where a browser would go, lower case, without port; "" when it goes to no host
	Org    string // registrable domain of Host
	Port   string
	Path   string
	Query  string
	User   string // what stands before the @ of the host part
	Shown  string // the host that the visible text names, "" when it names none
	Split  bool   // two readers of addresses disagree about where it leads

	// What a mail filter, a counter of clicks or a redirector wrapped is taken
	// out: the fields above tell of the destination inside.
	Wrapped string // the service that wrapped it, "" when none we know did
	Outer   string // the host as written, when Wrapped is set
	Opaque  bool   // the service keeps the destination to itself
}

// Label gives the part of the registrable domain that its owner chose.
func (l Link) Label() string {
	if l.Org == "" {
		return domain.Label(l.Host)
	}
	label, _, _ := strings.Cut(l.Org, ".")
	return label
}

// Clickable reports whether a person follows it by hand.
func (l Link) Clickable() bool {
	if l.Host == "" {
		return false
	}
	switch l.Source {
	case mail.LinkAnchor, mail.LinkText, mail.LinkForm, mail.LinkCalendar, mail.LinkPicture, mail.LinkFile:
		return true
	case mail.LinkImage, mail.LinkOther, mail.LinkHeader:
	}
	return false
}

// AddLink adds a link that an analyzer found inside part number part: in a
// picture (mail.LinkPicture) or in a file (mail.LinkFile). The analyzers that
// run later look at it as at any other.
func (v *View) AddLink(source mail.LinkSource, part int, address, text string) {
	v.Links = append(v.Links, v.orgs.parseLink(-1, mail.Link{URL: address, Text: text, Source: source, Part: part}))
}

// parseLink takes one link apart. Browsers read addresses by the WHATWG rules,
// most programs by RFC 3986; where they disagree the browser is followed and
// the disagreement is kept.
func (o *orgs) parseLink(i int, l mail.Link) Link {
	out := Link{Link: l, Index: i, Shown: shownHost(l.Text)}
	out.Scheme = scheme(l.URL)
	switch out.Scheme {
	case "http", "https", "ftp", "":
	default:
		return out
	}
	if out.Scheme == "" && !strings.HasPrefix(l.URL, "//") && !strings.HasPrefix(l.URL, "www.") {
		return out
	}
	out.fill(l.URL)
	if l.Source != mail.LinkHeader {
		out.unwrap()
	}
	if out.Host != "" && !domain.IP(out.Host) {
		out.Org = o.of(out.Host)
	}
	return out
}

// unwrap puts the destination inside in the place of the service around it.
func (l *Link) unwrap() {
	inner, by, ok := wrapped.Unwrap(l.URL)
	if by == "" {
		return
	}
	l.Wrapped, l.Outer, l.Opaque = by, l.Host, !ok
	if !ok {
		return
	}
	l.Scheme = scheme(inner)
	l.Host, l.Org, l.Port, l.Path, l.Query = "", "", "", "", ""
	l.fill(inner)
}

func (l *Link) fill(address string) {
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	} else if l.Scheme == "" {
		address = "http://" + address
	}
	if impossible(address) {
		return
	}
	u, err := url.Parse(address)
	if err == nil && ordinary(address) {
		l.Host, l.Port, l.Path, l.Query = domain.Clean(u.Hostname()), u.Port(), u.Path, u.RawQuery
	} else {
		l.fillAsBrowser(address, u)
	}
}

func (l *Link) fillAsBrowser(address string, other *url.URL) {
	b, err := whatwg.Parse(address)
	if err != nil || b == nil {
		if other != nil {
			l.Host, l.Path = domain.Clean(other.Hostname()), other.Path
		}
		return
	}
	l.Host, l.Port, l.Path, l.Query, l.User = domain.Clean(b.Hostname()), b.Port(), b.Pathname(), strings.TrimPrefix(b.Search(), "?"), b.Username()
	l.Split = l.Split || other != nil && domain.Clean(other.Hostname()) != "" && !samePlace(domain.Clean(other.Hostname()), l.Host)
}

// samePlace compares hosts as two readers write them (one decodes, one encodes).
func samePlace(a, b string) bool { return domain.Unicode(a) == domain.Unicode(b) || !ascii(a) }

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// ordinary reports whether nothing in the address is read differently by
// different readers.
func ordinary(address string) bool {
	host := address[strings.Index(address, "//")+2:]
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	return ascii(host) && !strings.ContainsAny(host, "@%\\ \t\r\n") && !strings.Contains(address, "\\")
}

// scheme gives the scheme in lower case, ignoring the control characters and
// spaces that browsers ignore.
func scheme(address string) string {
	var b strings.Builder
	for _, r := range address {
		switch {
		case r == ':':
			return b.String()
		case r <= ' ':
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r + 'a' - 'A')
		case r >= 'a' && r <= 'z' || b.Len() > 0 && (r >= '0' && r <= '9' || r == '+' || r == '-' || r == '.'):
			b.WriteRune(r)
		default:
			return ""
		}
		if b.Len() > 30 {
			return ""
		}
	}
	return ""
}

// shownHost finds the host that a visible text names: the first word with a dot
// that ends in a real public suffix.
func shownHost(text string) string {
	if len(text) > 300 || !strings.Contains(text, ".") {
		return ""
	}
	text = strings.TrimSpace(text)
	if strings.ContainsAny(text, " \t\n") { // a sentence that mentions a host is no address
		return ""
	}
	if i := strings.Index(text, "://"); i >= 0 {
		text = text[i+3:]
	}
	if end := strings.IndexAny(text, "/?#:"); end >= 0 {
		text = text[:end]
	}
	text = domain.Clean(strings.Trim(text, "()[]<>,;\"'"))
	if strings.Contains(text, "@") || !domain.Real(text) {
		return ""
	}
	return text
}
