package feed

import (
	"net/netip"
	"net/url"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// longest is the longest address that is compared, in bytes.
const longest = 16 << 10

// longestHost is longer than any name of 253 letters is in UTF-8, in bytes.
const longestHost = 4 * 253

// HostName writes a host as it is compared: lower case, in ASCII (RFC 5891),
// without the last dot; an IP address in its shortest form. It is "" for what is
// no host on the internet: no dot, or nothing but a public suffix (co.uk), which
// would name half of the world.
func HostName(host string) string {
	host = strings.ToLower(strings.Trim(host, ". \t[]"))
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().WithZone("").String()
	}
	if len(host) > longestHost { // writing it in ASCII takes the square of its length
		return ""
	}
	if !ascii(host) {
		plain, err := idna.Punycode.ToASCII(host)
		if err != nil {
			return ""
		}
		host = strings.ToLower(plain)
	}
	if !named(host) {
		return ""
	}
	if suffix, _ := publicsuffix.PublicSuffix(host); suffix == host {
		return ""
	}
	return host
}

// named reports whether host can be a name (RFC 1123), with a dot in it.
func named(host string) bool {
	if len(host) > 253 || !strings.Contains(host, ".") {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || strings.ContainsFunc(label, odd) {
			return false
		}
	}
	return true
}

func odd(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// place is an address taken apart for comparing.
type place struct {
	host  string // as HostName writes it
	port  string // "" for the usual ones
	path  string // begins with a slash
	query string
	hash  bool // a fragment follows
}

// locate takes an address apart. Browsers are followed where readers differ.
func locate(raw string) (place, bool) {
	if len(raw) > longest {
		return place{}, false
	}
	var p place
	if u, err := url.Parse(raw); err == nil && ordinary(raw) {
		p = place{host: u.Hostname(), port: u.Port(), path: u.EscapedPath(), query: u.RawQuery, hash: u.Fragment != ""}
	} else {
		b, err := whatwg.Parse(raw)
		if err != nil || b == nil {
			return place{}, false
		}
		p = place{host: b.Hostname(), port: b.Port(), path: b.Pathname(), query: strings.TrimPrefix(b.Search(), "?"), hash: b.Hash() != ""}
	}
	p.host = HostName(p.host)
	if p.port == "80" || p.port == "443" {
		p.port = ""
	}
	p.path, p.query = "/"+strings.TrimPrefix(unescape(p.path), "/"), unescape(p.query)
	return p, p.host != ""
}

// ordinary reports whether every reader takes the address apart alike.
func ordinary(raw string) bool {
	_, rest, _ := strings.Cut(raw, "://")
	if rest == "" || strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`\"<>^`+"`{|}'", r) }) || strings.Contains(rest, "/.") {
		return false
	}
	host, _, _ := strings.Cut(rest, "/")
	return !strings.ContainsAny(host, "@%?#") && (raw[0]|0x20) == 'h'
}

// unescape undoes percent signs that need not be there (RFC 3986 2.3, 6.2.2.2),
// so that two ways of writing one path are one.
func unescape(path string) string {
	if !strings.Contains(path, "%") {
		return path
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] != '%' || i+2 >= len(path) || !isHex(path[i+1]) || !isHex(path[i+2]) {
			b.WriteByte(path[i])
			continue
		}
		if c := hexValue(path[i+1])<<4 | hexValue(path[i+2]); unreserved(c) {
			b.WriteByte(c)
		} else {
			b.WriteString(strings.ToUpper(path[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

func unreserved(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || strings.IndexByte("-._~", c) >= 0
}

// key is the address without its query.
func (p place) key() string {
	if p.port != "" {
		return p.host + ":" + p.port + p.path
	}
	return p.host + p.path
}

// full is the address with its query.
func (p place) full() string {
	if p.query == "" {
		return p.key()
	}
	return p.key() + "?" + p.query
}

// address makes the entries of a listed address: itself, and the host at which
// it was seen. An address without path and query names its whole host; with a
// fragment alone it names nothing that can be compared.
func address(raw string) []Entry {
	p, ok := locate(raw)
	switch {
	case !ok:
		return nil
	case p.path != "/" || p.query != "":
		return []Entry{{Kind: URL, Value: p.full()}, {Kind: Seen, Value: p.host}}
	case p.hash:
		return nil
	}
	return []Entry{{Kind: Host, Value: p.host}}
}
