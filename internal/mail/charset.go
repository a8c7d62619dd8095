package mail

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decodeText turns bytes of a charset into valid UTF-8. The second value is
// false when the charset is one we do not know; then, as for a charset that is
// not named at all, the bytes are taken for UTF-8 where they can be and for
// windows-1252 otherwise, which is what clients do.
func decodeText(raw []byte, charset string) (string, bool) {
	charset = charsetName(charset)
	if text, ok := readable(raw, charset); ok {
		return string(text), true
	}
	switch charset {
	case "":
		return windowsText(raw), true
	case "utf-8":
		return utf8Text(raw), true
	case "utf-7":
		return utf7Text(raw), true
	case "iso-2022-kr":
		return koreanText(raw), true
	}
	enc, _ := findEncoding(charset)
	if enc == nil {
		return guessText(raw), false
	}
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return guessText(raw), true
	}
	return strings.ToValidUTF8(string(text), "\ufffd"), true
}

// readable gives bytes of a charset that are UTF-8 as they stand, as nearly all
// are, and false where they must be decoded.
func readable(raw []byte, charset string) ([]byte, bool) {
	switch charset {
	case "":
		return raw, utf8.Valid(raw)
	case "utf-8":
		raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
		return raw, utf8.Valid(raw)
	case "utf-7", "iso-2022-kr":
		return nil, false
	}
	if !isASCII(raw) {
		return nil, false
	}
	enc, sevenBit := findEncoding(charset)
	return raw, enc != nil && !sevenBit
}

// charsetName brings the names that senders write to the one we look up.
func charsetName(name string) string {
	name = strings.ToLower(strings.Trim(name, " \t\"'<>;"))
	if language := strings.IndexByte(name, '*'); language > 0 {
		name = name[:language] // RFC 2231 section 5: "utf-8*fr"
	}
	if alias, ok := charsetAliases[name]; ok {
		return alias
	}
	return name
}

// charsetAliases are names seen in mail that the WHATWG list does not have.
//
//nolint:gochecknoglobals // a constant table
var charsetAliases = map[string]string{
	"default": "", "unknown": "", "unknown-8bit": "", "x-unknown": "", "binary": "", "8bit": "", "7bit": "",
	"us-ascii": "", "ascii": "", "ansi_x3.4-1968": "", "x-user-defined": "", "iso-8859": "", "none": "", "_autodetect": "",
	"utf8": "utf-8", "utf_8": "utf-8", "utf-8-sig": "utf-8", "utf8mb4": "utf-8", "utf 8": "utf-8", "unicode": "utf-8",
	"unicode-1-1-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "utf7": "utf-7", "x-unicode-2-0-utf-7": "utf-7",
	"cp932": "shift_jis", "ms932": "shift_jis", "x-sjis-jp": "shift_jis", "shift-jis": "shift_jis", "windows-932": "shift_jis",
	"cp949": "euc-kr", "ks_c_5601-1992": "euc-kr", "ms949": "euc-kr", "uhc": "euc-kr", "x-windows-949": "euc-kr", "windows-949": "euc-kr",
	"cp936": "gbk", "ms936": "gbk", "windows-936": "gbk", "gb2312-80": "gbk", "euc-cn": "gbk", "x-gbk": "gbk",
	"cp950": "big5", "ms950": "big5", "windows-950": "big5", "big5hkscs": "big5", "big-5": "big5",
	"iso-2022-jp-1": "iso-2022-jp", "iso-2022-jp-2": "iso-2022-jp", "iso-2022-jp-3": "iso-2022-jp", "iso-2022-jp-ms": "iso-2022-jp",
	"iso-2022-jp-2004": "iso-2022-jp", "cp50220": "iso-2022-jp", "cp50221": "iso-2022-jp", "csiso2022jp-ms": "iso-2022-jp",
	"eucjp": "euc-jp", "euc-jp-ms": "euc-jp", "cp51932": "euc-jp", "euckr": "euc-kr",
	"latin-1": "windows-1252", "iso8859_1": "windows-1252", "iso_8859_1": "windows-1252", "iso8859-1": "windows-1252", "iso-8859-1-windows-3.1-latin-1": "windows-1252",
	"windows1252": "windows-1252", "win-1252": "windows-1252", "ansi": "windows-1252", "windows-1252http-equivcontent-type": "windows-1252",
	"cp-1250": "windows-1250", "win-1250": "windows-1250", "cp-1251": "windows-1251", "win-1251": "windows-1251", "win1251": "windows-1251",
	"cp-1252": "windows-1252", "cp-1254": "windows-1254", "cp-1256": "windows-1256", "mac": "macintosh", "macroman": "macintosh",
	"x-mac-roman": "macintosh", "koi8r": "koi8-r", "iso-8859-8i": "iso-8859-8-i", "tis620": "windows-874",
	"cp437": "ibm437", "cp-437": "ibm437", "437": "ibm437", "cp850": "ibm850", "cp-850": "ibm850", "850": "ibm850",
	"cp852": "ibm852", "cp-852": "ibm852", "cp858": "ibm858", "cp-858": "ibm858", "cp00858": "ibm858", "cp865": "ibm865", "cp862": "ibm862",
	"hz": "hz-gb-2312", "utf16": "utf-16", "utf32": "utf-32", "ucs-2": "utf-16be", "iso-10646-ucs-2": "utf-16be",
}

