package authcheck

import (
	"errors"
	"strings"
)

// tags is a tag=value list (RFC 6376 3.2), the syntax that DKIM, ARC, DMARC
// and the keys in DNS share.
type tags map[string]string

var (
	errTag       = errors.New("a tag without a value")
	errTwice     = errors.New("a tag that stands twice")
	errTooMany   = errors.New("too many tags")
	errEmptyList = errors.New("no tags")
)

const maxTags = 100

// parseTags reads a list. Folding white space around names and values goes.
func parseTags(s string) (tags, error) {
	t := tags{}
	for part := range strings.SplitSeq(s, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" {
			return nil, errTag
		}
		if _, twice := t[name]; twice {
			return nil, errTwice
		}
		if len(t) == maxTags {
			return nil, errTooMany
		}
		t[name] = strings.TrimSpace(value)
	}
	if len(t) == 0 {
		return nil, errEmptyList
	}
	return t, nil
}

// compact gives a value without any white space.
func (t tags) compact(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n':
			return -1
		}
		return r
	}, t[name])
}

// list gives a colon-separated value, or nil when the tag is not there.
func (t tags) list(name string) []string {
	v := t.compact(name)
	if v == "" {
		return nil
	}
	return strings.Split(v, ":")
}

// withoutSignature gives a signature field with the value of its b= tag taken
// out and nothing else changed (RFC 6376 3.7).
func withoutSignature(f field) field {
	head, value, ok := strings.Cut(f.raw, ":")
	if !ok {
		return f
	}
	parts := strings.Split(value, ";")
	for i, part := range parts {
		name, _, ok := strings.Cut(part, "=")
		if !ok || strings.TrimSpace(name) != "b" {
			continue
		}
		end := ""
		if i == len(parts)-1 && strings.HasSuffix(part, "\r\n") {
			end = "\r\n"
		}
		parts[i] = name + "=" + end
	}
	return field{name: f.name, raw: head + ":" + strings.Join(parts, ";")}
}
