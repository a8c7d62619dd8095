package reply

import "strings"

// kind is what a block of a letter is.
type kind int

const (
	paragraph kind = iota
	points         // reasons, as bullets
	steps          // what to do, numbered
	signature      // who stands behind the letter
	button         // one of our links
	about          // what it answers, quietly at the end
)

// accent is how much a link asks for attention.
type accent int

const (
	quiet   accent = iota
	primary        // the thing to do
	urgent         // "I clicked": red is kept for this alone
)

// block is one piece of a letter; text and HTML are both written from it, so
// they say the same.
type block struct {
	kind   kind
	lines  []string
	href   string
	accent accent
	colon  string // between a label and its address, in plain text
}

func (w *writer) para(sentences ...string) {
	if text := join(sentences...); text != "" {
		w.blocks = append(w.blocks, block{kind: paragraph, lines: []string{text}})
	}
}

func (w *writer) steps(lines ...string) {
	w.blocks = append(w.blocks, block{kind: steps, lines: lines})
}

// reasons gives at most what is left of the three.
func (w *writer) reasons(header string, sentences []string) {
	var lines []string
	for _, s := range sentences {
		if s = defang(clean(s)); s != "" && w.most > 0 {
			lines = append(lines, s)
			w.most--
		}
	}
	if len(lines) == 0 {
		return
	}
	w.para(w.say("reasons." + header))
	w.blocks = append(w.blocks, block{kind: points, lines: lines})
}

func (w *writer) link(key, href string, a accent) {
	if href == "" {
		return
	}
	w.blocks = append(w.blocks, block{
		kind: button, lines: []string{w.say("link." + key)}, href: href, accent: a, colon: w.say("link.colon"),
	})
}

// close adds what every letter ends with: the person, our links, the subject.
func (w *writer) close() {
	w.sign()
	l := w.in.Links
	if w.clicked {
		w.link("clicked", l.Clicked, urgent)
	}
	if w.in.Situation == SignIn {
		return
	}
	if w.settled {
		w.link("helped", l.Helped, quiet)
		w.link("not-helped", l.NotHelped, quiet)
	}
	w.link("case", l.Case, quiet)
	if s := quotable(w.in.Subject); s != "" {
		line := strings.Replace(w.say("about"), "{subject}", s, 1)
		w.blocks = append(w.blocks, block{kind: about, lines: []string{line}})
	}
}

func (w *writer) sign() {
	team := []string{}
	for _, s := range []string{clean(w.in.Team.Name), clean(w.in.Organisation)} {
		if s != "" {
			team = append(team, s)
		}
	}
	contact := "contact"
	if clean(w.in.Team.Phone) != "" {
		contact = "contact.phone"
	}
	lines := []string{clean(w.in.Team.Signer)}
	if len(team) > 0 {
		lines = append(lines, strings.Join(team, ", "))
	}
	w.blocks = append(w.blocks, block{kind: signature, lines: append(lines, w.say(contact))})
}

// asText writes the plain part: one line a paragraph, so that each reader's
// program wraps it as it likes.
func asText(blocks []block) string {
	var b strings.Builder
	for i, bl := range blocks {
		if i > 0 && (bl.kind != button || blocks[i-1].kind != button) {
			b.WriteString("\n")
		}
		for n, line := range bl.lines {
			b.WriteString(marker(bl.kind, n) + line)
			if bl.kind == button {
				b.WriteString(bl.colon + " " + bl.href)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func marker(k kind, n int) string {
	switch k {
	case points:
		return "- "
	case steps:
		return string(rune('1'+n)) + ". "
	case about:
		return "-- \n"
	case paragraph, signature, button:
	}
	return ""
}
