package wrapped

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// parts is an address taken apart.
type parts struct {
	u   *url.URL
	all string // as written
}

// get gives a value of the query, whatever the case of its name, decoded once.
func (p parts) get(name string) string {
	for pair := range strings.SplitSeq(p.u.RawQuery, "&") {
		key, value, _ := strings.Cut(strings.TrimPrefix(pair, "amp;"), "=")
		if strings.EqualFold(key, name) {
			return unescape(value)
		}
	}
	return ""
}

// raw gives a value of the query as it is written.
func (p parts) raw(name string) string {
	for pair := range strings.SplitSeq(p.u.RawQuery, "&") {
		if key, value, _ := strings.Cut(pair, "="); key == name {
			return value
		}
	}
	return ""
}

// unescape undoes percent coding and leaves alone what is none.
func unescape(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return escapes.Replace(s)
}

//nolint:gochecknoglobals // constant tables
var (
	escapes  = strings.NewReplacer("%3A", ":", "%3a", ":", "%2F", "/", "%2f", "/", "%3F", "?", "%3f", "?", "%3D", "=", "%3d", "=", "%26", "&")
	standard = strings.NewReplacer("-", "+", "_", "/") // base64 as it is written outside addresses
)

// address gives s when it is an address of the web, "" otherwise. What was
// coded twice is decoded again.
func address(s string) string {
	s = strings.TrimSpace(s)
	if strings.Contains(s[:min(len(s), 12)], "%") {
		s = unescape(s)
	}
	switch lower := strings.ToLower(s[:min(len(s), 8)]); {
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
		return s
	case strings.HasPrefix(lower, "http:/"), strings.HasPrefix(lower, "https:/"): // one slash was folded away
		return strings.Replace(s, ":/", "://", 1)
	}
	return ""
}

// query opens what carries the address in a value of its query.
func query(names ...string) func(parts) string {
	return func(p parts) string {
		for _, name := range names {
			if inner := address(p.get(name)); inner != "" {
				return inner
			}
		}
		return ""
	}
}

// fragment opens what carries the address after the #.
func fragment(p parts) string { return address(p.u.Fragment) }

// inPath opens what carries the address in its path, plainly or coded.
func inPath(p parts) string {
	_, path, found := strings.Cut(strings.TrimPrefix(p.all, "https://"), "/")
	if !found {
		return ""
	}
	for _, mark := range []string{"https%3a", "http%3a", "https:/", "http:/"} {
		if at := strings.Index(strings.ToLower(path), mark); at >= 0 {
			return address(path[at:])
		}
	}
	return ""
}

// afterSegment opens what carries the address, coded and perhaps without its
// scheme, in the segment of the path after one of those named.
func afterSegment(names ...string) func(parts) string {
	return func(p parts) string {
		segments := strings.Split(p.u.EscapedPath(), "/")
		for i, s := range segments[:len(segments)-1] {
			if slices.Contains(names, s) {
				return withScheme(unescape(segments[i+1]))
			}
		}
		return ""
	}
}

func withScheme(s string) string {
	if inner := address(s); inner != "" {
		return inner
	}
	if host, _, _ := strings.Cut(s, "/"); strings.Contains(host, ".") && !strings.ContainsAny(host, " @:") {
		return "https://" + s
	}
	return ""
}

// decode64 undoes any of the four ways of writing base64, "" when it is none.
func decode64(s string) string {
	s = strings.TrimRight(standard.Replace(s), "=")
	out, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return ""
	}
	return string(out)
}

// lastCoded opens what carries the address, or a note that holds it, in base64
// as the last segment of its path.
func lastCoded(p parts) string {
	segments := strings.Split(strings.TrimRight(p.u.Path, "/"), "/")
	return noted(decode64(segments[len(segments)-1]))
}

// noted finds the address in a decoded note: the whole of it, or a value of
// JSON.
func noted(note string) string {
	if inner := address(note); inner != "" {
		return inner
	}
	note = strings.NewReplacer(`\\\/`, "/", `\/`, "/", `\"`, `"`, `\u0026`, "&").Replace(note)
	for _, key := range []string{`"url":"`, `"href":"`} {
		if _, rest, found := strings.Cut(note, key); found {
			value, _, _ := strings.Cut(rest, `"`)
			return address(value)
		}
	}
	return ""
}
