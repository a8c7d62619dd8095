package wrapped

import (
	"encoding/base64"
	"strings"
)

// proofpoint opens the three codings of URL Defense.
func proofpoint(p parts) string {
	switch {
	case strings.Contains(p.u.Path, "/v1/"):
		return address(p.get("u"))
	case strings.Contains(p.u.Path, "/v2/"):
		return address(unescape(strings.NewReplacer("-", "%", "_", "/").Replace(p.raw("u"))))
	case strings.Contains(p.all, "/v3/__"):
		return proofpoint3(p.all)
	}
	return ""
}

// runs are the letters that tell in the third coding how many signs one star
// stands for, from two on.
const runs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// proofpoint3 opens /v3/__ADDRESS__;SIGNS!!REST: a star in the address stands
// for the next of the signs, which are coded in base64; two stars and a letter
// for several.
func proofpoint3(all string) string {
	_, rest, _ := strings.Cut(all, "/v3/__")
	end := strings.LastIndex(rest, "__;")
	if end < 0 {
		return ""
	}
	coded, _, _ := strings.Cut(rest[end+3:], "!")
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(coded, "="))
	if err != nil {
		raw = nil
	}
	signs := []rune(string(raw))
	take := func(n int) string {
		n = min(n, len(signs))
		out := string(signs[:n])
		signs = signs[n:]
		return out
	}
	return address(unstar(rest[:end], take))
}

func unstar(s string, take func(int) string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] != '*':
			b.WriteByte(s[i])
		case i+2 < len(s) && s[i+1] == '*' && strings.IndexByte(runs, s[i+2]) >= 0:
			b.WriteString(take(strings.IndexByte(runs, s[i+2]) + 2))
			i += 2
		default:
			b.WriteString(take(1))
		}
	}
	return b.String()
}

// mimecast and INKY keep the address to themselves and show its host.
func mimecast(p parts) string { return domainOnly(p) }

func domainOnly(p parts) string { return withScheme(p.get("domain")) }

// sophos opens u, the address in base64; d is its host.
func sophos(p parts) string {
	if inner := address(decode64(p.get("u"))); inner != "" {
		return inner
	}
	return withScheme(p.get("d"))
}

// checkPoint opens /v2/___ADDRESS___.REST, and o= of the older form.
func checkPoint(p parts) string {
	_, rest, found := strings.Cut(p.all, "/___")
	if !found {
		return address(p.get("o"))
	}
	if end := strings.LastIndex(rest, "___"); end >= 0 {
		rest = rest[:end]
	}
	return address(rest)
}

// mandrill opens p, a note in base64.
func mandrill(p parts) string { return noted(decode64(p.get("p"))) }

// googleOpen opens /url?q=, /amp/s/HOST/PATH and /imgres?imgurl=.
func googleOpen(p parts) string {
	path := p.u.Path
	switch {
	case path == "/url", path == "/aclk", path == "/travel/clk", strings.HasPrefix(path, "/url/"), path == "/local/url", path == "/searchviewer/url":
		return query("q", "url", "adurl", "pcurl")(p)
	case strings.HasPrefix(path, "/amp/s/"):
		return withScheme(path[len("/amp/s/"):])
	case strings.HasPrefix(path, "/amp/"):
		return withScheme(path[len("/amp/"):])
	case strings.HasPrefix(path, "/translate"):
		return query("u")(p)
	}
	return ""
}

// bing opens /ck/a?u=a1BASE64 and the older u= with the plain address.
func bing(p parts) string {
	if !strings.Contains(p.u.Path, "/ck/") {
		return query("url", "r")(p)
	}
	u := p.get("u")
	if coded, ok := strings.CutPrefix(u, "a1"); ok {
		return address(decode64(coded))
	}
	return address(u)
}

// yahoo opens …/RU=ADDRESS/RK=….
func yahoo(p parts) string {
	_, rest, _ := strings.Cut(p.all, "/RU=")
	value, _, _ := strings.Cut(rest, "/")
	return address(unescape(value))
}

// amp opens HOST.cdn.ampproject.org/c/s/HOST/PATH.
func amp(p parts) string {
	for _, mark := range []string{"/s/", "/c/", "/v/", "/i/"} {
		if _, rest, found := strings.Cut(p.u.Path, mark); found {
			return withScheme(strings.TrimPrefix(rest, "s/"))
		}
	}
	return ""
}

// translated opens HOST.translate.goog, in which dots are written as hyphens
// and hyphens as two.
func translated(p parts) string {
	host, found := strings.CutSuffix(p.u.Hostname(), ".translate.goog")
	if !found {
		return ""
	}
	host = strings.NewReplacer("--", "-", "-", ".").Replace(host)
	return withScheme(host + p.u.Path)
}
