package authcheck

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
)

// A canonical form (RFC 6376 3.4) is what both sides hash, so that harmless
// changes on the way don't break a signature.
type canonical string

const (
	simple  canonical = "simple"  // nothing may change
	relaxed canonical = "relaxed" // white space and case of names may change
)

// header gives the canonical form of a field, with its CRLF.
func (c canonical) header(f field) string {
	if c == simple {
		return f.raw
	}
	name, value, _ := strings.Cut(f.raw, ":")
	return strings.ToLower(strings.TrimRight(name, " \t")) + ":" + squeeze(strings.ReplaceAll(value, "\r\n", "")) + "\r\n"
}

// squeeze makes runs of spaces and tabs one space and trims both ends.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := range len(s) {
		switch s[i] {
		case ' ', '\t', '\r', '\n':
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteByte(s[i])
	}
	return b.String()
}

// text gives the canonical form of a body.
func (c canonical) text(body []byte) []byte {
	if c == relaxed {
		body = relax(body)
	}
	end := len(body)
	for end >= 2 && body[end-2] == '\r' && body[end-1] == '\n' {
		end -= 2
	}
	body = body[:end]
	if len(body) == 0 && c == relaxed {
		return nil // an empty body stays empty; the simple form makes it one line
	}
	return append(slices.Clip(body), '\r', '\n')
}

// relax squeezes the spaces inside lines and drops those at their ends.
func relax(body []byte) []byte {
	out := make([]byte, 0, len(body)+2)
	for line := range bytes.SplitAfterSeq(body, []byte("\r\n")) {
		text, ended := bytes.CutSuffix(line, []byte("\r\n"))
		gap := false
		for _, ch := range text {
			if ch == ' ' || ch == '\t' {
				gap = true
				continue
			}
			if gap {
				out = append(out, ' ')
			}
			gap = false
			out = append(out, ch)
		}
		if ended {
			out = append(out, '\r', '\n')
		}
	}
	return out
}

// bodyHash hashes the first length bytes of the canonical body (-1: all), and
// says whether that was all of it.
func (m *message) bodyHash(form canonical, length int) (sum []byte, whole bool) {
	if length < 0 {
		if m.hashes[form] == nil {
			s := sha256.Sum256(form.text(m.body))
			m.hashes[form] = s[:]
		}
		return m.hashes[form], true
	}
	text := form.text(m.body)
	n := min(length, len(text))
	s := sha256.Sum256(text[:n])
	return s[:], n == len(text)
}

// picker hands out fields by name from the bottom up, each once
// (RFC 6376 5.4.2).
type picker struct {
	m    *message
	left map[string][]int // positions of each name not handed out yet
}

func (m *message) picker() *picker {
	p := &picker{m: m, left: map[string][]int{}}
	for i, f := range m.fields {
		p.left[f.name] = append(p.left[f.name], i)
	}
	return p
}

func (p *picker) next(name string) (field, bool) {
	name = strings.ToLower(name)
	at := p.left[name]
	if len(at) == 0 {
		return field{}, false
	}
	p.left[name] = at[:len(at)-1]
	return p.m.fields[at[len(at)-1]], true
}
