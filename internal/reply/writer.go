package reply

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/verdict"
)

// fewest is the smallest number of people a letter may name: under it a figure
// could point at somebody.
const fewest = 5

// writer gathers the blocks of one letter.
type writer struct {
	c       *i18n.Catalogue
	in      Input
	lang    string
	count1  int  // how many messages, at least 1
	most    int  // how many reasons are left to give
	clicked bool // the message may be dangerous: offer "I clicked, help me"
	settled bool // the letter says what the message is: ask whether it helps
	fill    *strings.Replacer
	blocks  []block
}

func newWriter(c *i18n.Catalogue, in Input, most int) *writer {
	w := &writer{c: c, in: in, lang: in.Lang, count1: max(1, in.Count), most: most}
	if !c.Has(w.lang, "reply.subject") {
		w.lang = "en"
	}
	vocative, name := "", ""
	if first := clean(in.FirstName); first != "" {
		vocative, name = ", "+first, " "+first
	}
	w.fill = strings.NewReplacer("{v}", vocative, "{name}", name, "{org}", clean(in.Organisation),
		"{phone}", clean(in.Team.Phone), "{when}", w.when())
	return w
}

// say is the sentence behind a key, in the reader's form of address.
func (w *writer) say(key string) string { return w.times(key, 1) }

// count says a sentence about the reported messages.
func (w *writer) count(key string) string { return w.times(key, w.count1) }

// times says a sentence that depends on the number n. The catalogue is asked
// without the other arguments, so that nothing a stranger wrote is read as
// markup.
func (w *writer) times(key string, n int) string {
	raw := w.c.T(w.lang, "reply."+key, i18n.Args{"n": n})
	return w.fill.Replace(address(raw, w.in.Form))
}

// address chooses between the forms that stand side by side in a sentence:
// "[Vous avez|Tu as]".
func address(text string, form Form) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		both, after, _ := strings.Cut(rest, "]")
		vous, tu, _ := strings.Cut(both, "|")
		if form == Tu {
			vous = tu
		}
		b.WriteString(vous)
		text = after
	}
}

// open is the opening of that tone, fitted to the milestone.
func (w *writer) open(tone string) string {
	key := "open." + tone
	if w.in.Milestone != Ordinary && w.c.Has(w.lang, "reply."+key+"."+string(w.in.Milestone)) {
		key += "." + string(w.in.Milestone)
	}
	return w.say(key)
}

// phishing is the verdict, with the word explained at its first use.
func (w *writer) phishing() string {
	if w.in.Explained {
		return w.count("verdict.phishing.known")
	}
	return w.count("verdict.phishing")
}

func (w *writer) exercise() string {
	if clean(w.in.Organisation) == "" {
		return w.say("verdict.simulation.anonymous")
	}
	return w.say("verdict.simulation")
}

// now is the new verdict of a correction.
func (w *writer) now() string {
	switch w.in.New {
	case verdict.Phishing:
		if w.in.Explained {
			return w.count("now.phishing.known")
		}
		return w.count("now.phishing")
	case verdict.Simulation:
		return w.exercise()
	case verdict.Unsure:
		return w.count("verdict.unsure")
	case verdict.Spam, verdict.Legitimate:
	}
	return w.count("now." + string(w.in.New))
}

// wave says what the report did for others, or nothing when we don't know.
func (w *writer) wave() string {
	v := w.in.Wave
	switch {
	case v.First && v.Protected >= fewest:
		return w.times("wave.first.protected", v.Protected)
	case v.First:
		return w.say("wave.first")
	case v.Protected >= fewest:
		return w.times("wave.protected", v.Protected)
	case v.Protected > 0:
		return w.say("wave.protected.few")
	case v.Earlier >= fewest:
		return w.times("wave.earlier", v.Earlier)
	case v.Earlier > 0:
		return w.say("wave.earlier.few")
	}
	return ""
}

// promise says by when the answer comes, and that the question has arrived.
func (w *writer) promise() string {
	return join(w.say("promise.answer"), w.askedToo())
}

func (w *writer) askedToo() string {
	if !AsksMore(w.in.Question) {
		return ""
	}
	return w.say("question.too")
}

// question promises an answer to what was asked besides.
func (w *writer) question() string {
	if !AsksMore(w.in.Question) {
		return ""
	}
	return w.say("promise.question")
}

// questionByPhone is for those we are about to call anyway.
func (w *writer) questionByPhone() string {
	if !AsksMore(w.in.Question) {
		return ""
	}
	return w.say("question.call")
}

// actedSafely puts at ease somebody who acted on a message that is no danger.
func (w *writer) actedSafely(what string) string {
	if len(w.in.Acted) == 0 {
		return ""
	}
	return w.say("acted." + what)
}

// when says the promise as people do: the clock alone today, the day's name
// within the week, the date after that.
func (w *writer) when() string {
	p, now := w.in.Promise, w.in.Now
	if p.IsZero() || p.Before(now) {
		return w.plain("when.soon")
	}
	zone := w.in.Zone
	if zone == nil {
		zone = p.Location()
	}
	p, now = p.In(zone), now.In(zone)
	clock := w.plain("clock", "h", strconv.Itoa(p.Hour()), "m", p.Format("04"))
	if p.Minute() == 0 {
		clock = w.plain("clock.round", "h", strconv.Itoa(p.Hour()))
	}
	date := strconv.Itoa(p.Day())
	if p.Day() == 1 {
		date = w.plain("date.first")
	}
	return w.plain(whenKey(now, p), "clock", clock, "date", date,
		"day", w.plain("day."+strconv.Itoa(int(p.Weekday()))),
		"month", w.plain("month."+strconv.Itoa(int(p.Month()))))
}

// whenKey chooses by calendar days, not by hours.
func whenKey(now, then time.Time) string {
	midnight := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	switch days := int(midnight(then).Sub(midnight(now)).Hours() / 24); {
	case days == 0:
		return "when.today"
	case days == 1:
		return "when.tomorrow"
	case days < 7:
		return "when.weekday"
	}
	return "when.date"
}

// plain says a phrase with its own arguments, in pairs.
func (w *writer) plain(key string, pairs ...string) string {
	args := i18n.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return w.c.T(w.lang, "reply."+key, args)
}

// subject is ours when there is none to answer.
func (w *writer) subject() string {
	if s := quotable(w.in.Subject); s != "" && w.in.Situation != SignIn {
		return "Re: " + s
	}
	if w.in.Situation == SignIn {
		return w.say("subject.sign-in")
	}
	return w.say("subject")
}

// clean makes one line of a name or a number that comes from outside.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '\u2028' || r == '\u2029'
	}), " ")
}

// join puts sentences side by side, leaving out the empty ones.
func join(sentences ...string) string {
	kept := sentences[:0:0]
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}