// moreEncodings are those that the WHATWG list does not have.
//
//nolint:gochecknoglobals // a constant table
var moreEncodings = map[string]encoding.Encoding{
	"ibm437": charmap.CodePage437, "ibm850": charmap.CodePage850, "ibm852": charmap.CodePage852,
	"ibm858": charmap.CodePage858, "ibm862": charmap.CodePage862, "ibm865": charmap.CodePage865,
	"ibm037": charmap.CodePage037, "iso-8859-9e": charmap.ISO8859_9,
	"hz-gb-2312": simplifiedchinese.HZGB2312,
	"utf-32":     utf32.UTF32(utf32.BigEndian, utf32.UseBOM),
	"utf-32be":   utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM),
	"utf-32le":   utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM),
}

// findEncoding gives the encoding of a name, nil when we have none, and
// whether its text may look like ASCII without being it.
func findEncoding(name string) (enc encoding.Encoding, sevenBit bool) {
	sevenBit = strings.HasPrefix(name, "iso-2022") || strings.HasPrefix(name, "utf-") || strings.HasPrefix(name, "hz") || name == "ibm037"
	if enc, ok := moreEncodings[name]; ok {
		return enc, sevenBit
	}
	enc, err := htmlindex.Get(name)
	if err != nil || enc == encoding.Replacement {
		return nil, false
	}
	return enc, sevenBit
}

// isASCII looks at eight bytes together.
func isASCII[T string | []byte](s T) bool {
	for len(s) >= 8 {
		if (s[0]|s[1]|s[2]|s[3]|s[4]|s[5]|s[6]|s[7])&0x80 != 0 {
			return false
		}
		s = s[8:]
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func guessText(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	return windowsText(raw)
}

func windowsText(raw []byte) string {
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	return string(text)
}

// utf8Text repairs text that says it is UTF-8. Where most of its 8-bit bytes
// are wrong it is windows-1252 in truth.
func utf8Text(raw []byte) string {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if utf8.Valid(raw) {
		return string(raw)
	}
	good, bad := 0, 0
	for rest := raw; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		rest = rest[n:]
	}
	if bad > good {
		return windowsText(raw)
	}
	return strings.ToValidUTF8(string(raw), "\ufffd")
}

// utf7Text decodes UTF-7 (RFC 2152): base64 of UTF-16 between + and -.
func utf7Text(raw []byte) string {
	var b strings.Builder
	for len(raw) > 0 {
		plus := bytes.IndexByte(raw, '+')
		if plus < 0 {
			plus = len(raw)
		}
		b.WriteString(strings.ToValidUTF8(string(raw[:plus]), "\ufffd"))
		raw = raw[min(plus+1, len(raw)):]
		if plus = utf7Run(raw); plus == 0 && bytes.HasPrefix(raw, []byte("-")) {
			b.WriteByte('+')
		}
		b.WriteString(utf7Units(raw[:plus]))
		raw = bytes.TrimPrefix(raw[plus:], []byte("-"))
	}
	return b.String()
}

// utf7Run counts the base64 letters that raw begins with.
func utf7Run(raw []byte) int {
	n := 0
	for n < len(raw) && (isAlnum(raw[n]) || raw[n] == '+' || raw[n] == '/') {
		n++
	}
	return n
}

func utf7Units(letters []byte) string {
	if len(letters)%4 == 1 {
		letters = letters[:len(letters)-1]
	}
	data := make([]byte, base64.RawStdEncoding.DecodedLen(len(letters)))
	n, _ := base64.RawStdEncoding.Decode(data, letters) // what was readable before an error is kept
	units := make([]uint16, 0, n/2)
	for i := 0; i+1 < n; i += 2 {
		units = append(units, uint16(data[i])<<8|uint16(data[i+1]))
	}
	return string(utf16.Decode(units))
}

// koreanText decodes ISO-2022-KR (RFC 1557): between SO and SI stand the bytes
// of EUC-KR without their eighth bit.
func koreanText(raw []byte) string {
	raw = bytes.ReplaceAll(raw, []byte("\x1b$)C"), nil)
	out := make([]byte, 0, len(raw))
	shifted := false
	for _, c := range raw {
		switch {
		case c == 0x0e:
			shifted = true
		case c == 0x0f || c == '\n':
			shifted = false
			if c == '\n' {
				out = append(out, c)
			}
		case shifted && c > 0x20:
			out = append(out, c|0x80)
		default:
			out = append(out, c)
		}
	}
	text, _ := decodeText(out, "euc-kr")
	return text
}
