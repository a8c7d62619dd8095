package page

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/mail"
)

// Limits of looking at scripts.
const (
	library     = 200 << 10 // a script longer than this is some library that can do everything
	shortCode   = 12        // coded text shorter than this says nothing
	manyStrange = 25        // names like _0x1f2e that make a script unreadable
)

// scripts looks at all scripts of one layer.
func (w *walk) scripts(source string, depth int) {
	if w.svg && w.active && depth == 0 {
		w.c.Sign(paper.ScriptPicture, "")
	}
	if source == "" {
		return
	}
	joined := joiner.Replace(source)
	low := strings.ToLower(joined)
	small := len(low) < library
	if small && has(low, building) != "" && has(low, decoding) != "" {
		w.c.Sign(paper.Smuggling, has(low, building))
	}
	if small && strings.Count(low, "_0x") >= manyStrange {
		w.c.Sign(paper.HiddenPage, "_0x")
	}
	w.moves(joined, low)
	if depth >= deepest {
		return
	}
	does := does{writes: has(low, writing) != "", moves: has(low, moving) != ""}
	for _, piece := range coded(joined) {
		w.layers++
		if w.layers > mostLayers || !w.budget.Take(8*len(piece)) {
			w.c.Cut = true
			return
		}
		w.layer(piece, does, depth)
	}
}

// joiner puts strings together that were cut up.
//
//nolint:gochecknoglobals // a constant table
var joiner = strings.NewReplacer("'+'", "", `"+"`, "", "' + '", "", `" + "`, "", "\\/", "/")

// building holds what a script needs to hand over a file.
//
//nolint:gochecknoglobals // a constant table
var building = []string{"createobjecturl", "mssaveoropenblob", "mssaveblob", "new blob(", "new file("}

// decoding holds what it needs to get it out of text.
//
//nolint:gochecknoglobals // a constant table
var decoding = []string{"atob(", "fromcharcode", "charcodeat", "unescape(", "decodeuricomponent(", "uint8array", "parseint("}

// writing holds what a page needs to put something into itself.
//
//nolint:gochecknoglobals // a constant table
var writing = []string{"document.write", "innerhtml", "outerhtml", "insertadjacenthtml", "eval(", "srcdoc", "function(", "settimeout(", "data:text/html"}

func has(s string, marks []string) string {
	for _, mark := range marks {
		if strings.Contains(s, mark) {
			return mark
		}
	}
	return ""
}

// moves looks for a page that goes elsewhere, and keeps the addresses of scripts.
func (w *walk) moves(source, low string) {
	for _, mark := range moving {
		rest, at := low, 0
		for range 20 {
			i := strings.Index(rest, mark)
			if i < 0 {
				break
			}
			at += i + len(mark)
			rest = low[at:]
			if at < len(source) && len(source) == len(low) {
				w.target(source[at:min(at+2048, len(source))])
			}
		}
	}
	for range 50 {
		i := strings.Index(source, "http")
		if i < 0 {
			return
		}
		source = source[i:]
		end := strings.IndexAny(source, " \t\r\n\"'`<>\\)")
		if end < 0 {
			end = len(source)
		}
		if strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://") {
			w.script2link(source[:end])
		}
		source = source[min(len(source), max(end, 4)):]
	}
}

// script2link keeps an address that a script names. The names of formats are
// addresses too, and lead nowhere.
func (w *walk) script2link(address string) {
	for _, format := range []string{"www.w3.org/", "schemas.", "ns.adobe.com/"} {
		if strings.Contains(address, format) {
			return
		}
	}
	w.c.Link(address, "")
}

//nolint:gochecknoglobals // a constant table
var moving = []string{"location.href", "location.replace(", "location.assign(", "window.location", "document.location", "top.location", "window.open("}

// target reads the address that a move is given: a plain string after = or (.
func (w *walk) target(s string) {
	s = strings.TrimLeft(s, " \t\r\n.hrefplacsign=(")
	if s == "" || strings.IndexByte("\"'`", s[0]) < 0 {
		return
	}
	end := strings.IndexByte(s[1:], s[0])
	if end < 0 {
		return
	}
	w.redirect(s[1 : end+1])
}

