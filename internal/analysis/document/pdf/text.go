package pdf

import (
	"strings"
	"unicode/utf16"
)

// plainText reads a text string: UTF-16 or UTF-8 with a byte order mark, else
// one byte a character (7.9.2).
func plainText(s string) string {
	switch {
	case strings.HasPrefix(s, "\xfe\xff"):
		return wide(s[2:])
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return strings.ToValidUTF8(s[3:], "�")
	}
	return latin(s)
}

// wide reads UTF-16, the high byte first.
func wide(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for ; len(s) >= 2; s = s[2:] {
		units = append(units, uint16(s[0])<<8|uint16(s[1]))
	}
	return string(utf16.Decode(units))
}

// latin reads one byte as one character.
func latin(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < 0x80
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(windows(s[i]))
	}
	return b.String()
}

// addresses finds web addresses in text; readers make them clickable.
func addresses(s string) []string {
	var out []string
	for len(out) < 50 {
		i := strings.Index(s, "http")
		if i < 0 {
			return out
		}
		s = s[i:]
		if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
			s = s[4:]
			continue
		}
		end := strings.IndexFunc(s, func(c rune) bool { return c <= ' ' || strings.ContainsRune(`"'<>()[]{}\`, c) })
		if end < 0 {
			end = len(s)
		}
		if found := strings.TrimRight(s[:end], ".,;:!?"); len(found) > len("https://") {
			out = append(out, found)
		}
		s = s[end:]
	}
	return out
}
