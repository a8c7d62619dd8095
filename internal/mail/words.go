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
		word, length := findWord(s[start:])
		if length == 0 {
			start += 2
			d.plain(s[:start])
			s = s[start:]
			continue
		}
		d.plain(s[:start])
		d.word(word, len(s)-start)
		s = s[start+length:]
	}
	d.plain(s)
	d.flush()
	return d.out.String()
}

// encodedWord is one =?charset?encoding?text?=.
type encodedWord struct {
	charset string
	how     byte // 'b' or 'q'
	text    string
}

// wordDecoder collects the bytes of neighbouring words.
type wordDecoder struct {
	out     strings.Builder
	charset string // of the words that are pending
	pending []byte
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

// word takes the next word; left is the length of what is still to be read.
func (d *wordDecoder) word(w encodedWord, left int) {
	d.gap = "" // the space between two words is not part of the text
	if !d.open || !strings.EqualFold(d.charset, w.charset) {
		d.flush()
		d.charset, d.open = w.charset, true
	}
	if d.pending == nil {
		d.pending = make([]byte, 0, left)
	}
	d.pending = w.decode(d.pending)
}

func (d *wordDecoder) flush() {
	if !d.open {
		return
	}
	text, _ := decodeText(d.pending, d.charset)
	d.out.WriteString(oneLine.Replace(text))
	d.out.WriteString(d.gap)
	d.pending, d.open, d.gap = d.pending[:0], false, ""
}

// oneLine keeps an encoded line end from becoming a real one.
//
//nolint:gochecknoglobals // a constant table
var oneLine = strings.NewReplacer("\r", "", "\n", " ", "\x00", "\ufffd")

// maxCharsetName bounds the search for the end of a charset's name.
const maxCharsetName = 60

// findWord takes the encoded word that s begins with apart and gives its length,
// 0 when it is none.
func findWord(s string) (encodedWord, int) {
	mark := strings.IndexByte(s[2:min(len(s), 2+maxCharsetName)], '?')
	if mark < 1 || len(s) < 2+mark+3 || s[2+mark+2] != '?' {
		return encodedWord{}, 0
	}
	textAt := 2 + mark + 3
	end := strings.Index(s[textAt:], "?=")
	how := s[2+mark+1] | 0x20
	if end < 0 || how != 'b' && how != 'q' {
		return encodedWord{}, 0
	}
	return encodedWord{s[2 : 2+mark], how, s[textAt : textAt+end]}, textAt + end + 2
}

// decode appends the bytes of a word.
func (w encodedWord) decode(out []byte) []byte {
	if w.how == 'b' {
		data, _ := decodeBase64([]byte(w.text))
		return append(out, data...)
	}
	text := append(out, w.text...) // decoded where it stands, as it only gets shorter
	word := text[len(out):]
	for i, c := range word {
		if c == '_' {
			word[i] = ' '
		}
	}
	return appendQuoted(out, word)
}
