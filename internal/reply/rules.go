package reply

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/bienvu/bienvu/internal/verdict"
)

// opening: the first sentence thanks or reassures, by first name.
func opening(c *checker) {
	first := c.first(1)
	if c.kind.greeting && c.says(first, "greeting") {
		return
	}
	if !c.says(first, "opening") {
		c.sentence("opening", 0)
	}
	if name := clean(c.in.FirstName); name != "" && !contains(first, name) {
		c.sentence("opening-name", 0)
	}
}

// sentence notes a problem of a whole sentence of the body.
func (c *checker) sentence(rule string, n int) {
	if n >= len(c.sentences) {
		c.whole(rule)
		return
	}
	c.spans(rule, []span{{c.sentences[n].from, c.sentences[n].to}})
}

// contains reports whether the words of a name stand there in a row.
func contains(words []token, name string) bool {
	p := parsePhrase(nameOnly(name))
	return len(p) == 0 || slices.ContainsFunc(indexes(words), func(i int) bool { return p.match(words, i) > 0 })
}

// nameOnly keeps what a lexicon would read as marks out of a name.
func nameOnly(name string) string {
	return strings.Map(func(r rune) rune {
		if wordRune(r) {
			return r
		}
		return ' '
	}, name)
}

func indexes(words []token) []int {
	all := make([]int, len(words))
	for i := range all {
		all[i] = i
	}
	return all
}

// verdictEarly: the verdict stands in the first two sentences.
func verdictEarly(c *checker) {
	wanted := c.kind.verdict
	if c.in.Situation == Corrected && c.in.Verdict != "" {
		wanted = []string{lexiconFor(c.in.Verdict)}
	}
	if len(wanted) > 0 && !c.says(c.first(2), wanted...) {
		c.sentence("verdict", 1)
	}
}

func lexiconFor(v verdict.Verdict) string {
	switch v {
	case verdict.Phishing, verdict.Spam, verdict.Legitimate, verdict.Simulation, verdict.Unsure:
		return string(v)
	}
	return string(verdict.Unsure)
}

// contradiction: nothing in a letter about a dangerous (or not yet judged)
// message may call it safe, and the other way round.
func contradiction(c *checker) {
	body := c.words[:c.body]
	switch {
	case c.kind.danger:
		c.spans("verdict-contradiction", c.outsideReasons(lexiconOf(c.in.Lang, "legitimate").find(body)))
	case c.in.Situation == FalseAlarm, c.in.Situation == UnwantedAd:
		c.spans("verdict-contradiction", lexiconOf(c.in.Lang, "phishing").find(c.first(2)))
	}
}

// nextStep: what to do now, in one to three numbered steps, or plainly nothing.
func nextStep(c *checker) {
	if len(c.numbered) > maxSteps {
		c.whole("too-many-steps")
	}
	if !c.kind.steps && c.kind.next == nil || len(c.numbered) > 0 {
		return
	}
	if c.kind.steps || !c.says(c.words[:c.body], c.kind.next...) {
		c.whole("next-step")
	}
}

// blame: no blame, no belittling, in any line.
func blame(c *checker) { c.spans("blame", lexiconOf(c.in.Lang, "blame").find(c.words)) }

// jargon: no word of the trade without its explanation at its first use.
func jargon(c *checker) {
	seen := map[string]bool{}
	words := c.words[:c.body]
	for _, s := range lexiconOf(c.in.Lang, "jargon").find(words) {
		term := words[s.start].folded
		if seen[term] || c.in.Explained && term == "phishing" {
			continue
		}
		if seen[term] = c.explained(s); !seen[term] {
			c.spans("jargon", []span{s})
		}
	}
}

// explainers are the marks and words after which a term is explained.
var explainers = regexp.MustCompile(`^[\s\p{Zs}»”"')]*(?:[(:,–—-]|c['’]est[- ]à[- ]dire|that is|which means|means|which is|veut dire|c['’]est|` +
	`signifie|est un|est une|is a|is the)`)

// explained reports whether at least three words of the same sentence explain
// the term: after it ("phishing: a fake, made to steal") or before it, when it
// stands in brackets ("a fake made to steal (phishing)").
func (c *checker) explained(s span) bool {
	start, end := c.place(s)
	after := 0
	for i := s.end; i < c.body && c.words[i].sentence == c.words[s.start].sentence; i++ {
		after++
	}
	if after >= 3 && explainers.MatchString(string(c.text[end:min(len(c.text), end+40)])) {
		return true
	}
	before := strings.TrimRight(string(c.text[max(0, start-4):start]), " «“\"'\u202f\u00a0")
	inBrackets := strings.HasSuffix(before, "(")
	return inBrackets && s.start >= 3 && c.words[s.start-3].sentence == c.words[s.start].sentence
}

// saysNothing: true, and of no use to anybody.
func saysNothing(c *checker) {
	c.spans("says-nothing", lexiconOf(c.in.Lang, "empty").find(c.words[:c.body]))
}

// length: at most 120 words, 20 a sentence on average.
func length(c *checker) {
	if c.body > mostWords {
		c.at("length", c.words[mostWords].start, c.words[c.body-1].end)
	}
	if c.perSentence() <= wordsASentence {
		return
	}
	longest := 0
	for i, s := range c.sentences {
		if s.to-s.from > c.sentences[longest].to-c.sentences[longest].from {
			longest = i
		}
	}
	c.sentence("long-sentences", longest)
}

