package reply

import (
	"cmp"
	"slices"
	"strings"
)

// The measures of a letter.
const (
	mostWords       = 120 // of the body
	wordsASentence  = 20  // on average
	enoughToMeasure = 8   // words; under it a readability score says nothing
)

// Check reads a text the way its reader will, and tells what would hurt,
// confuse or endanger them. What counts as body is told at type document.
func Check(in CheckInput) Tone {
	t, _ := check(in)
	return t
}

func check(in CheckInput) (Tone, document) {
	if lexiconOf(in.Lang, "opening").phrases == nil {
		in.Lang = "en"
	}
	d := read(in)
	c := &checker{document: d, in: in, kind: kinds[in.Situation], citations: citations(d.text, in.Reasons)}
	for _, rule := range rules {
		rule(c)
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return cmp.Compare(a.Start, b.Start) })
	return Tone{
		Pass: len(c.problems) == 0, Score: score(c.problems), Problems: c.problems,
		Readability: d.readability(), Words: d.body,
	}, d
}

// Lint looks for blame, belittling, unexplained jargon and empty phrases in
// any sentence we show, be it a letter or the label of a button.
func Lint(lang, text string) []Problem {
	in := CheckInput{Text: text, Lang: lang}
	c := &checker{document: read(in), in: in}
	for _, rule := range []func(*checker){blame, jargon, saysNothing} {
		rule(c)
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return cmp.Compare(a.Start, b.Start) })
	return c.problems
}

// needs is what a situation asks of its letter, beyond what all letters do.
type needs struct {
	verdict  []string // lexicons: one of them in the first two sentences
	next     []string // lexicons that say what to do, besides numbered steps; nil: nothing is asked
	steps    bool     // numbered steps must be there
	promise  bool     // a time is named
	callback bool     // a person calls back
	mistake  bool     // we own a mistake
	greeting bool     // a greeting is opening enough
	danger   bool     // nothing may call the message safe
	harmless bool     // who acted is told that no harm was done
}

//nolint:gochecknoglobals // a constant table
var kinds = map[Situation]needs{
	Acknowledge:       {verdict: []string{"received"}, next: []string{"meanwhile", "nothing"}, promise: true, danger: true},
	PhishingConfirmed: {verdict: []string{"phishing"}, next: []string{"nothing"}, danger: true},
	ActedOnDanger:     {verdict: []string{"phishing"}, steps: true, callback: true, danger: true},
	FalseAlarm:        {verdict: []string{"legitimate"}, next: []string{"nothing"}, harmless: true},
	UnwantedAd:        {verdict: []string{"spam"}, next: []string{"nothing"}, harmless: true},
	SimulationSpotted: {verdict: []string{"simulation"}, next: []string{"nothing"}, harmless: true},
	NotSureYet:        {verdict: []string{"unsure"}, next: []string{"meanwhile"}, promise: true, danger: true},
	Corrected:         {verdict: []string{"phishing", "spam", "legitimate", "simulation", "unsure"}, next: []string{"nothing", "meanwhile"}, mistake: true},
	HelpRequested:     {verdict: []string{"received"}, promise: true},
	OwnWords:          {},
	Rescue:            {steps: true, callback: true, danger: true},
	Unreadable:        {verdict: []string{"resend"}, steps: true},
	TooBig:            {verdict: []string{"resend"}, steps: true},
	Locked:            {verdict: []string{"resend"}, steps: true},
	SignIn:            {greeting: true},
}

// checker goes through one text.
type checker struct {
	document
	in       CheckInput
	kind     needs
	problems []Problem

	citations []span // in characters
}

// rules are all there are.
//
//nolint:gochecknoglobals // a constant table
var rules = []func(*checker){
	opening, verdictEarly, contradiction, nextStep, blame, jargon, saysNothing, length, plainness,
	reasonCount, ruleName, person, links, click, inHTML, asked, actCovered, promised, calledBack, owned, oneForm, rightLanguage,
}

// weights say how much of the score a broken rule takes; 0.2 where none is given.
//
//nolint:gochecknoglobals // a constant table
var weights = map[string]float64{
	"blame": 0.5, "danger-link": 0.6, "verdict-contradiction": 0.8, "verdict": 0.4, "tracking": 0.5, "says-nothing": 0.4,
	"html-differs": 0.5, "opening-name": 0.1, "readability": 0.1, "long-sentences": 0.1, "form-mixed": 0.1,
}

func score(problems []Problem) float64 {
	s := 1.0
	for _, p := range problems {
		weight, ok := weights[p.Rule]
		if !ok {
			weight = 0.2
		}
		s -= weight
	}
	return max(0, s)
}

// Rules lists the rules a problem can name, for the pages that explain them.
func Rules() []string {
	return []string{
		"opening", "opening-name", "verdict", "verdict-contradiction", "next-step", "too-many-steps", "blame", "jargon",
		"says-nothing", "length", "long-sentences", "readability", "too-many-reasons", "rule-name", "person", "human",
		"danger-link", "extra-click", "tracking", "html-differs", "question", "act", "promise", "callback",
		"mistake-owned", "form-mixed", "language",
	}
}

// whole notes a problem of the text as a whole.
func (c *checker) whole(rule string) { c.at(rule, 0, 0) }

// at notes a problem at a run of characters.
func (c *checker) at(rule string, start, end int) {
	c.problems = append(c.problems, Problem{
		Rule: rule, Start: start, End: end, Quote: c.quote(start, end),
		Why: "reply.why." + rule, Suggestion: "reply.fix." + rule,
	})
}

// spans notes a problem at each run of words that are our own.
func (c *checker) spans(rule string, found []span) {
	for _, s := range found {
		if start, end := c.place(s); !c.cited(start, end) {
			c.at(rule, start, end)
		}
	}
}

// says reports whether one of the lexicons has a phrase among these words.
func (c *checker) says(words []token, lexicons ...string) bool {
	return slices.ContainsFunc(lexicons, func(name string) bool {
		return len(lexiconOf(c.in.Lang, name).find(words)) > 0
	})
}

// fits reports whether the letter is short and plain enough as it stands.
func (w *writer) fits() bool {
	d := read(CheckInput{Text: asText(w.blocks), Lang: w.lang, Signer: clean(w.in.Team.Signer)})
	return d.body <= mostWords && d.perSentence() <= wordsASentence && d.readability() >= plainLanguage
}

func (d *document) perSentence() float64 {
	if len(d.sentences) == 0 {
		return 0
	}
	return float64(d.body) / float64(len(d.sentences))
}

// Checkable is what Check needs to know of a letter that Compose wrote for in;
// reported are the links and domains of the message it is about.
func Checkable(in Input, l Letter, reported []string) CheckInput {
	k := in.Links
	var ours []string
	for _, link := range []string{k.Helped, k.NotHelped, k.Clicked, k.Case, k.SignIn} {
		if strings.TrimSpace(link) != "" {
			ours = append(ours, link)
		}
	}
	return CheckInput{
		Text: l.Text, HTML: l.HTML, Lang: l.Lang, Situation: l.Situation, FirstName: clean(in.FirstName),
		Signer: clean(in.Team.Signer), Contact: clean(in.Team.Phone), Ours: ours, Reported: reported,
		Verdict: in.New, Question: in.Question, Acted: in.Acted, Explained: in.Explained,
		Reasons: slices.Concat(in.Reasons, in.Doubts),
	}
}
