package reply

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Compose writes the answer for in. It gives as many reasons as a letter can
// carry and stay short and easy to read. An unknown situation, or a team
// without a person to sign, is a fault.Invalid.
func Compose(c *i18n.Catalogue, in Input) (Letter, error) {
	plan, ok := plans[in.Situation]
	if !ok {
		return Letter{}, fault.New(fault.Invalid, "reply.fault.situation", nil)
	}
	if clean(in.Team.Signer) == "" {
		return Letter{}, fault.New(fault.Invalid, "reply.fault.signer", nil)
	}
	var w *writer
	for most := maxReasons; most >= 0; most-- {
		w = newWriter(c, in, most)
		plan(w)
		w.close()
		if most == 0 || w.fits() {
			break
		}
	}
	subject := w.subject()
	return Letter{
		Situation: in.Situation, Lang: w.lang, Subject: subject,
		Text: asText(w.blocks), HTML: asHTML(w.lang, subject, w.blocks),
	}, nil
}

// plans says what each letter is made of.
//
//nolint:gochecknoglobals // a constant table
var plans = map[Situation]func(*writer){
	Acknowledge:       acknowledge,
	PhishingConfirmed: phishing,
	ActedOnDanger:     acted,
	FalseAlarm:        falseAlarm,
	UnwantedAd:        unwantedAd,
	SimulationSpotted: simulation,
	NotSureYet:        notSure,
	Corrected:         corrected,
	HelpRequested:     help,
	OwnWords:          ownWords,
	Rescue:            rescue,
	Unreadable:        sendAgain("unreadable", 3),
	TooBig:            sendAgain("too-big", 2),
	Locked:            sendAgain("locked", 2),
	SignIn:            signIn,
}

func acknowledge(w *writer) {
	w.para(w.open("thanks"), w.count("acknowledge"), w.promise())
	w.para(w.count("do.meanwhile"))
	w.clicked = true
}

func phishing(w *writer) {
	w.settled = true
	w.para(w.open("spotted"), w.phishing(), w.wave())
	w.reasons("phishing", w.in.Reasons)
	w.para(w.count("do.phishing"), w.say("do.phishing.else"), w.question())
	w.clicked = true
}

func acted(w *writer) {
	w.para(w.say("open.calm"), w.phishing(), w.say("together"))
	w.rescue(w.in.Acted)
}

func rescue(w *writer) {
	w.para(w.say("open.calm"), w.say("together"))
	w.rescue(w.in.Acted)
}

func falseAlarm(w *writer) {
	w.settled = true
	w.para(w.open("thanks"), w.count("verdict.legitimate"), w.actedSafely("legitimate"))
	w.reasons("doubts", w.in.Doubts)
	w.reasons("legitimate", w.in.Reasons)
	w.para(w.say("do.nothing"), w.say("after.legitimate"), w.question())
}

func unwantedAd(w *writer) {
	w.settled = true
	w.para(w.open("thanks"), w.count("verdict.spam"), w.actedSafely("spam"))
	w.reasons("spam", w.in.Reasons)
	w.para(w.say("do.spam"))
	w.steps(w.say("do.spam.1"), w.say("do.spam.2"))
	w.para(w.question())
}

func simulation(w *writer) {
	w.settled = true
	w.para(w.open("spotted"), w.exercise(), w.actedSafely("simulation"))
	w.reasons("simulation", w.in.Reasons)
	w.para(w.say("do.nothing"), w.say("after.simulation"), w.question())
}

func notSure(w *writer) {
	w.para(w.open("thanks"), w.count("verdict.unsure"), w.promise())
	w.para(w.count("do.meanwhile"))
	w.clicked = true
}

// corrected owns the mistake, says what is true now and what we had said, and
// what that changes for the person; someone who acted meanwhile is rescued.
func corrected(w *writer) {
	w.settled = w.in.New != verdict.Unsure
	w.para(w.say("open.corrected"), w.now(), w.say("was."+string(w.in.Old)))
	switch w.in.New {
	case verdict.Phishing:
		if len(w.in.Acted) > 0 {
			w.para(w.say("now.trust"), w.say("together"))
			w.rescue(w.in.Acted)
			return
		}
		w.reasons("corrected", w.in.Reasons)
		w.para(w.count("do.corrected"), w.say("do.phishing.else"), w.question())
		w.clicked = true
	case verdict.Unsure:
		if len(w.in.Acted) > 0 {
			w.rescue(w.in.Acted)
			return
		}
		w.para(w.promise(), w.count("do.meanwhile"))
		w.clicked = true
	case verdict.Spam, verdict.Legitimate, verdict.Simulation:
		w.reasons("corrected", w.in.Reasons)
		w.para(w.actedSafely(string(w.in.New)), w.say("do.nothing"), w.question())
	}
}

func help(w *writer) {
	w.para(w.say("open.help"), w.say("help"), w.say("help.then"))
}

// ownWords is the frame around what a person writes themselves: a beginning
// and an end, both theirs to change.
func ownWords(w *writer) {
	w.settled = true
	w.para(w.say("open.help"), w.say("own-words"))
	w.para(w.say("own-words.then"))
}

// sendAgain explains, in steps, how to send us what we could not read.
func sendAgain(what string, steps int) func(*writer) {
	return func(w *writer) {
		w.para(w.open("thanks"), w.say(what))
		w.para(w.say("resend"))
		keys := make([]string, steps)
		for i := range keys {
			keys[i] = w.say(what + "." + string(rune('1'+i)))
		}
		w.steps(keys...)
		w.para(w.say("resend.until"), w.question())
	}
}

func signIn(w *writer) {
	w.para(w.say("open.sign-in"), w.times("sign-in", max(1, int(w.in.Valid.Minutes()))), w.say("sign-in.other"))
	w.link("sign-in", w.in.Links.SignIn, primary)
}

// rescue gives the steps for what was done (a click, when we were not told),
// then says who calls and when.
func (w *writer) rescue(acts []Act) {
	if len(acts) == 0 {
		acts = []Act{Clicked}
	}
	w.para(w.say("steps"))
	steps := rescueSteps(acts)
	lines := make([]string, len(steps))
	for i, key := range steps {
		lines[i] = w.say(key)
	}
	w.steps(lines...)
	w.para(w.say("call"), w.questionByPhone())
}

const (
	maxSteps   = 3
	maxReasons = 3
)

// rescueSteps picks at most three steps for all that was done: the first step
// of each act, the most urgent act first, then their second steps, and so on.
func rescueSteps(acts []Act) []string {
	ordered := urgentFirst(acts)
	var keys []string
	for _, number := range []string{"1", "2", "3"} {
		for _, act := range ordered {
			if len(keys) < maxSteps {
				keys = append(keys, strings.Join([]string{"step", string(act), number}, "."))
			}
		}
	}
	return keys
}

// urgentFirst orders what was done; a click is left out where something graver
// followed from it.
func urgentFirst(acts []Act) []Act {
	var ordered []Act
	for _, act := range Acts() {
		if slices.Contains(acts, act) && (act != Clicked || len(ordered) == 0) {
			ordered = append(ordered, act)
		}
	}
	return ordered
}
