package pdf

import (
	"bytes"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// Limits of reading words.
const (
	mostPages   = 30
	mostPage    = 2 << 20 // bytes of one page's program
	deepestForm = 4       // drawings within drawings
)

// drawn counts what the pages show.
type drawn struct {
	pages int
	area  float64 // of the first page
}

// pages reads the words of the pages, in the order in which they are shown.
func (r *reader) pages() drawn {
	var list []*object
	seen := map[*object]bool{}
	for _, o := range r.all {
		if d := o.dict(); d["Type"] == name("Pages") && d["Parent"] == nil {
			list = r.kids(o, seen, list, 0)
		}
	}
	if len(list) == 0 {
		for _, o := range r.all {
			if isPage(o.dict()) && r.byNum[o.num] == o {
				list = append(list, o)
			}
		}
	}
	for _, page := range list[:min(len(list), mostPages)] {
		if r.c.Full() {
			break
		}
		r.page(page.dict())
	}
	d := drawn{pages: len(list), area: 612 * 792}
	if len(list) > 0 {
		if area := r.area(list[0].dict()["MediaBox"]); area > 0 {
			d.area = area
		}
	}
	return d
}

// mostTree limits the pages that are counted.
const mostTree = 2000

func (r *reader) kids(o *object, seen map[*object]bool, list []*object, depth int) []*object {
	if seen[o] || depth > deepest || len(list) > mostTree {
		return list
	}
	seen[o] = true
	kids := r.array(o.dict()["Kids"])
	if kids == nil && isPage(o.dict()) {
		return append(list, o)
	}
	for _, kid := range kids {
		if k := r.target(kid); k != nil && k.dict() != nil {
			list = r.kids(k, seen, list, depth+1)
		}
	}
	return list
}

func (r *reader) page(d dict) {
	var program []byte
	contents := r.array(d["Contents"])
	if contents == nil {
		contents = []any{d["Contents"]}
	}
	for _, v := range contents {
		if o := r.target(v); o != nil && o.raw != nil && len(program) < mostPage {
			body, _ := r.bytes(o, mostPage-len(program))
			program = append(append(program, body...), '\n')
		}
	}
	s := shower{r: r, out: &strings.Builder{}}
	s.run(program, r.resources(d), 0)
	r.c.Write(squeeze(s.out.String()) + "\n")
}

// resources are the page's own or its parents'.
func (r *reader) resources(d dict) dict {
	for range 20 {
		if res := r.dict(d["Resources"]); res != nil {
			return res
		}
		if d = r.dict(d["Parent"]); d == nil {
			return nil
		}
	}
	return nil
}

// squeeze keeps one space between words and one line break between lines.
func squeeze(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if words := strings.Fields(line); len(words) > 0 {
			b.WriteString(strings.Join(words, " "))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// shower runs the program of a page as far as it shows text (9.4).
type shower struct {
	r     *reader
	out   *strings.Builder
	font  *font
	size  float64
	x, y  float64 // where the line stands, in text space
	wide  float64 // about how wide what was shown on it is
	steps int
}

// run costs more than unpacking did, which the budget is told.
func (s *shower) run(program []byte, resources dict, depth int) {
	if depth > deepestForm || !s.r.take(4*len(program)) {
		return
	}
	l := newLexer(program)
	var stack []any
	for s.out.Len() < paper.MostText {
		v, ok := l.value(0)
		if !ok {
			return
		}
		op, isOp := v.(word)
		if !isOp {
			if len(stack) < 64 {
				stack = append(stack, v)
			}
			continue
		}
		if op == "BI" {
			l.inlineImage()
		} else {
			s.operator(op, stack, resources, depth)
		}
		stack = stack[:0]
	}
}

// inlineImage passes a picture that stands in the program: up to an "EI" with
// spaces around it.
func (l *lexer) inlineImage() {
	for {
		i := bytes.Index(l.b[l.at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.b)
			return
		}
		l.at += i + 2
		if space(l.b[max(l.at-3, 0)]) && (l.at == len(l.b) || space(l.b[l.at])) {
			return
		}
	}
}

func (s *shower) operator(op word, args []any, resources dict, depth int) {
	n := func(i int) float64 { return number(args, i) }
	switch op {
	case "Tf":
		s.choose(args, resources)
	case "Td", "TD":
		s.move(s.x+n(0), s.y+n(1), s.size)
	case "Tm":
		s.move(n(4), n(5), s.size*max(n(0), n(3), -n(0), -n(3)))
	case "T*":
		s.line()
	case "BT":
		s.x, s.y, s.wide = 0, 0, 0
	case "ET":
		s.out.WriteByte(' ')
	case "Tj":
		s.show(args)
	case "'", "\"":
		s.line()
		s.show(args)
	case "TJ":
		if len(args) > 0 {
			a, _ := args[len(args)-1].([]any)
			s.showSpaced(a)
		}
	case "Do":
		s.form(args, resources, depth)
	}
}

func number(args []any, i int) float64 {
	if i < len(args) {
		n, _ := args[i].(float64)
		return n
	}
	return 0
}

func (s *shower) line() {
	s.out.WriteByte('\n')
	s.wide = 0
}

// move places the next text. On the same line it is a new word only when there
// is room between it and what was shown.
func (s *shower) move(x, y, size float64) {
	switch {
	case diff(y, s.y) > size*0.3:
		s.line()
	case x < s.x || x-s.x > s.wide+size*0.15:
		s.out.WriteByte(' ')
	}
	s.x, s.y, s.wide = x, y, 0
}

func diff(a, b float64) float64 { return max(a-b, b-a) }

func (s *shower) show(args []any) {
	if len(args) == 0 {
		return
	}
	if t, ok := args[len(args)-1].(text); ok {
		s.write(t)
	}
}

func (s *shower) write(t text) {
	if s.font != nil && !s.r.take(len(t)*len(s.font.spans)/16) { // each code may be looked for in all of them
		return
	}
	shown, width := s.font.decode(string(t), paper.MostText-s.out.Len())
	s.out.WriteString(shown)
	s.wide += width * s.size
}

// gap is how far back a number moves the next letter to make a space of it, in
// thousandths of the size.
const gap = -180

func (s *shower) showSpaced(a []any) {
	for _, v := range a {
		switch v := v.(type) {
		case text:
			s.write(v)
		case float64:
			if v < gap {
				s.out.WriteByte(' ')
			}
			s.wide -= v / 1000 * s.size
		}
	}
}

func (s *shower) choose(args []any, resources dict) {
	if len(args) < 2 {
		return
	}
	key, _ := args[0].(name)
	s.size = max(number(args, 1), -number(args, 1))
	v := s.r.dict(resources["Font"])[string(key)]
	o := s.r.target(v)
	if o == nil {
		s.font = s.r.font(s.r.dict(v))
		return
	}
	if s.r.fonts[o] == nil {
		s.r.fonts[o] = s.r.font(o.dict())
	}
	s.font = s.r.fonts[o]
}

// mostForms limits how many drawings within drawings are run.
const mostForms = 200

// form runs a drawing that the page uses (8.10).
func (s *shower) form(args []any, resources dict, depth int) {
	if len(args) == 0 {
		return
	}
	key, _ := args[0].(name)
	o := s.r.target(s.r.dict(resources["XObject"])[string(key)])
	if o == nil || o.raw == nil || s.r.get(o.dict()["Subtype"]) != name("Form") || s.steps > mostForms {
		return
	}
	s.steps++
	program, _ := s.r.bytes(o, mostPage)
	inner := s.r.dict(o.dict()["Resources"])
	if inner == nil {
		inner = resources
	}
	s.run(program, inner, depth+1)
}
