package attachment

import (
	"context"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Check looks at the attachments. The links inside them join the message's
// links, so this check runs before those that look at links; their text goes to
// the view's Files.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	l := look{v: v, seen: map[string]bool{}, budget: paper.Default()}
	if slices.ContainsFunc(v.Message.Parts, isFile) {
		l.budget.Passwords = passwords(v)
	}
	for i, p := range v.Message.Parts {
		if p != nil {
			l.part(i, p)
		}
	}
	l.settle()
	v.Files = strings.TrimSpace(l.text.String())
	return l.found
}

// look gathers what is found; each kind is told once.
type look struct {
	v      *view.View
	seen   map[string]bool
	found  []verdict.Finding
	budget *paper.Budget
	text   strings.Builder
	unread []place // files that were not read whole
}

// place is a part of the message, and the file in it that is spoken of: itself,
// or one inside.
type place struct {
	index int
	part  string // name of the part
	file  string // name of the file
}

func (l *look) find(id string, at place, args map[string]string) {
	if l.seen[id] {
		return
	}
	l.seen[id] = true
	if args == nil {
		args = map[string]string{}
	}
	args["name"] = defang(orElse(at.file, at.part))
	spot := verdict.Place{Spot: verdict.InAttachment, Index: at.index, Quote: view.Quote(at.part)}
	l.found = append(l.found, Table.Find(id, spot, args))
}

// defang makes sure that no mail program turns a name into a link.
func defang(s string) string { return view.Quote(strings.ReplaceAll(s, ".", "[.]")) }

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// plain is the weight of a danger that nothing unseen could outweigh.
const plain = 4.0

// settle tells of what was not read. Beside something plainly dangerous it does
// not matter any more, and must not keep us from saying so.
func (l *look) settle() {
	for _, f := range l.found {
		if f.Weight >= plain {
			return
		}
	}
	if len(l.unread) > 0 {
		l.find("attachment.unread", l.unread[0], nil)
	}
}

// part looks at one part. Parts that are the message's own text are left to others.
func (l *look) part(i int, p *mail.Part) {
	at := place{index: i, part: p.Name}
	switch {
	case p.Type == "text/calendar":
		l.calendar(at, p.Body)
	case p.Message != nil:
		l.mail(at, p.Message, 1)
	case isFile(p):
		l.name(at, p)
		l.file(at, p, 0)
		if p.Cut {
			l.unread = append(l.unread, at)
		}
	}
}

// isFile reports whether a part is more than the message's own text.
func isFile(p *mail.Part) bool {
	return p != nil && (p.Message != nil || p.Attachment || p.Name != "" || !strings.HasPrefix(p.Type, "text/"))
}

// name looks at what the file's name says.
func (l *look) name(at place, p *mail.Part) {
	if strings.ContainsRune(p.Name, '\u202e') {
		l.find("attachment.reversed-name", at, nil)
	}
	k, deceives := byName(p.Name)
	if k == harmless {
		k = trueKinds[p.TrueType]
	}
	if k == webpage && !p.Attachment {
		k = harmless
	}
	if k != harmless {
		l.find(string(k), at, nil)
	}
	if deceives && k != webpage || strings.Contains(p.Name, "          ") {
		l.find("attachment.double-extension", at, nil)
	}
	last, _ := endings(p.Name)
	if want := families[last]; want != "" && p.TrueType != "" && p.TrueType != want && p.TrueType != "application/octet-stream" && !strings.HasPrefix(p.TrueType, "image/") {
		l.find("attachment.disguised", at, map[string]string{"type": p.TrueType})
	}
}
