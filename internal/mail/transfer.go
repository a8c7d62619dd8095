package mail

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045 section 6). The
// second value is the ID of what was wrong, "" when nothing was; the bytes are
// then what could be read, or the input when the encoding is not known. Only
// a decoded body is a copy.
func decodeTransfer(body []byte, encoding string) ([]byte, string) {
	switch strings.Trim(firstWord(encoding), `"'`) {
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "none":
		return body, ""
	case "base64", "base-64", "b64", "x-base64":
		data, ok := decodeBase64(body)
		if !ok {
			return data, "mime.bad-base64"
		}
		return data, ""
	case "quoted-printable", "quoted_printable", "quotedprintable", "qp":
		return decodeQuoted(body), ""
	case "x-uuencode", "uuencode", "x-uue", "uue":
		return decodeUU(body), ""
	}
	return body, "mime.unknown-encoding"
}

// decodeBase64 decodes base64 as far as it makes sense and says whether it was
// well-formed. Clean input takes the fast way.
func decodeBase64(src []byte) ([]byte, bool) {
	dst := make([]byte, base64.StdEncoding.DecodedLen(len(src)))
	if n, err := base64.StdEncoding.Decode(dst, src); err == nil {
		return dst[:n], true
	}
	return looseBase64(dst[:0], src)
}

// looseBase64 skips what is no base64 letter and forgives missing padding.
// After padding it goes on only where more base64 follows, so that a footer
// added by a mailing list does not become rubbish in the text.
func looseBase64(dst, src []byte) ([]byte, bool) {
	var bits uint32
	count, clean := 0, true
	for i, c := range src {
		v := base64Value(c)
		switch {
		case v < 64:
			bits = bits<<6 | uint32(v)
			if count++; count == 4 {
				dst = append(dst, byte(bits>>16), byte(bits>>8), byte(bits))
				bits, count = 0, 0
			}
		case c == '=':
			dst = tailBase64(dst, bits, count)
			bits, count = 0, 0
			if rest := bytes.TrimLeft(src[i:], "= \t\r\n"); !onlyBase64(rest) {
				return dst, false
			}
		case c != '\r' && c != '\n' && c != ' ' && c != '\t':
			clean = false
		}
	}
	// Spaces and missing padding are common and harmless.
	return tailBase64(dst, bits, count), clean
}

// tailBase64 writes the bytes of an incomplete group of count letters.
func tailBase64(dst []byte, bits uint32, count int) []byte {
	switch count {
	case 2:
		return append(dst, byte(bits>>4))
	case 3:
		return append(dst, byte(bits>>10), byte(bits>>2))
	}
	return dst
}

func base64Value(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c - 'A'
	case c >= 'a' && c <= 'z':
		return c - 'a' + 26
	case c >= '0' && c <= '9':
		return c - '0' + 52
	case c == '+' || c == '-':
		return 62
	case c == '/' || c == '_':
		return 63
	}
	return 255
}

// onlyBase64 looks at the first line of rest; looking at one line keeps the
// cost linear however often padding occurs.
func onlyBase64(rest []byte) bool {
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	line = bytes.TrimRight(line[:min(len(line), 100)], "\r=")
	for _, c := range line {
		if base64Value(c) == 255 || c == '-' || c == '_' {
			return false
		}
	}
	return len(line)%4 == 0 || len(rest) == len(line) || bytes.HasSuffix(bytes.TrimRight(rest[:min(len(rest), 102)], "\r\n"), []byte("="))
}

// decodeQuoted undoes quoted-printable. An equals sign that begins neither
// =XX nor a soft line break stays as it is.
func decodeQuoted(src []byte) []byte { return appendQuoted(make([]byte, 0, len(src)), src) }

// appendQuoted appends what src stands for, which is never longer: dst may be
// the very memory before src.
func appendQuoted(dst, src []byte) []byte {
	for {
		eq := bytes.IndexByte(src, '=')
		if eq < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:eq]...)
		src = src[eq:]
		skip, c, literal := quotedUnit(src)
		if literal {
			dst = append(dst, c)
		}
		src = src[skip:]
	}
}

// quotedUnit reads the unit that src, which begins with =, begins with: how
// long it is, and the byte it stands for when it stands for one.
func quotedUnit(src []byte) (skip int, c byte, literal bool) {
	if len(src) > 2 {
		if hi, lo := unhex(src[1]), unhex(src[2]); hi < 16 && lo < 16 {
			return 3, hi<<4 | lo, true
		}
	}
	end := 1
	for end < len(src) && end < 80 && (src[end] == ' ' || src[end] == '\t' || src[end] == '\r') {
		end++
	}
	if end == len(src) {
		return end, 0, false
	}
	if src[end] == '\n' {
		return end + 1, 0, false
	}
	return 1, '=', true
}

// decodeUU undoes uuencode (POSIX): lines of a length letter and groups of
// four letters for three bytes, between "begin" and "end".
func decodeUU(src []byte) []byte {
	dst := make([]byte, 0, len(src)*3/4)
	for line := range bytes.Lines(src) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 || bytes.HasPrefix(line, []byte("begin ")) || bytes.Equal(line, []byte("end")) {
			continue
		}
		dst = append(dst, uuLine(line)...)
	}
	return dst
}

func uuLine(line []byte) []byte {
	want := int((line[0] - ' ') & 63)
	out := make([]byte, 0, want+3)
	for i := 1; i < len(line) && len(out) < want; i += 4 {
		var bits uint32
		for j := range 4 {
			bits <<= 6
			if i+j < len(line) {
				bits |= uint32((line[i+j] - ' ') & 63)
			}
		}
		out = append(out, byte(bits>>16), byte(bits>>8), byte(bits))
	}
	return out[:min(want, len(out))]
}