// coded finds the pieces of coded text in a script and undoes each.
func coded(s string) [][]byte {
	var out [][]byte
	out = append(out, base64s(s)...)
	out = append(out, numbers(s)...)
	if strings.Count(s, "%") > 8 {
		out = append(out, escapes(s, "%")...)
	}
	if strings.Contains(s, `\x`) || strings.Contains(s, `\u00`) {
		out = append(out, escapes(s, `\`)...)
	}
	return out
}

func base64Byte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// base64s undoes the runs of base64.
func base64s(s string) [][]byte {
	var out [][]byte
	for i := 0; i < len(s) && len(out) < mostLayers; i++ {
		from := i
		for i < len(s) && base64Byte(s[i]) {
			i++
		}
		if i-from < 2*shortCode {
			continue
		}
		run := s[from:i]
		if b, err := base64.RawStdEncoding.DecodeString(run[:len(run)-btoi(len(run)%4 == 1)]); err == nil {
			out = append(out, b)
		}
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// numbers undoes lists of numbers, as fromCharCode takes them.
func numbers(s string) [][]byte {
	var out [][]byte
	var list []byte
	flush := func() {
		if len(list) >= shortCode {
			out = append(out, list)
		}
		list = nil
	}
	for i := 0; i < len(s) && len(out) < mostLayers; i++ {
		from := i
		for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == 'x' || s[i] >= 'a' && s[i] <= 'f') {
			i++
		}
		if i > from {
			n, err := strconv.ParseUint(s[from:i], 0, 8)
			if err != nil {
				flush()
				continue
			}
			list = append(list, byte(n))
		}
		if i < len(s) && s[i] != ',' && s[i] != ' ' && s[i] != '\n' {
			flush()
		}
	}
	flush()
	return out
}

// escapes undoes %41, \x41 and \u0041 in each string that has many of them.
func escapes(s, sign string) [][]byte {
	var out [][]byte
	for _, quote := range []string{"'", "\"", "`"} {
		for piece := range strings.SplitSeq(s, quote) {
			if strings.Count(piece, sign) > 4 && len(out) < mostLayers {
				out = append(out, unescape(piece, sign[0]))
			}
		}
	}
	return out
}

func unescape(s string, sign byte) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		skip, digits := 0, 2
		switch {
		case s[i] != sign || i+2 >= len(s):
		case sign == '%' && s[i+1] == 'u', sign == '\\' && s[i+1] == 'u':
			skip, digits = 2, 4
		case sign == '\\' && s[i+1] == 'x':
			skip = 2
		case sign == '%':
			skip = 1
		}
		if skip > 0 && i+skip+digits <= len(s) {
			if n, err := strconv.ParseUint(s[i+skip:i+skip+digits], 16, 16); err == nil {
				out = append(out, string(rune(n))...)
				i += skip + digits - 1
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}

// does is what the script around coded text can do with it.
type does struct{ writes, moves bool }

// layer looks at what coded text turned out to be: a file, a page, or an
// address.
func (w *walk) layer(b []byte, around does, depth int) {
	kind := mail.TrueType(b)
	trimmed := bytes.TrimSpace(b)
	low := bytes.ToLower(trimmed[:min(len(trimmed), 64<<10)])
	switch {
	case kind == "text/html" || kind == "image/svg+xml" || bytes.Contains(low, []byte("<script")) || bytes.Contains(low, []byte("<form")) || bytes.Contains(low, []byte("<input")):
		if around.writes {
			w.c.Sign(paper.HiddenPage, "")
		}
		w.page(b, depth+1)
	case smuggled[kind]:
		w.c.Sign(paper.Smuggling, kind)
		w.c.Files = append(w.c.Files, paper.File{Body: b})
	case bytes.HasPrefix(low, []byte("http://")) || bytes.HasPrefix(low, []byte("https://")):
		if around.moves {
			w.redirect(string(trimmed))
		}
		w.c.Link(string(trimmed), "")
	case bytes.Contains(low, []byte("document.")) || bytes.Contains(low, []byte("location")) || bytes.Contains(low, []byte("eval(")):
		w.scripts(string(b), depth+1)
	}
}

// smuggled are the kinds of file that are worth hiding.
//
//nolint:gochecknoglobals // a constant table
var smuggled = map[string]bool{
	"application/zip": true, "application/x-msdownload": true, "application/vnd.rar": true, "application/x-7z-compressed": true,
	"application/x-iso9660-image": true, "application/x-ole-storage": true, "application/x-ms-shortcut": true,
	"application/onenote": true, "application/hta": true, "application/x-vhd": true, "application/x-vhdx": true,
	"application/pdf": true, "application/rtf": true, "application/vnd.ms-cab-compressed": true, "application/gzip": true,
}
