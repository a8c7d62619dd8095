package text

import (
	"context"
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/phrase"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

//go:embed data/*.txt
var data embed.FS

//nolint:gochecknoglobals // a constant table, built once
var phrases = sync.OnceValues(func() (*phrase.Matcher, error) { return phrase.Load(data) })

// Check looks at the words.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	l := look{v: v}
	l.phrases()
	l.tricks()
	l.subject()
	l.brand()
	l.conversation()
	return l.found
}

// look gathers what is found.
type look struct {
	v     *view.View
	found []verdict.Finding
}

func (l *look) find(id, quote string, args map[string]string) {
	place := verdict.Place{Spot: verdict.InText, Quote: view.Quote(quote)}
	l.found = append(l.found, Table.Find(id, place, args))
}

// phrases looks for what the message wants and how it pushes.
func (l *look) phrases() {
	m, err := phrases()
	if err != nil {
		return // the tests make sure that the lists can be read
	}
	hits := m.Find(l.v.Words)
	for _, group := range slices.Sorted(maps.Keys(hits)) {
		l.group(group, hits[group])
	}
	l.stories(hits)
	l.lures(hits)
}

func (l *look) group(group string, hits []phrase.Hit) {
	quote, vague := l.quoted(hits)
	f := Table.Find("text."+group, verdict.Place{Spot: verdict.InText, Quote: view.Quote(quote)}, map[string]string{"quote": domain.Defang(view.Quote(quote))})
	if !vague { // many words of one topic are still no more than the topic
		f.Weight *= scale(len(hits))
	}
	f.Topic = f.Topic || vague
	l.found = append(l.found, f)
}

// quoted gives the words to show for a group, as they stand in the message: a
// phrase that says what the group says before a vague one, and one of the body
// before one of the subject, which announces rather than asks.
func (l *look) quoted(hits []phrase.Hit) (quote string, vague bool) {
	plain := slices.DeleteFunc(slices.Clone(hits), func(h phrase.Hit) bool { return h.Vague })
	if len(plain) == 0 {
		plain, vague = hits, true
	}
	body := l.v.Text.Body()
	for _, h := range plain {
		if h.From >= body {
			return l.v.Text.Original(h.From, h.To), vague
		}
		if i := strings.Index(l.v.Words[body:], " "+h.Phrase+" "); i >= 0 {
			return l.v.Text.Original(body+i+1, body+i+1+len(h.Phrase)), vague
		}
	}
	return l.v.Text.Original(plain[0].From, plain[0].To), vague
}

// scale says how much more several phrases of one group weigh than one: each
// further phrase adds less, and none after the fourth adds anything.
func scale(hits int) float64 { return []float64{0, 1, 1.5, 1.8, 2}[min(hits, 4)] }

// brand looks for well-known names whose owner the sender is not, in the
// subject, where a message says what it is.
func (l *look) brand() {
	b, ok := l.v.House.Places.NamedBrand(l.v.Title)
	if !ok || b.Owns(l.v.Host) || l.v.House.Places.BrandOwned(l.v.Host) || l.v.Ours(l.v.Host) || l.v.Known(l.v.Host) || l.replies() {
		return
	}
	l.find("text.brand", l.v.Message.Subject, map[string]string{"brand": b.Title(), "domain": domain.Defang(l.v.Host)})
}

// subject looks at the subject's form.
func (l *look) subject() {
	s := l.v.Message.Subject
	if odd(s) {
		l.find("text.odd-subject", s, nil)
	}
	if l.v.HasHeader("List-Id") {
		return // the recipient is a list, and its name is often its topic
	}
	for _, to := range l.v.Message.To {
		local, _, _ := strings.Cut(to.Addr, "@")
		if len(to.Addr) > 6 && strings.Contains(strings.ToLower(s), to.Addr) || len(local) > 3 && strings.Contains(l.v.Title, view.Fold(local)) {
			l.find("text.recipient", s, nil)
			return
		}
	}
}

// odd reports whether a subject draws the eye by pictures, signs or capitals.
func odd(s string) bool {
	signs, upper, lower := 0, 0, 0
	for _, r := range s {
		switch {
		case r >= 0x2600 && r < 0x2800 || r >= 0x1F000 && r < 0x1FB00:
			signs++
		case r >= 'A' && r <= 'Z':
			upper++
		case r >= 'a' && r <= 'z':
			lower++
		}
	}
	return signs > 0 || strings.Count(s, "!") >= 2 || upper >= 12 && lower < upper/3
}
