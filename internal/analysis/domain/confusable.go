package domain

import (
	"strings"
	"unicode"
)

// lookalikes maps letters of other scripts, and marked Latin letters, to the
// Latin letter that they look like. Compiled by us from the shapes in the
// Unicode code charts; only letters that occur in host names and words.
//
//nolint:gochecknoglobals // a constant table
var lookalikes = table(
	"а", "a", "ӓ", "a", "α", "a", "ạ", "a", "ɑ", "a", "å", "a", "ā", "a", "ă", "a", "ą", "a",
	"в", "b", "β", "b", "Ь", "b", "ь", "b", "ḅ", "b", "ƅ", "b",
	"с", "c", "ϲ", "c", "ç", "c", "ć", "c", "č", "c", "ċ", "c",
	"ԁ", "d", "ɗ", "d", "ḍ", "d", "đ", "d", "ď", "d",
	"е", "e", "ё", "e", "ε", "e", "є", "e", "ҽ", "e", "ẹ", "e", "ė", "e", "ē", "e", "ę", "e", "ě", "e",
	"ƒ", "f", "ḟ", "f",
	"ɡ", "g", "ԍ", "g", "ģ", "g", "ğ", "g", "ġ", "g",
	"һ", "h", "հ", "h", "ḥ", "h", "ħ", "h",
	"і", "i", "ї", "i", "ι", "i", "ɩ", "i", "ı", "i", "ị", "i", "į", "i", "ī", "i",
	"ј", "j", "ϳ", "j", "ʝ", "j",
	"к", "k", "κ", "k", "ķ", "k", "ḳ", "k",
	"ӏ", "l", "ⅼ", "l", "ł", "l", "ļ", "l", "ḷ", "l", "ĺ", "l", "ľ", "l",
	"м", "m", "ṃ", "m", "ⅿ", "m",
	"п", "n", "η", "n", "ո", "n", "ņ", "n", "ṇ", "n", "ń", "n", "ň", "n",
	"о", "o", "ο", "o", "օ", "o", "σ", "o", "ө", "o", "ọ", "o", "ő", "o", "ō", "o", "ø", "o",
	"р", "p", "ρ", "p", "ṗ", "p",
	"ԛ", "q", "զ", "q",
	"г", "r", "ŗ", "r", "ř", "r", "ṛ", "r", "ŕ", "r",
	"ѕ", "s", "ꜱ", "s", "ş", "s", "ș", "s", "š", "s", "ṣ", "s", "ś", "s",
	"т", "t", "τ", "t", "ţ", "t", "ț", "t", "ť", "t", "ṭ", "t",
	"υ", "u", "ս", "u", "ū", "u", "ụ", "u", "ų", "u", "ů", "u", "ű", "u", "ц", "u",
	"ѵ", "v", "ν", "v", "ṿ", "v",
	"ԝ", "w", "ѡ", "w", "ω", "w", "ẉ", "w", "ш", "w",
	"х", "x", "χ", "x", "ҳ", "x", "ẋ", "x",
	"у", "y", "ү", "y", "γ", "y", "ỵ", "y", "ў", "y",
	"ᴢ", "z", "ž", "z", "ż", "z", "ź", "z", "ẓ", "z",
	"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "é", "e", "è", "e", "ê", "e", "ë", "e", "ì", "i", "í", "i", "î", "i", "ï", "i",
	"ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ý", "y", "ÿ", "y",
	"А", "A", "В", "B", "С", "C", "Е", "E", "Н", "H", "І", "I", "Ј", "J", "К", "K", "М", "M",
	"О", "O", "Р", "P", "Ѕ", "S", "Т", "T", "Х", "X", "У", "Y", "Α", "A", "Β", "B", "Ε", "E",
	"Ζ", "Z", "Η", "H", "Ι", "I", "Κ", "K", "Μ", "M", "Ν", "N", "Ο", "O", "Ρ", "P", "Τ", "T", "Χ", "X",
)

// table turns pairs into a map.
func table(pairs ...string) map[rune]rune {
	out := make(map[rune]rune, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		out[first(pairs[i])] = first(pairs[i+1])
	}
	return out
}

func first(s string) rune {
	for _, r := range s {
		return r
	}
	return unicode.ReplacementChar
}

// Latin gives the Latin letter that r looks like, r itself when there is none.
func Latin(r rune) rune {
	if r < 0x80 {
		return r
	}
	if to, ok := lookalikes[r]; ok {
		return to
	}
	if r >= 0xFF01 && r <= 0xFF5E { // full width
		return r - 0xFEE0
	}
	if r >= 0x1D400 && r <= 0x1D6A3 { // mathematical alphabets, 26+26 each
		return mathLetter((r - 0x1D400) % 52)
	}
	return r
}

func mathLetter(i rune) rune {
	if i < 26 {
		return 'A' + i
	}
	return 'a' + i - 26
}

// Disguised reports whether a word mixes Latin letters with letters of another
// script (or of the mathematical alphabets) that look Latin.
func Disguised(word string) bool {
	latin, other := false, false
	for _, r := range word {
		switch {
		case r < 0x80:
			latin = latin || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		case unicode.Is(unicode.Latin, r):
		case unicode.IsLetter(r) && Latin(r) < 0x80:
			other = other || !fullWidth(r)
		}
	}
	return latin && other
}

func fullWidth(r rune) bool { return r >= 0xFF01 && r <= 0xFF5E }

// skeleton is what is left of a label for a person in a hurry.
func skeleton(label string) string {
	label = strings.ToLower(label)
	if !ascii(label) {
		label = strings.Map(func(r rune) rune { return unicode.ToLower(Latin(r)) }, label)
	}
	out := make([]byte, 0, len(label))
	for i := 0; i < len(label); i++ {
		switch next := label[i:min(i+2, len(label))]; next {
		case "rn":
			out, i = append(out, 'm'), i+1
		case "vv":
			out, i = append(out, 'w'), i+1
		case "cl":
			out, i = append(out, 'd'), i+1
		default:
			out = reduced(out, next[0])
		}
	}
	return string(out)
}

// reduced appends a letter; digits as the letters that they look like, i as l,
// and signs not at all.
func reduced(out []byte, c byte) []byte {
	if c == '-' || c == '_' {
		return out
	}
	if at := strings.IndexByte("0134578i", c); at >= 0 {
		c = "oleastbl"[at]
	}
	return append(out, c)
}
