package story

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/verdict"
)

// The story's size.
const (
	singles      = 352 // reports of one person alone
	waves        = 12  // campaigns that several people report within the hour
	corrections  = 14  // cases where the team's first word was wrong
	recentEdge   = 3 * time.Hour
	daysOfStory  = 365
	workFrom     = 8 * time.Hour
	workDuration = 10 * time.Hour
)

// report is one mail that somebody hands in.
type report struct {
	at       time.Time
	who      member
	template template
	campaign uint64
	way      way
	comment  string
	slow     bool            // the judgement takes more than a minute
	first    verdict.Verdict // what the team says at first, where that is wrong
	waits    bool            // left on the desk: nobody decides it
	stranger bool            // comes from outside
}

// act is what happens at one moment of the story.
type act int

// The acts.
const (
	arrives  act = iota
	decided      // a responder looks at what waits
	rated        // the reporter says whether it helped
	reviewed     // a second look puts right what was told wrong
)

// event is one step of the story.
type event struct {
	at     time.Time
	act    act
	report int
}

// plan is everything that will happen, in order.
type plan struct {
	shelf   shelf
	reports []report
	events  []event
}

// newPlan draws up the year that ends at begun.
func newPlan(s shelf, all cast, begun time.Time) plan {
	w := &writer{shelf: s, cast: all, r: stream(forPlan, 0), begun: begun, days: calendar(begun)}
	for range waves {
		w.wave()
	}
	for range singles {
		w.single()
	}
	slices.SortStableFunc(w.reports, func(a, b report) int { return a.at.Compare(b.at) })
	w.mistakes()
	w.recent()
	return plan{shelf: s, reports: w.reports, events: w.events()}
}

// writer draws the plan.
type writer struct {
	shelf    shelf
	cast     cast
	r        *rand.Rand
	begun    time.Time
	days     []day0
	campaign uint64
	reports  []report
}

// day0 is a day of the year with how busy it is, added up.
type day0 struct {
	start time.Time
	upTo  float64
}

// calendar weighs the days: the desk is asked more and more, hardly ever on
// weekends, less in August and around the turn of the year.
func calendar(begun time.Time) []day0 {
	var days []day0
	sum := 0.0
	y, m, d := begun.Date()
	for i := range daysOfStory {
		start := time.Date(y, m, d-daysOfStory+i, 0, 0, 0, 0, begun.Location())
		sum += (0.6 + 0.8*float64(i)/daysOfStory) * quiet(start)
		days = append(days, day0{start, sum})
	}
	return days
}

func quiet(day time.Time) float64 {
	switch {
	case day.Weekday() == time.Saturday || day.Weekday() == time.Sunday:
		return 0.05
	case day.Month() == time.August:
		return 0.45
	case day.Month() == time.December && day.Day() > 21, day.Month() == time.January && day.Day() < 3:
		return 0.3
	}
	return 1
}

// moment draws a working hour of a day of the year.
func (w *writer) moment() time.Time {
	at := w.r.Float64() * w.days[len(w.days)-1].upTo
	i, _ := slices.BinarySearchFunc(w.days, at, func(d day0, at float64) int { return cmp.Compare(d.upTo, at) })
	start := w.days[min(i, len(w.days)-1)].start
	return start.Add(workFrom + time.Duration(w.r.Int64N(int64(workDuration)))).Truncate(time.Second)
}

// reporter draws a person: the eager more often, those who speak a language
// only where one is named.
func (w *writer) reporter(lang string) member {
	sum := 0
	for _, m := range w.cast {
		if lang == "" || m.Speaks == lang {
			sum += m.Zeal
		}
	}
	n := w.r.IntN(sum)
	for _, m := range w.cast {
		if lang != "" && m.Speaks != lang {
			continue
		}
		if n -= m.Zeal; n < 0 {
			return m
		}
	}
	return w.cast[0]
}

// shares is how the reports of single persons divide, in percent.
//
//nolint:gochecknoglobals // a constant table
var shares = []struct {
	kind  kind
	share int
}{{genuine, 42}, {advert, 24}, {phishing, 24}, {exercise, 4}, {question, 6}}

func (w *writer) kind() kind {
	n := w.r.IntN(100)
	for _, s := range shares {
		if n -= s.share; n < 0 {
			return s.kind
		}
	}
	return genuine
}

// single adds one report of one person.
func (w *writer) single() {
	at := w.moment()
	if at.After(w.begun.Add(-recentEdge)) {
		at = at.AddDate(0, 0, -7)
	}
	who := w.reporter("")
	list := w.shelf.templates[w.kind()][who.Speaks]
	w.campaign++
	w.add(at, who, list[w.r.IntN(len(list))])
}

