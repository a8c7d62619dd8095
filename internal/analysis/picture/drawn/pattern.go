package drawn

import "strings"

// A character is seen as two parts side by side and four one above the other,
// one bit each: bit 0 is the upper left one, bit 1 the upper right one, bit 2
// the one below the first, and so on.
const (
	upperHalf = 0x0f
	lowerHalf = 0xf0
	leftHalf  = 0x55
	rightHalf = 0xaa
	upperLeft = upperHalf & leftHalf
	lowerLeft = lowerHalf & leftHalf
	upperRite = upperHalf & rightHalf
	lowerRite = lowerHalf & rightHalf

	unknown = -1 // of a character that nobody is known to draw with
)

// blocks are the block elements of Unicode (U+2580 to U+259F) that draw in
// halves and quarters.
//
//nolint:gochecknoglobals // a constant table
var blocks = map[rune]uint8{
	'▀': upperHalf, '▄': lowerHalf, '▌': leftHalf, '▐': rightHalf,
	'▘': upperLeft, '▝': upperRite, '▖': lowerLeft, '▗': lowerRite,
	'▚': upperLeft | lowerRite, '▞': upperRite | lowerLeft,
	'▙': leftHalf | lowerRite, '▛': leftHalf | upperRite,
	'▜': rightHalf | upperLeft, '▟': rightHalf | lowerLeft,
}

// darks and lights are characters that people draw whole modules with.
const (
	darks  = "█▓▉▇#@%&XxMW1■◼◾▪⬛●⬤⚫*"
	lights = " \u00a0\u2002\u2003\u2007\u3000\t.,·_-:0░□◻◽▫⬜○⚪'"
)

// pattern tells which parts of a character are dark, unknown when it is none
// that one draws with.
func pattern(r rune) int {
	switch mark, ok := blocks[r]; {
	case ok:
		return int(mark)
	case r >= 0x2800 && r <= 0x28FF:
		return int(braille(uint8(r - 0x2800)))
	case strings.ContainsRune(darks, r):
		return allOfIt
	case strings.ContainsRune(lights, r):
		return 0
	}
	return unknown
}

// braille gives the parts of a braille character, whose dots are numbered down
// the left column, down the right one, then along the bottom line.
func braille(dots uint8) (mark uint8) {
	for i, part := range [8]int{0, 2, 4, 1, 3, 5, 6, 7} {
		mark |= dots >> i & 1 << part
	}
	return mark
}
