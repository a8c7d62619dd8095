// Package bulk recognises mail that goes to many: newsletters and discussion
// lists that say what they are, and advertising that nobody asked for.
//
// An honest mailing names its list (RFC 2919) and how to leave it (RFC 2369,
// RFC 8058). That moves a message between advertising and legitimate mail; of
// malice it says little, for a thief can copy a newsletter.
package bulk

import (
	"context"
	"embed"
	"strings"
	"sync"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/phrase"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Table lists the findings of this package with their weights. Of the class
// Bulk, a positive weight speaks for advertising, a negative one for a mailing
// that is wanted.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"bulk.discussion":  {Class: verdict.Trust, Weight: -3.0},
	"bulk.newsletter":  {Class: verdict.Trust, Weight: -0.6},
	"bulk.list":        {Class: verdict.Bulk, Weight: -0.8},
	"bulk.unsubscribe": {Class: verdict.Bulk, Weight: 0.3},
	"bulk.service":     {Class: verdict.Bulk, Weight: 0.3},
	"bulk.precedence":  {Class: verdict.Bulk, Weight: 0.1},
	"bulk.words":       {Class: verdict.Bulk, Weight: 0.5},
	"bulk.advertising": {Class: verdict.Bulk, Weight: 0.9},
	"bulk.no-way-out":  {Class: verdict.Bulk, Weight: 0.8},
}

//go:embed data/unsubscribe.txt data/advertising.txt
var data embed.FS

//go:embed data/esp.txt
var esp string

//nolint:gochecknoglobals // a constant table, built once
var phrases = sync.OnceValues(func() (*phrase.Matcher, error) { return phrase.Load(data) })

//nolint:gochecknoglobals // a constant table, built once
var services = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(esp) {
		if line = strings.ToLower(strings.TrimSpace(line)); line != "" && line[0] != '#' {
			out[line] = true
		}
	}
	return out
})

// Check looks for the marks of mass mailing.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	l := look{v: v}
	leave := l.headers()
	l.words(leave)
	return l.found
}

// look gathers what is found.
type look struct {
	v     *view.View
	found []verdict.Finding
}

func (l *look) find(id string, place verdict.Place, args map[string]string) {
	place.Quote = view.Quote(place.Quote)
	l.found = append(l.found, Table.Find(id, place, args))
}

func (l *look) field(id, name, value string, args map[string]string) {
	l.find(id, verdict.Place{Spot: verdict.InHeader, Name: name, Quote: value}, args)
}

// headers looks at what the mailing says of itself; it reports whether it names
// a way to leave.
func (l *look) headers() bool {
	v := l.v
	list, leave := v.Header("List-Id"), v.Header("List-Unsubscribe")
	if list != "" {
		l.field("bulk.list", "List-Id", list, map[string]string{"list": domain.Defang(list)})
	}
	if leave != "" {
		l.field("bulk.unsubscribe", "List-Unsubscribe", leave, nil)
	}
	if list != "" && (v.HasHeader("List-Post") || v.HasHeader("List-Archive") || v.HasHeader("X-Mailman-Version")) {
		l.field("bulk.discussion", "List-Id", list, map[string]string{"list": domain.Defang(list)})
	} else if leave != "" && strings.Contains(strings.ToLower(leave), v.Org) && v.Org != "" {
		l.field("bulk.newsletter", "List-Unsubscribe", leave, map[string]string{"domain": domain.Defang(v.Org)})
	}
	if p := strings.ToLower(v.Header("Precedence")); p == "bulk" || p == "list" || p == "junk" {
		l.field("bulk.precedence", "Precedence", p, nil)
	}
	var low [mostField]byte
	for _, f := range v.Message.Header {
		if len(f.Name) <= mostField && services()[string(lower(low[:0], f.Name))] {
			l.field("bulk.service", f.Name, "", map[string]string{"field": f.Name})
			break
		}
	}
	return leave != ""
}

// mostField is how long the name of a service's field may be.
const mostField = 64

// lower appends a field's name in small letters; names are ASCII (RFC 5322
// section 2.2).
func lower(to []byte, name string) []byte {
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

// words looks for the language of advertising.
func (l *look) words(leave bool) {
	m, err := phrases()
	if err != nil {
		return // the tests make sure that the lists can be read
	}
	hits := m.Find(l.v.Words)
	out := hits["unsubscribe"]
	if len(out) > 0 {
		l.quote("bulk.words", out, 1)
	}
	if n := len(hits["advertising"]); n >= 2 {
		l.quote("bulk.advertising", hits["advertising"], min(float64(n)/2, 3))
		if len(out) == 0 && !leave {
			l.find("bulk.no-way-out", verdict.Place{Spot: verdict.InWhole}, nil)
		}
	}
}

func (l *look) quote(id string, hits []phrase.Hit, scale float64) {
	first := hits[0]
	quote := l.v.Text.Original(first.From, first.To)
	f := Table.Find(id, verdict.Place{Spot: verdict.InText, Quote: view.Quote(quote)}, map[string]string{"quote": domain.Defang(quote)})
	f.Weight *= scale
	l.found = append(l.found, f)
}