// plainness: easy to read for anyone.
func plainness(c *checker) {
	if c.body >= enoughToMeasure && c.readability() < plainLanguage {
		c.whole("readability")
	}
}

func reasonCount(c *checker) {
	if c.bullets > maxReasons {
		c.whole("too-many-reasons")
	}
}

var (
	ruleNames = regexp.MustCompile(`\b(?:[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+_[a-z]+(?:_[a-z]+)+)\b`)
	fileName  = regexp.MustCompile(`^[\w-]*(?:\.|\[\.\])\w`)
	clocks    = regexp.MustCompile(`(?i)\b\d{1,2}(?::\d\d|[\s\x{00a0}\x{202f}]?h(?:[\s\x{00a0}\x{202f}]?\d\d)?|[\s\x{00a0}]?[ap]\.?m)\b`)
)

// ruleName: a reason is a sentence, never the name of a rule. The name of a
// file may look like one.
func ruleName(c *checker) {
	body := string(c.text)
	for _, m := range ruleNames.FindAllStringIndex(body, -1) {
		start := len([]rune(body[:m[0]]))
		end := start + len([]rune(body[m[0]:m[1]]))
		if !c.isOurs(start) && !c.cited(start, end) && !fileName.MatchString(body[m[1]:]) {
			c.at("rule-name", start, end)
		}
	}
}

// person: somebody signs, and there is a way to reach them.
func person(c *checker) {
	signer := clean(c.in.Signer)
	switch {
	case signer != "" && !strings.Contains(string(c.text), signer):
		c.whole("person")
	case signer == "" && !c.signedByAnybody():
		c.whole("person")
	}
	contact := clean(c.in.Contact)
	if !c.says(c.words, "human") && (contact == "" || !strings.Contains(string(c.text), contact)) {
		c.whole("human")
	}
}

// signedByAnybody looks for a line of one to four capitalised words, after
// the first one.
func (c *checker) signedByAnybody() bool {
	for n, line := range strings.Split(string(c.text), "\n") {
		words := strings.Fields(line)
		if n == 0 || len(words) == 0 || len(words) > 4 || strings.ContainsAny(line, ".!?:/") {
			continue
		}
		if !slices.ContainsFunc(words, func(w string) bool { return !unicode.IsUpper([]rune(w)[0]) }) {
			return true
		}
	}
	return false
}

// click: one click is asked at most, and it is a link of ours, labelled.
func click(c *checker) {
	c.spans("extra-click", lexiconOf(c.in.Lang, "click").find(c.words[:c.body]))
}

// asked: a question gets at least the word that it was read.
func asked(c *checker) {
	if c.in.Situation != SignIn && AsksMore(c.in.Question) && !c.says(c.words[:c.body], "question", "received") {
		c.whole("question")
	}
}

// actCovered: what the person did is answered; the three most urgent, as the
// steps are three.
func actCovered(c *checker) {
	body := c.words[:c.body]
	if len(c.in.Acted) == 0 {
		return
	}
	if c.kind.harmless || c.in.Situation == Corrected && c.in.Verdict != verdict.Phishing && c.in.Verdict != verdict.Unsure {
		if !c.says(body, "act.safe") {
			c.whole("act")
		}
		return
	}
	if c.in.Situation != ActedOnDanger && c.in.Situation != Rescue && c.in.Situation != Corrected && c.in.Situation != PhishingConfirmed {
		return
	}
	for i, act := range urgentFirst(c.in.Acted) {
		if i < maxSteps && !c.says(body, "act."+string(act)) {
			c.whole("act")
			return
		}
	}
}

// promised: a time is named.
func promised(c *checker) {
	wanted := c.kind.promise || c.in.Situation == Corrected && c.in.Verdict == verdict.Unsure
	if !wanted || c.says(c.words[:c.body], "time") || clocks.MatchString(c.bodyText()) {
		return
	}
	c.whole("promise")
}

func (c *checker) bodyText() string {
	if c.body == 0 {
		return ""
	}
	return c.quote(0, c.words[c.body-1].end)
}

func calledBack(c *checker) {
	if c.kind.callback && !c.says(c.words[:c.body], "callback") {
		c.whole("callback")
	}
}

func owned(c *checker) {
	if c.kind.mistake && !c.says(c.words[:c.body], "mistake") {
		c.whole("mistake-owned")
	}
}

// oneForm: French says vous or tu to the same person, not both.
func oneForm(c *checker) {
	if c.in.Lang != "fr" {
		return
	}
	vous, tu := -1, -1
	for i, w := range c.words[:c.body] {
		switch w.folded {
		case "vous", "votre", "vos":
			vous = i
		case "tu", "toi", "te", "ta", "tes":
			tu = i
		}
	}
	if vous >= 0 && tu >= 0 {
		c.spans("form-mixed", []span{{max(vous, tu), max(vous, tu) + 1}})
	}
}

// rightLanguage: the letter is in the language it says it is.
func rightLanguage(c *checker) {
	if got := LanguageOf(c.prose()); got != "" && got != c.in.Lang {
		c.whole("language")
	}
}

// outsideReasons leaves out what stands in the list of reasons: "it claims to
// be safe" is a reason, not our verdict.
func (c *checker) outsideReasons(found []span) []span {
	return slices.DeleteFunc(found, func(s span) bool { return c.words[s.start].reason })
}

// prose is the body without its reasons, which may quote another language.
func (c *checker) prose() string {
	var b strings.Builder
	for _, w := range c.words[:c.body] {
		if !w.reason {
			b.WriteString(w.lower + " ")
		}
	}
	return b.String()
}
