package mail

import "strings"

// decodeWords decodes the encoded words (RFC 2047) of a value. Neighbours of
// one charset are joined before they are decoded, because senders cut them in
// the middle of a character; words with spaces, bad lengths or unknown
// charsets are read as far as they go.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	var d wordDecoder
	for s != "" {
		start := strings.Index(s, "=?")
		if start < 0 {
			break
		}
		word, length := parseWord(s[start:])
		if length == 0 {
			start += 2
			d.plain(s[:start])
			s = s[start:]
			continue
		}
		d.plain(s[:start])
		d.word(word)
		s = s[start+length:]
	}
	d.plain(s)
	d.flush()
	return d.out.String()
}

// encodedWord is one =?charset?encoding?text?= with its bytes decoded.
type encodedWord struct {
	charset string
	data    []byte
}

// wordDecoder collects the bytes of neighbouring words.
type wordDecoder struct {
	out     strings.Builder
	pending encodedWord
	open    bool   // a word is pending
	gap     string // the space seen since
}

func (d *wordDecoder) plain(s string) {
	if d.open && strings.Trim(s, " \t\r\n") == "" {
		d.gap += s
		return
	}
	d.flush()
	d.out.WriteString(s)
}

func (d *wordDecoder) word(w encodedWord) {
	if d.open && strings.EqualFold(d.pending.charset, w.charset) {
		d.pending.data = append(d.pending.data, w.data...)
		d.gap = ""
		return
	}
	d.gap = "" // the space between two words is not part of the text
	d.flush()
	d.pending, d.open = w, true
}

func (d *wordDecoder) flush() {
	if !d.open {
		return
	}
	text, _ := decodeText(d.pending.data, d.pending.charset)
	d.out.WriteString(oneLine.Replace(text))
	d.out.WriteString(d.gap)
	d.open, d.gap = false, ""
}

// oneLine keeps an encoded line end from becoming a real one.
//
//nolint:gochecknoglobals // a constant table
var oneLine = strings.NewReplacer("\r", "", "\n", " ", "\x00", "\ufffd")

// maxCharsetName bounds the search for the end of a charset's name.
const maxCharsetName = 60

// parseWord reads the encoded word that s begins with and gives its length, 0
// when it is none.
func parseWord(s string) (encodedWord, int) {
	mark := strings.IndexByte(s[2:min(len(s), 2+maxCharsetName)], '?')
	if mark < 1 || len(s) < 2+mark+3 || s[2+mark+2] != '?' {
		return encodedWord{}, 0
	}
	textAt := 2 + mark + 3
	end := strings.Index(s[textAt:], "?=")
	if end < 0 {
		return encodedWord{}, 0
	}
	w := encodedWord{charset: s[2 : 2+mark]}
	text := s[textAt : textAt+end]
	switch s[2+mark+1] | 0x20 {
	case 'b':
		w.data, _ = decodeBase64([]byte(text))
	case 'q':
		w.data = decodeQuoted([]byte(strings.ReplaceAll(text, "_", " ")))
	default:
		return encodedWord{}, 0
	}
	return w, textAt + end + 2
}
