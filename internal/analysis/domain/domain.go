// Package domain answers questions about host names: who is responsible for
// one, does it imitate another, is it a place where anyone can settle.
//
// A registrable ("organisational") domain is one label below a public suffix
// (publicsuffix.org): shop.example.co.uk belongs to example.co.uk. An imitation
// looks like a known name to a person in a hurry: letters of another script,
// digits for letters, one letter more or less, or the real name with a word
// glued to it.
package domain

import (
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Of gives the domain of an address in lower case, "" when there is none.
func Of(addr string) string {
	at := strings.LastIndexByte(addr, '@')
	if at < 0 {
		return ""
	}
	return Clean(addr[at+1:])
}

// Clean lowers a host name and takes the trailing dot away.
func Clean(host string) string { return strings.ToLower(strings.Trim(host, ". \t<>")) }

// Org gives the registrable domain of a host; a host that has none is its own.
func Org(host string) string {
	host = Clean(host)
	if org, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return org
	}
	return host
}

// Same reports whether two hosts have the same registrable domain.
func Same(a, b string) bool {
	if a == "" || b == "" || a == b {
		return a != "" && a == b
	}
	a, b = Clean(a), Clean(b)
	return ending(a) == ending(b) && Org(a) == Org(b)
}

// ending gives the last two labels of a host. A registrable domain has at least
// as many, so hosts that end otherwise need no look at the list of suffixes.
func ending(host string) string {
	dot := strings.LastIndexByte(host, '.')
	if dot < 0 {
		return host
	}
	return host[strings.LastIndexByte(host[:dot], '.')+1:]
}

// IP reports whether the host is written as an address, in any of the forms
// browsers take (dotted, one number, hexadecimal, IPv6 in brackets).
func IP(host string) bool {
	host = strings.Trim(host, "[]")
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return host != "" && numeric(host)
}

func numeric(host string) bool {
	for part := range strings.SplitSeq(host, ".") {
		digits := "0123456789"
		if strings.HasPrefix(part, "0x") {
			part, digits = part[2:], "0123456789abcdef"
		}
		if part == "" || strings.Trim(part, digits) != "" {
			return false
		}
	}
	return true
}

// longest is longer than any host is, in bytes. Decoding a longer one would take
// the square of its length.
const longest = 1024

// Unicode gives the host as a person sees it (punycode decoded).
func Unicode(host string) string {
	if len(host) > longest || !strings.Contains(host, "xn--") {
		return host
	}
	shown, err := idna.Punycode.ToUnicode(host)
	if err != nil {
		return host
	}
	return shown
}

// Label gives the part of the registrable domain that was chosen by its owner:
// "example" of shop.example.co.uk.
func Label(host string) string {
	label, _, _ := strings.Cut(Org(host), ".")
	return label
}

// In reports whether host is one of the domains or below one of them.
func In(host string, domains []string) bool {
	for _, d := range domains {
		if d = Clean(d); d != "" && (host == d || strings.HasSuffix(host, "."+d)) {
			return true
		}
	}
	return false
}

// Defang makes a host or an address impossible to click: example[.]com.
func Defang(s string) string {
	s = strings.ReplaceAll(s, "://", "[:]//")
	if !strings.ContainsAny(s, ".@") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "[.]"): // it is already
			b.WriteString("[.]")
			i += 2
		case s[i] == '.':
			b.WriteString("[.]")
		case s[i] == '@':
			b.WriteString("[@]")
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// Real reports whether the text is a host name under a public suffix that
// exists (a file name such as "plan.final" is not).
func Real(text string) bool {
	if !strings.Contains(text, ".") || strings.ContainsAny(text, " /@") {
		return false
	}
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
	}
	suffix, managed := publicsuffix.PublicSuffix(text)
	return (managed || strings.Contains(suffix, ".") || len(suffix) == 2) && suffix != text
}
