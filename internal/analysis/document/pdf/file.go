package pdf

import (
	"bytes"
	"slices"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// Limits of one file.
const (
	mostObjects = 100_000
	mostValues  = 1_000_000 // values in all objects together: they stay in memory
	mostStream  = 8 << 20   // bytes of one stream, unpacked
)

// object is one numbered value, with its stream when it has one.
type object struct {
	num, gen int
	val      any
	raw      []byte // the stream as it stands, nil when there is none
	inStream bool   // came out of an object stream: its strings are not encrypted again
}

func (o *object) dict() dict {
	d, _ := o.val.(dict)
	return d
}

// file is a PDF taken apart. The cross-reference table is not used: it may lie,
// and readers rebuild it when it does. What was replaced by a later update is
// kept in all, because some readers can still be made to see it.
type file struct {
	b      []byte
	all    []*object
	byNum  map[int]*object
	budget *paper.Budget
	key    *crypt
	values int    // that may still be read
	noEnd  bool   // no stream ends any more: the rest of the file was searched
	given  string // the password that opened it, "" when it needs none
	cut    bool
}

func open(b []byte, budget *paper.Budget) *file {
	f := &file{b: b, byNum: map[int]*object{}, budget: budget, values: mostValues}
	f.cut = !budget.Take(len(b) / 16)
	f.scan()
	if f.unlock() {
		f.unpack()
	}
	return f
}

// scan finds every "N G obj" of the file.
func (f *file) scan() {
	for at := 0; at < len(f.b); {
		i := bytes.Index(f.b[at:], []byte("obj"))
		if i < 0 {
			return
		}
		p := at + i
		at = p + 3
		num, gen, ok := numbersBefore(f.b[:p])
		if !ok {
			continue
		}
		if len(f.all) >= mostObjects {
			f.cut = true
			return
		}
		at = f.object(num, gen, at)
	}
}

// numbersBefore reads the two numbers at the end of b.
func numbersBefore(b []byte) (num, gen int, ok bool) {
	gen, b, ok = numberBefore(b)
	if !ok {
		return 0, 0, false
	}
	num, _, ok = numberBefore(b)
	return num, gen, ok
}

func numberBefore(b []byte) (n int, rest []byte, ok bool) {
	end := len(b)
	for end > 0 && space(b[end-1]) {
		end--
	}
	from := end
	for from > 0 && end-from < 9 && b[from-1] >= '0' && b[from-1] <= '9' {
		from--
	}
	for _, c := range b[from:end] {
		n = n*10 + int(c-'0')
	}
	return n, b[:from], from < end
}

// object reads the value that begins at at, and gives where it ends.
func (f *file) object(num, gen, at int) int {
	l := &lexer{b: f.b, at: at}
	v, ok := f.value(l)
	if !ok { // a comment may hide objects that only a table would find, so they are looked for, at a price
		if !f.take(l.at - at) {
			return len(f.b)
		}
		return at
	}
	o := &object{num: num, gen: gen, val: v}
	end := max(l.at, at)
	if _, isDict := v.(dict); isDict {
		l.skip()
		if !f.take((l.at - end) / 4) { // a comment may hide further objects, and is then passed again
			return len(f.b)
		}
		if l.starts("stream") {
			o.raw, end = f.stream(o, l.at+len("stream"))
		}
	}
	f.add(o)
	return end
}

// take spends from the budget; without, the file counts as cut.
func (f *file) take(n int) bool {
	ok := f.budget.Take(n)
	f.cut = f.cut || !ok
	return ok
}

// value reads a value that stays in memory.
func (f *file) value(l *lexer) (any, bool) {
	l.left = f.values
	v, ok := l.value(0)
	f.values = max(l.left, 0)
	f.cut = f.cut || f.values == 0
	return v, ok
}

func (f *file) add(o *object) {
	f.all = append(f.all, o)
	f.byNum[o.num] = o
}

// stream gives the bytes of a stream and where it ends. Its length is believed
// only when the end stands there.
func (f *file) stream(o *object, at int) ([]byte, int) {
	if at < len(f.b) && f.b[at] == '\r' {
		at++
	}
	if at < len(f.b) && f.b[at] == '\n' {
		at++
	}
	if n, ok := o.dict()["Length"].(float64); ok && n >= 0 && n <= float64(len(f.b)-at) {
		end := at + int(n)
		if bytes.HasPrefix(bytes.TrimLeft(f.b[end:min(end+16, len(f.b))], "\r\n \t"), []byte("endstream")) {
			return f.b[at:end], end
		}
	}
	i := -1
	if !f.noEnd {
		i = bytes.Index(f.b[at:], []byte("endstream"))
	}
	if i < 0 {
		f.noEnd = true
		return f.b[at:], at
	}
	return f.b[at : at+i], at + i
}

// unpack reads the objects inside object streams (7.5.7).
func (f *file) unpack() {
	for _, o := range slices.Clone(f.all) {
		if o.raw == nil || o.dict()["Type"] != name("ObjStm") {
			continue
		}
		body, _ := f.bytes(o, mostStream)
		first, count := int(f.number(o.dict()["First"])), int(f.number(o.dict()["N"]))
		if first <= 0 || first > len(body) {
			continue
		}
		f.members(body, first, count)
	}
}

func (f *file) members(body []byte, first, count int) {
	index := newLexer(body[:first])
	for range min(count, mostObjects) {
		num, ok1 := index.value(0)
		at, ok2 := index.value(0)
		n, isNum := num.(float64)
		offset, isOffset := at.(float64)
		if !ok1 || !ok2 || !isNum || !isOffset || offset < 0 || int(offset) > len(body)-first {
			return
		}
		if len(f.all) >= mostObjects {
			f.cut = true
			return
		}
		l := newLexer(body[first+int(offset):])
		v, ok := f.value(l)
		if !f.take(l.at) { // members may claim to overlap
			return
		}
		if ok {
			f.add(&object{num: int(n), val: v, inStream: true})
		}
	}
}

// get follows references.
func (f *file) get(v any) any {
	for range 8 {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		o := f.byNum[int(r)]
		if o == nil {
			return nil
		}
		v = o.val
	}
	return nil
}

func (f *file) dict(v any) dict {
	d, _ := f.get(v).(dict)
	return d
}

func (f *file) array(v any) []any {
	a, _ := f.get(v).([]any)
	return a
}

func (f *file) number(v any) float64 {
	n, _ := f.get(v).(float64)
	return n
}

// target gives the object that a reference names, nil for anything else.
func (f *file) target(v any) *object {
	if r, ok := v.(ref); ok {
		return f.byNum[int(r)]
	}
	return nil
}
