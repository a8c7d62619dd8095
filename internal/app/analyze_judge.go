package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/msg"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Judging one message may take this long; what is over it is cut by the
// analyzers, which say so in a finding.
const judgeTime = 30 * time.Second

// judge judges messages one by one; it is safe for concurrent use.
type judge struct {
	*world
	answers bool // write the answers too
	team    reply.Team
	form    reply.Form
}

// newJudge takes from the configuration, where there is a good one, only who
// signs and how people are addressed: verdicts are the same everywhere.
func newJudge(w *world, answers bool) judge {
	j := judge{world: w, answers: answers, team: reply.Team{Name: w.t("team.name", nil), Signer: w.t("app.analyze.signer", nil)}}
	if loaded, err := w.load(); err == nil && loaded.Org.Signer != "" {
		j.team = reply.Team{Name: cmp.Or(loaded.Org.TeamName, j.team.Name), Signer: loaded.Org.Signer, Phone: loaded.Org.Phone}
		j.form = reply.Form(loaded.Org.AddressForm)
	}
	return j
}

// look judges one message. Whatever a message does to us, the next one is
// still judged: a panic becomes the error of its line.
func (j judge) look(ctx context.Context, s source) (line judged) {
	line = judged{File: s.name, Verdict: verdict.Unsure, Score: 0.5, Findings: []seen{}}
	if s.err != nil {
		line.Error = j.why(s.err)
		return line
	}
	defer func() {
		if recover() != nil {
			line = judged{File: s.name, Verdict: verdict.Unsure, Score: 0.5, Findings: []seen{}, Error: j.t("app.crashed", nil)}
		}
	}()
	ctx, stop := context.WithTimeout(ctx, judgeTime)
	defer stop()
	now := time.Now()
	m, ok := readable(s)
	if !ok {
		line.Error = j.t("app.not-a-message", nil)
		return line
	}
	result := analysis.Analyze(ctx, analysis.Subject{Message: m, Now: now})
	line.take(j.world, result)
	if j.answers {
		line.sheet, line.Error = j.sheet(m, result, now)
	}
	return line
}

// readable gives the mail of a source: its bytes, or what Outlook saved it in.
// It is false where there is none.
func readable(s source) (*mail.Message, bool) {
	raw := s.raw
	if msg.Is(raw) {
		inside := unwrap.Dropped(s.name, raw)
		if len(inside) == 0 {
			return nil, false
		}
		raw = inside[0].Raw
	}
	m := mail.Read(raw, mail.DefaultBudget())
	return m, unwrap.IsMessage(m) || isTornMail(s)
}

// isTornMail lets pass what was saved as a mail and has no header left, as long
// as it is text.
func isTornMail(s source) bool {
	return strings.EqualFold(filepath.Ext(s.name), ".eml") && strings.HasPrefix(http.DetectContentType(s.raw), "text/")
}

// why says in a few words why a file can't be read.
func (j judge) why(err error) string {
	if errors.Is(err, errTooBig) {
		return j.t("app.too-big", i18n.Args{"limit": fmt.Sprintf("%d MB", messageLimit>>20)})
	}
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return j.t("app.cant-read", i18n.Args{"why": err})
}

func (l *judged) take(w *world, r analysis.Result) {
	l.Verdict, l.Score, l.Confident = r.Verdict, r.Score, r.Confident
	l.Language, l.Campaign, l.Intent, l.Asks, l.Presses = r.Language, r.Campaign, r.Intent, r.Asks, r.Presses
	for _, f := range r.Findings {
		l.Findings = append(l.Findings, seen{
			ID: f.ID, Weight: f.Weight, Moved: f.Moved,
			Expert:   sentences.Expert(w.say, w.lang, f),
			Reporter: sentences.Reporter(w.say, w.lang, f),
		})
	}
}

// answer composes what the desk would send: the verdict where it is sure, else
// that a person is looking.
func (j judge) answer(m *mail.Message, r analysis.Result, now time.Time) (text, problem string) {
	in := reply.Input{
		Situation: reply.NotSureYet, Lang: j.lang, Now: now, Promise: now.Add(time.Hour),
		Subject: cmp.Or(m.Subject, j.t("app.analyze.reported", nil)),
		Team:    j.team, Form: j.form,
		Wave: reply.Wave{First: true},
	}
	if r.Confident {
		in.Situation = reply.SituationFor(r.Verdict, nil)
		in.Promise = time.Time{}
		desk.Because(j.say, &in, r.Judgement)
	}
	letter, err := reply.Compose(j.say, in)
	if err != nil {
		f := fault.Of(err)
		return "", j.t(f.Key, i18n.Args(f.Args))
	}
	return letter.Text, ""
}

// sender is the first From of a message, as a mail client shows it.
func sender(m *mail.Message) string {
	if len(m.From) == 0 {
		return ""
	}
	if m.From[0].Name == "" {
		return m.From[0].Addr
	}
	return m.From[0].Name + " <" + m.From[0].Addr + ">"
}
