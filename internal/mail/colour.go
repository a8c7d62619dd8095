package mail

import (
	"strconv"
	"strings"
)

// namedColours are the names that mail uses; others are unknown.
//
//nolint:gochecknoglobals // a constant table
var namedColours = map[string]int32{
	"white": 0xffffff, "black": 0x000000, "red": 0xff0000, "green": 0x008000, "blue": 0x0000ff, "yellow": 0xffff00,
	"gray": 0x808080, "grey": 0x808080, "silver": 0xc0c0c0, "maroon": 0x800000, "navy": 0x000080, "orange": 0xffa500,
	"purple": 0x800080, "teal": 0x008080, "lime": 0x00ff00, "aqua": 0x00ffff, "fuchsia": 0xff00ff, "olive": 0x808000,
	"whitesmoke": 0xf5f5f5, "snow": 0xfffafa, "ivory": 0xfffff0, "lightgray": 0xd3d3d3, "lightgrey": 0xd3d3d3,
	"ghostwhite": 0xf8f8ff, "floralwhite": 0xfffaf0, "darkgray": 0xa9a9a9, "gainsboro": 0xdcdcdc,
}

// colour reads a CSS or HTML colour as 0xRRGGBB.
func colour(value string) int32 {
	value = strings.ToLower(strings.TrimSpace(value))
	if c, ok := namedColours[value]; ok {
		return c
	}
	if inside, ok := strings.CutPrefix(value, "rgb("); ok {
		return rgbColour(strings.TrimSuffix(inside, ")"))
	}
	digits := strings.TrimPrefix(value, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	if n, err := strconv.ParseUint(digits, 16, 32); err == nil && len(digits) == 6 {
		return int32(n)
	}
	return unknownColour
}

// rgbColour reads "255, 0, 0".
func rgbColour(inside string) int32 {
	parts := strings.FieldsFunc(inside, func(c rune) bool { return c == ',' || c == ' ' })
	if len(parts) != 3 {
		return unknownColour
	}
	out := int32(0)
	for _, part := range parts {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil {
			return unknownColour
		}
		out = out<<8 | int32(n)
	}
	return out
}
