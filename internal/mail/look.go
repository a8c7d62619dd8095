package mail

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// look is how text appears at one place, as far as it decides whether it can
// be seen. What CSS inherits, a child can set again; what it does not (such as
// display: none), a child cannot undo.
type look struct {
	skip        bool  // not text at all: script, style, head
	gone        bool  // not displayed; holds for everything inside
	tiny        bool  // font too small to see; a child may set another size
	invisible   bool  // visibility: hidden; a child may set visible
	ink, ground int32 // colours as 0xRRGGBB
}

// unknownColour is a colour that the mail does not say or that we cannot know.
const unknownColour = -1

// unseen reports whether text of this look is there without being seen.
func (l *look) unseen() bool {
	return l.skip || l.gone || l.tiny || l.invisible || sameColour(l.ink, l.ground)
}

// sameColour reports whether two colours cannot be told apart. Only colours
// that the mail itself names are compared.
func sameColour(a, b int32) bool {
	if a == unknownColour || b == unknownColour {
		return false
	}
	far := int32(0)
	for shift := 0; shift <= 16; shift += 8 {
		d := a>>shift&255 - b>>shift&255
		far = max(far, d, -d)
	}
	return far <= 8
}

// sheet holds the rules of the style elements that hide: from a selector of one
// class or one id to its declarations.
type sheet struct{ rules map[string]string }

// maxRules is how many rules of a style sheet are kept.
const maxRules = 500

// read takes the simple rules of a style sheet. Rules inside @media and the
// like hold only for some screens and are left out.
func (s *sheet) read(css string) {
	for css != "" && len(s.rules) < maxRules {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			return
		}
		selector := css[:open]
		body := css[open+1:]
		length := blockLength(body)
		css = body[min(length+1, len(body)):]
		if at := strings.LastIndexAny(selector, ";>"); at >= 0 && strings.Contains(selector, "@") {
			selector = selector[at+1:] // behind an @import
		}
		if !strings.Contains(selector, "@") {
			s.add(selector, body[:length])
		}
	}
}

// blockLength finds the brace that closes a block.
func blockLength(s string) int {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

func (s *sheet) add(selectors, declarations string) {
	if hides(declarations) {
		for selector := range strings.SplitSeq(selectors, ",") {
			selector = strings.TrimSpace(selector)
			if selector != "" && strings.IndexByte(".#", selector[0]) >= 0 && !strings.ContainsAny(selector[1:], ".#:>+~[ ") {
				if s.rules == nil {
					s.rules = map[string]string{}
				}
				s.rules[selector] = declarations
			}
		}
	}
}

// hides is the quick look at a style: whether it says anything of interest.
func hides(style string) bool {
	for _, word := range []string{"display", "visibility", "opacity", "font-size", "color", "background", "height", "indent", "left", "top", "clip", "font:"} {
		if containsFold(style, word) {
			return true
		}
	}
	return false
}

// containsFold is strings.Contains without regard to ASCII case; word is lower case.
func containsFold(s, word string) bool {
	for i := 0; i+len(word) <= len(s); i++ {
		if s[i]|0x20 == word[0] && strings.EqualFold(s[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// apply gives the look inside a tag.
func (s *sheet) apply(outer look, tag atom.Atom, kind tagKind, a *attributes) look {
	l := outer
	l.skip = l.skip || kind&skipped != 0
	l.gone = l.gone || a.hidden
	if a.bgcolor != "" {
		l.ground = colour(a.bgcolor)
	}
	if a.color != "" && tag == atom.Font {
		l.ink = colour(a.color)
	}
	if a.background != "" {
		l.ground = unknownColour
	}
	if tag == atom.A || tag == atom.Button {
		l.ink = unknownColour // links have a colour of their own
	}
	for selector := range s.selectors(a) {
		l.style(s.rules[selector])
	}
	l.style(a.style)
	return l
}

// selectors gives the class and id selectors that fit a tag.
func (s *sheet) selectors(a *attributes) func(func(string) bool) {
	return func(yield func(string) bool) {
		if len(s.rules) == 0 {
			return
		}
		for class := range strings.FieldsSeq(a.class) {
			if !yield("." + class) {
				return
			}
		}
		yield("#" + a.id)
	}
}

// box is what several declarations say together.
type box struct {
	flat, clipped, away, off bool
}

// style applies the declarations of one style.
func (l *look) style(declarations string) {
	if declarations == "" {
		return
	}
	var b box
	for declaration := range strings.SplitSeq(declarations, ";") {
		name, value, ok := strings.Cut(declaration, ":")
		if !ok {
			continue
		}
		if name = strings.ToLower(strings.TrimSpace(name)); !matters(name) {
			continue
		}
		value = strings.ToLower(strings.TrimSpace(value))
		value = strings.TrimSpace(strings.TrimSuffix(value, "!important"))
		l.declare(name, value, &b)
	}
	l.gone = l.gone || b.flat && b.clipped || b.away && b.off
}

// matters reports whether declare knows a property; most it does not.
func matters(name string) bool {
	switch name {
	case "display", "visibility", "opacity", "font-size", "color", "background-color", "background", "background-image",
		"max-height", "height", "width", "max-width", "overflow", "text-indent", "position", "left", "top", "right", "clip":
		return true
	}
	return false
}

func (l *look) declare(name, value string, b *box) {
	switch name {
	case "display":
		l.gone = l.gone || value == "none"
	case "visibility":
		l.invisible = value == "hidden" || value == "collapse"
	case "opacity":
		l.gone = l.gone || number(value, 1) < 0.05
	case "font-size":
		l.fontSize(value)
	case "color":
		l.ink = colour(value)
	case "background-color", "background", "background-image":
		l.background(value)
	case "max-height", "height", "width", "max-width":
		b.flat = b.flat || number(value, 100) <= 1 && !strings.Contains(value, "%") || value == "0%"
	case "overflow":
		b.clipped = value == "hidden"
	case "text-indent":
		l.gone = l.gone || number(value, 0) <= -900
	case "position":
		b.off = value == "absolute" || value == "fixed"
	case "left", "top", "right":
		b.away = b.away || number(value, 0) <= -900
	case "clip":
		b.away = b.away || strings.HasPrefix(strings.ReplaceAll(value, " ", ""), "rect(0")
	}
}

// fontSize: two pixels or less cannot be read. A relative size of nothing is
// nothing.
func (l *look) fontSize(value string) {
	n := number(value, math.NaN())
	switch {
	case math.IsNaN(n):
		l.tiny = l.tiny && (value == "inherit" || value == "smaller" || value == "larger" || value == "")
	case strings.HasSuffix(value, "rem"):
		l.tiny = n < 0.13
	case strings.HasSuffix(value, "%"):
		l.tiny = l.tiny || n <= 12
	case strings.HasSuffix(value, "em"):
		l.tiny = l.tiny || n < 0.13
	default:
		l.tiny = n <= 2
	}
}

func (l *look) background(value string) {
	switch {
	case strings.Contains(value, "url(") || strings.Contains(value, "gradient"):
		l.ground = unknownColour
	case value == "transparent" || value == "none" || value == "inherit":
	default:
		l.ground = colour(value)
	}
}

// number reads the number that a value begins with, or gives other.
func number(value string, other float64) float64 {
	end := 0
	for end < len(value) && end < 20 && strings.IndexByte("+-.0123456789", value[end]) >= 0 {
		end++
	}
	if n, err := strconv.ParseFloat(value[:end], 64); err == nil {
		return n
	}
	return other
}
