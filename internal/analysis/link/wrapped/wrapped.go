// Package wrapped takes addresses out of the addresses that others put around
// them.
//
// Three kinds of services rewrite links. A recipient's mail filter replaces
// each link by one of its own, so that it can look again at the moment of the
// click (link protection). A sender's mail service does so to count clicks. And
// large sites forward to any address they are given (redirectors), which
// tricksters use to borrow a good name. In all three the true destination often
// stands inside, plainly or in a coding that anybody can undo; only what it
// leads to can be judged. Nothing is ever fetched.
package wrapped

import (
	"net/url"
	"strings"
)

// Kind says why a service rewrites links.
type Kind int

// The kinds of services.
const (
	Guard      Kind = iota // a mail filter, on the recipient's side
	Counter                // counts clicks, on the sender's side
	Redirector             // a site that forwards to any address
	Cache                  // shows the page of another under its own name
)

// The most that is undone.
const (
	mostLayers = 5       // wrappings in one another
	mostBytes  = 8 << 10 // of an address
)

// Unwrap gives the address inside, all layers undone, and the name of the
// outermost service. When the service is known but keeps the address to itself,
// by is set and ok is false; of some the host alone can be told, and inner is
// then that host's first page.
func Unwrap(address string) (inner, by string, ok bool) {
	inner, by, layers := peel(address)
	return inner, by, layers > 0
}

// Layers counts the wrappings around an address, as far as they can be undone.
func Layers(address string) int {
	_, _, n := peel(address)
	return n
}

func peel(address string) (inner, by string, layers int) {
	for range mostLayers {
		next, name := once(address)
		if by == "" {
			by = name
		}
		if next == "" {
			break
		}
		inner, address = next, next
		layers++
	}
	return inner, by, layers
}

// KindOf gives the kind of a service that Unwrap named.
func KindOf(by string) Kind { return named()[by].kind }

// once undoes one layer; name is "" when nobody we know made it.
func once(address string) (inner, name string) {
	if len(address) > mostBytes {
		return "", ""
	}
	s := find(hostOf(address), address)
	if s == nil {
		return "", ""
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		u = lenient(address)
	}
	inner = s.open(parts{u: u, all: address})
	if inner == "" && s.kind != Guard {
		return "", "" // an ordinary page of that site
	}
	return inner, s.name
}

// lenient takes an address apart that breaks the rules, as far as openers need.
func lenient(address string) *url.URL {
	rest, fragment, _ := strings.Cut(address, "#")
	rest, query, _ := strings.Cut(rest, "?")
	_, rest, _ = strings.Cut(rest, "//")
	host, path, _ := strings.Cut(rest, "/")
	return &url.URL{Host: host, Path: "/" + path, RawQuery: query, Fragment: fragment}
}

// hostOf gives the host of an address in lower case, "" when it has none.
func hostOf(address string) string {
	at := strings.Index(address, "//")
	if at < 0 || at > 8 {
		return ""
	}
	host := address[at+2:]
	if end := strings.IndexAny(host, "/?#\\"); end >= 0 {
		host = host[:end]
	}
	host = host[strings.LastIndexByte(host, '@')+1:]
	host, _, _ = strings.Cut(host, ":")
	return strings.ToLower(strings.TrimRight(host, "."))
}

// find gives the service of a host, nil when we know none. A service that runs
// in the houses of its customers is known by its path.
func find(host, address string) *service {
	if host == "" {
		return nil
	}
	for rest := host; rest != ""; {
		for _, s := range hosts()[rest] {
			if s.path == "" || strings.Contains(address, s.path) {
				return s
			}
		}
		_, rest, _ = strings.Cut(rest, ".")
	}
	for _, s := range byPath() {
		if strings.Contains(address, s.path) {
			return s
		}
	}
	if country, ok := strings.CutPrefix(strings.TrimPrefix(host, "www."), "google."); ok && len(country) <= 6 {
		return google(address)
	}
	return nil
}
