package drawn

import (
	"strconv"
	"strings"
)

// named are the names of colours that count as dark; what is not named, and no
// number, counts as bright.
//
//nolint:gochecknoglobals // a constant table
var named = map[string]bool{
	"black": true, "navy": true, "darkblue": true, "midnightblue": true, "mediumblue": true, "blue": true, "maroon": true,
	"darkred": true, "purple": true, "indigo": true, "darkgreen": true, "green": true, "darkslategray": true, "dimgray": true,
	"brown": true, "red": true, "crimson": true, "teal": true,
	"white": false, "transparent": false, "none": false, "yellow": false, "silver": false, "lightgray": false, "lightgrey": false,
	"whitesmoke": false, "snow": false, "ivory": false, "inherit": false, "initial": false,
}

// dark reads a colour as CSS writes it, and reports whether it is one.
func dark(s string) (isDark, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if word, _, cut := strings.Cut(s, " "); cut && !strings.HasPrefix(s, "rgb") {
		s = word
	}
	if isDark, ok = named[s]; ok {
		return isDark, true
	}
	r, g, b, ok := components(s)
	return ok && 299*r+587*g+114*b < 128*1000, ok
}

func components(s string) (r, g, b int, ok bool) {
	if strings.HasPrefix(s, "rgb") {
		return functional(s)
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil {
		return 0, 0, 0, false
	}
	switch len(strings.TrimPrefix(s, "#")) {
	case 3:
		return int(n>>8) * 17, int(n>>4&15) * 17, int(n&15) * 17, true
	case 6:
		return int(n >> 16), int(n >> 8 & 255), int(n & 255), true
	}
	return 0, 0, 0, false
}

// functional reads rgb(0, 0, 0) and rgba(0, 0, 0, 1); what is transparent is bright.
func functional(s string) (r, g, b int, ok bool) {
	_, inner, _ := strings.Cut(strings.TrimSuffix(s, ")"), "(")
	fields := strings.FieldsFunc(inner, func(r rune) bool { return r == ',' || r == ' ' || r == '/' })
	if len(fields) < 3 {
		return 0, 0, 0, false
	}
	if len(fields) > 3 && (fields[3] == "0" || fields[3] == "0.0") {
		return 255, 255, 255, true
	}
	var c [3]int
	for i := range c {
		n, err := strconv.Atoi(fields[i])
		if err != nil {
			return 0, 0, 0, false
		}
		c[i] = min(max(n, 0), 255)
	}
	return c[0], c[1], c[2], true
}