// wave adds the reports of one campaign by several people: most are lures, one
// in six an exercise, one in six something genuine that went to everybody.
func (w *writer) wave() {
	at := w.moment()
	if at.After(w.begun.Add(-recentEdge)) {
		at = at.AddDate(0, 0, -7)
	}
	k := []kind{phishing, phishing, exercise, phishing, phishing, genuine}[len(w.reports)%6]
	lang := languages[w.r.IntN(5)/3]
	list := w.shelf.templates[k][lang]
	t := list[w.r.IntN(len(list))]
	w.campaign++
	seen := map[string]bool{}
	for range 4 + w.r.IntN(6) {
		who := w.reporter(lang)
		if !seen[who.Address] {
			w.add(at, who, t)
		}
		seen[who.Address] = true
		at = at.Add(time.Duration(60+w.r.IntN(540)) * time.Second)
	}
}

// add adds a report with how it is handed over and what the person says.
func (w *writer) add(at time.Time, who member, t template) {
	one := report{at: at, who: who, template: t, campaign: w.campaign, way: w.way(), slow: w.r.IntN(40) == 0}
	if t.mark && one.way.inline() {
		one.way = attached // an exercise asks to be reported with the button; inline, the proof of it is lost
	}
	if w.r.IntN(10) < 6 {
		one.comment = w.words(who.Speaks, "doubt")
	}
	if t.kind == phishing && w.r.IntN(12) == 0 {
		one.comment = w.words(who.Speaks, "clicked")
	}
	w.reports = append(w.reports, one)
}

func (w *writer) words(lang, occasion string) string {
	list := w.shelf.words[lang][occasion]
	return list[w.r.IntN(len(list))]
}

// way draws how the message is handed over: the button and the attachment keep
// everything, and people are asked to use them.
func (w *writer) way() way {
	ways := []way{attached, attached, attached, attached, attached, attached, knowBe4, microsoft, outlook, outlook, gmail, apple}
	return ways[w.r.IntN(len(ways))]
}

// mistakes makes the team's first word wrong in some cases that one person
// reported alone: a new customer taken for a lure, a lure for advertising.
func (w *writer) mistakes() {
	alone := map[uint64]int{}
	for _, one := range w.reports {
		alone[one.campaign]++
	}
	left := map[kind]int{genuine: corrections / 2, phishing: corrections}
	for i := range w.reports {
		one := &w.reports[i]
		k := one.template.kind
		if alone[one.campaign] > 1 || left[k] == 0 || !one.template.ownSite() {
			continue
		}
		if k == phishing && !one.way.inline() {
			continue // the product is sure of those
		}
		left[k]--
		one.first = map[kind]verdict.Verdict{phishing: verdict.Spam, genuine: verdict.Phishing}[k]
	}
}

// recent adds what waits on the desk when the demo is first seen.
func (w *writer) recent() {
	first := len(w.reports)
	wait := func(ago time.Duration, address string, t template, by way, comment string) {
		w.campaign++
		w.reports = append(w.reports, report{
			at: w.begun.Add(-ago).Truncate(time.Second), who: w.cast.byAddress(address), template: t,
			campaign: w.campaign, way: by, comment: comment, waits: true,
		})
	}
	say := func(lang, occasion string, n int) string { return w.shelf.words[lang][occasion][n] }
	wait(48*time.Minute, "grace.osei@"+Domain, w.shelf.named(question, "en", "travel"), attached, "")
	wait(35*time.Minute, "julien.carpentier@"+Domain, w.shelf.named(genuine, "fr", "new-customer"), outlook, say("fr", "doubt", 0))
	wait(22*time.Minute, "isabelle.perrin@"+Domain, w.shelf.named(phishing, "fr", "shared-document"), attached, say("fr", "clicked", 1))
	wait(15*time.Minute, "", w.shelf.named(phishing, "fr", "supplier-quote"), attached, say("fr", "stranger", 0))
	wait(9*time.Minute, "oliver.grant@"+Domain, w.shelf.named(genuine, "en", "new-customer"), gmail, say("en", "doubt", 2))
	for i := range w.reports[first:] {
		if one := &w.reports[first+i]; one.who.Address == "" {
			one.stranger, one.who = true, member{Name: "Paul Lenoir", Address: "paul.lenoir@atelier-voisin.example", Speaks: "fr"}
		}
	}
}

func (s shelf) named(k kind, lang, name string) template {
	for _, t := range s.templates[k][lang] {
		if t.name == name {
			return t
		}
	}
	return template{}
}

// events puts everything that may happen in order. What comes after the end of
// the story does not happen.
func (w *writer) events() []event {
	var all []event
	for i, one := range w.reports {
		all = append(all, event{one.at, arrives, i})
		if one.waits {
			continue
		}
		decide := one.at.Add(time.Duration(4*60+w.r.IntN(86*60)) * time.Second)
		all = append(all, event{decide, decided, i})
		if w.r.IntN(3) == 0 && one.template.kind != question {
			all = append(all, event{decide.Add(time.Duration(2+w.r.IntN(200)) * time.Minute), rated, i})
		}
		all = append(all, event{decide.Add(time.Duration(20+w.r.IntN(70)) * time.Hour), reviewed, i})
	}
	all = slices.DeleteFunc(all, func(e event) bool { return e.at.After(w.begun) })
	slices.SortStableFunc(all, func(a, b event) int { return a.at.Compare(b.at) })
	return all
}
