package forward

import "strings"

// StripTags takes the tags off a subject that gateways put before it, such
// as [External] or (EXTERNE).
func StripTags(subject string) string {
	for {
		s := strings.TrimSpace(subject)
		closing := map[bool]string{true: "]", false: ""}[strings.HasPrefix(s, "[")]
		if closing == "" {
			return s
		}
		tag, rest, ok := strings.Cut(s, closing)
		if !ok || len(tag) > 40 || strings.TrimSpace(rest) == "" {
			return s
		}
		subject = rest
	}
}

// IsForward reports whether a subject begins like that of a forwarded mail,
// in any language, gateway tags and reply prefixes before it passed over.
func IsForward(subject string) bool {
	for {
		subject = StripTags(subject)
		rest, kind := cutPrefix(subject)
		switch kind {
		case prefixForward:
			return true
		case prefixNone:
			return false
		case prefixReply:
		}
		subject = rest
	}
}

// StripPrefixes takes all forward and reply prefixes off a subject.
func StripPrefixes(subject string) string {
	for {
		rest, kind := cutPrefix(StripTags(subject))
		if kind == prefixNone {
			return strings.TrimSpace(subject)
		}
		subject = rest
	}
}

type prefixKind int

const (
	prefixNone prefixKind = iota
	prefixForward
	prefixReply
)

//nolint:gochecknoglobals // a constant table, indexed
var prefixIndex = indexPrefixes()

func indexPrefixes() map[string]prefixKind {
	out := map[string]prefixKind{}
	for _, p := range replies {
		out[fold(p)] = prefixReply
	}
	for _, p := range prefixes {
		out[fold(p)] = prefixForward
	}
	return out
}

func cutPrefix(subject string) (rest string, kind prefixKind) {
	i := strings.IndexAny(subject, ":：")
	if i <= 0 || i > 30 {
		return subject, prefixNone
	}
	kind = prefixIndex[fold(plainSpaces.Replace(subject[:i]))]
	return strings.TrimPrefix(strings.TrimPrefix(subject[i:], ":"), "："), kind
}
