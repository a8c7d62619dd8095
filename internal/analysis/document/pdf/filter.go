package pdf

import (
	"bytes"
	"compress/lzw"
	"encoding/ascii85"
)

// bytes gives the content of a stream, its filters undone (7.4). It stops at
// the first filter that makes a picture and names it.
func (f *file) bytes(o *object, most int) (out []byte, picture name) {
	if !f.take(perStream + len(o.raw)/8) { // any number of references may lead here
		return nil, ""
	}
	out = o.raw
	if !o.inStream && f.key != nil && o.dict()["Type"] != name("XRef") {
		out = f.key.stream(out, o.num, o.gen)
	}
	filters, params := f.list(o.dict(), "Filter", "F"), f.list(o.dict(), "DecodeParms", "DP")
	for i, v := range filters[:min(len(filters), 4)] {
		kind, _ := f.get(v).(name)
		var p dict
		if i < len(params) {
			p = f.dict(params[i])
		}
		switch kind {
		case "DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode":
			return out, kind
		}
		out = f.filter(kind, p, out, most)
	}
	f.cut = f.cut || len(out) > most
	return out[:min(len(out), most)], ""
}

// perStream is what looking at a stream costs besides its bytes.
const perStream = 64

// list reads a value that is one or an array of them.
func (f *file) list(d dict, key, short string) []any {
	v := f.get(d[key])
	if v == nil {
		v = f.get(d[short])
	}
	switch v := v.(type) {
	case []any:
		return v
	case nil:
		return nil
	default:
		return []any{v}
	}
}

func (f *file) filter(kind name, p dict, in []byte, most int) []byte {
	switch kind {
	case "FlateDecode", "Fl":
		out, whole := f.budget.Inflate(bytes.TrimLeft(in, "\r\n"), most)
		f.cut = f.cut || !whole && len(out) >= min(most, f.budget.Bytes+len(out))
		return f.predict(out, p)
	case "LZWDecode", "LZW":
		return f.predict(f.lzw(in, p, most), p)
	case "ASCIIHexDecode", "AHx":
		if end := bytes.IndexByte(in, '>'); end >= 0 {
			in = in[:end]
		}
		f.budget.Take(len(in))
		return unhex(in[:min(len(in), 2*most)])
	case "ASCII85Decode", "A85":
		in = bytes.TrimPrefix(bytes.TrimSpace(in), []byte("<~"))
		if end := bytes.IndexByte(in, '~'); end >= 0 {
			in = in[:end]
		}
		in = in[:min(len(in), most, f.budget.Bytes)]
		f.budget.Take(len(in))
		out := make([]byte, len(in)*4+4)
		n, _, err := ascii85.Decode(out, in, true)
		if err != nil && n == 0 {
			return nil
		}
		return out[:n]
	case "RunLengthDecode", "RL":
		out := runs(in, min(most, f.budget.Bytes))
		f.cut = !f.take(len(out)) || f.cut || len(out) >= most
		return out
	}
	return in
}

// lzw undoes LZW as TIFF writes it, where code lengths change one code early
// (EarlyChange 1, the default). The standard library knows only the other kind.
func (f *file) lzw(in []byte, p dict, most int) []byte {
	if v, ok := f.get(p["EarlyChange"]).(float64); ok && v == 0 {
		r := lzw.NewReader(bytes.NewReader(in), lzw.MSB, 8)
		defer r.Close()
		out, _ := f.budget.Read(r, most)
		return out
	}
	out := earlyLZW(in, min(most, f.budget.Bytes))
	f.budget.Take(len(out))
	return out
}

// Codes of LZW besides the bytes and the strings.
const (
	lzwClear = 256
	lzwEnd   = 257
	lzwCodes = 4096
)

// earlyLZW keeps for each code where its string stands in the output: the
// string of a code and the byte that came after it.
func earlyLZW(in []byte, most int) []byte {
	var out []byte
	var from, size [lzwCodes]int
	next, width, acc, bits := lzwEnd+1, 9, 0, 0
	for _, c := range in {
		acc, bits = acc<<8|int(c), bits+8
		if bits < width {
			continue
		}
		bits -= width
		code := acc >> bits
		acc &= 1<<bits - 1
		if code == lzwClear {
			next, width = lzwEnd+1, 9
			continue
		}
		if code == lzwEnd || code >= next || len(out) >= most {
			return out
		}
		at := len(out)
		if code < lzwClear {
			out = append(out, byte(code))
		}
		for i := 0; code > lzwEnd && i < size[code]; i++ { // one by one: it may overlap what it writes
			out = append(out, out[from[code]+i])
		}
		if next < lzwCodes {
			from[next], size[next] = at, len(out)-at+1
			next++
		}
		if next >= 1<<width && width < 12 {
			width++
		}
	}
	return out
}

func runs(in []byte, most int) []byte {
	var out []byte
	for len(in) > 1 && len(out) < most {
		n := int(in[0])
		switch {
		case n == 128:
			return out
		case n < 128:
			end := min(n+2, len(in))
			out, in = append(out, in[1:end]...), in[end:]
		default:
			out, in = append(out, bytes.Repeat(in[1:2], 257-n)...), in[2:]
		}
	}
	return out
}

// predict undoes the predictors (7.4.4.4): PNG's in every row, or TIFF's for
// bytes.
func (f *file) predict(in []byte, p dict) []byte {
	kind := int(f.number(p["Predictor"]))
	if kind < 2 {
		return in
	}
	colors, depth, columns := int(f.number(p["Colors"])), int(f.number(p["BitsPerComponent"])), int(f.number(p["Columns"]))
	colors, depth, columns = max(colors, 1), orElse(depth, 8), max(columns, 1)
	if colors > 32 || depth > 16 || columns > 1<<20 {
		return in
	}
	pixel, row := max(1, colors*depth/8), (colors*depth*columns+7)/8
	if kind == 2 {
		return tiff(in, pixel, row, depth)
	}
	return png(in, pixel, row)
}

func orElse(v, other int) int {
	if v <= 0 {
		return other
	}
	return v
}

func tiff(in []byte, pixel, row, depth int) []byte {
	if depth != 8 {
		return in
	}
	out := bytes.Clone(in)
	for at := 0; at < len(out); at += row {
		line := out[at:min(at+row, len(out))]
		for i := pixel; i < len(line); i++ {
			line[i] += line[i-pixel]
		}
	}
	return out
}

func png(in []byte, pixel, row int) []byte {
	out := make([]byte, 0, len(in))
	above := make([]byte, min(row, len(in))) // a row may claim to be longer than all there is
	for len(in) > 1 {
		from := len(out)
		kind, n := in[0], min(row, len(in)-1)
		out = append(out, in[1:n+1]...)
		in = in[n+1:]
		unfilter(kind, out[from:], above, pixel)
		above = out[from:]
		if n < row {
			break
		}
	}
	return out
}

func unfilter(kind byte, line, above []byte, pixel int) {
	for i := range line {
		var left, corner byte
		if i >= pixel {
			left, corner = line[i-pixel], above[i-pixel]
		}
		switch kind {
		case 1:
			line[i] += left
		case 2:
			line[i] += above[i]
		case 3:
			line[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			line[i] += paeth(left, above[i], corner)
		}
	}
}

// paeth chooses the neighbour nearest to left + above - corner (PNG, 9.4).
func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
