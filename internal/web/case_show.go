package web

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/campaign"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// dossier is all that is kept of a case, read in one transaction.
type dossier struct {
	c          cases.Case
	reporter   people.Person
	department string
	deliveries []cases.Delivery
	reports    []cases.Reported
	said       []cases.Entry
	letters    []letters.Letter
	past       int // reports of the person, this one included
	same       int
	kin        []campaign.Kin
	names      map[people.ID]string
	queue      page.QueueView

	messages []*mail.Message   // of the reports; nil where the bytes are no longer kept
	results  []analysis.Result // of the reports
	gravest  int               // index of the report the evidence is about; -1 for none
}

// seen reads the case in the path for a member of the team. A case of another
// account is not there.
func (v *visit) seen(tx *db.Tx, right login.Right) (cases.Case, error) {
	c, err := cases.Get(v.ctx, tx, cases.ID(v.r.PathValue("id")))
	if err != nil {
		return c, err
	}
	if !v.who.Sees(right, c.Account) {
		return c, missing()
	}
	return c, nil
}

// showCase is one case: its conversation, its evidence and, when a verdict was
// chosen, the answer prepared for review.
func (s *site) showCase(v *visit) error {
	d, err := v.dossier()
	if err != nil {
		return err
	}
	view := v.caseView(d)
	if chosen := verdict.Verdict(v.r.URL.Query().Get("answer")); choosable(chosen) && view.CanSend {
		draft, err := v.prepare(d.c, chosen, "")
		if err != nil {
			return err
		}
		view.Draft = &draft
	}
	return v.show(page.Case(v.living(), view))
}

// showDraft shows the case again with a text that did not leave.
func (v *visit) showDraft(status int, draft page.Draft, problem string) error {
	d, err := v.dossier()
	if err != nil {
		return err
	}
	view := v.caseView(d)
	view.Draft, view.Problem = &draft, problem
	f := v.frame() // it stays as it is: the person is writing
	f.Path = "/desk/" + string(d.c.ID)
	return v.showAs(status, page.Case(f, view))
}

func (v *visit) dossier() (*dossier, error) {
	d := &dossier{gravest: -1}
	err := v.read(func(tx *db.Tx) (err error) {
		if d.c, err = v.seen(tx, login.CaseRead); err != nil {
			return err
		}
		tab := cases.Tab(v.r.FormValue("tab"))
		if tab == "" {
			tab = tabOf(d.c)
		}
		if d.queue, err = v.queue(tx, tab, d.c.ID); err != nil {
			return err
		}
		return v.gather(tx, d)
	})
	if err != nil {
		return nil, err
	}
	return d, v.judged(d)
}

// gather reads what belongs to the case.
func (v *visit) gather(tx *db.Tx, d *dossier) (err error) {
	id := d.c.ID
	if d.reports, err = cases.Reports(v.ctx, tx, id); err != nil {
		return err
	}
	if d.deliveries, err = cases.Deliveries(v.ctx, tx, id); err != nil {
		return err
	}
	if d.said, err = cases.Conversation(v.ctx, tx, id); err != nil {
		return err
	}
	if d.letters, err = letters.Of(v.ctx, tx, id); err != nil {
		return err
	}
	if d.same, err = cases.Same(v.ctx, tx, v.sight(login.CaseRead), id); err != nil {
		return err
	}
	if d.kin, err = campaign.KinOf(v.ctx, tx, v.sight(login.CaseRead), id, mostKin); err != nil {
		return err
	}
	return v.gatherPeople(tx, d)
}

func (v *visit) gatherPeople(tx *db.Tx, d *dossier) (err error) {
	name := v.names(tx)
	d.names = map[people.ID]string{d.c.DecidedBy: name(d.c.DecidedBy, "")}
	for _, e := range d.said {
		d.names[e.Author] = name(e.Author, "")
	}
	if d.c.Reporter == "" {
		return nil
	}
	if d.reporter, err = people.Get(v.ctx, tx, d.c.Reporter); err != nil {
		return err
	}
	d.names[d.c.Reporter] = name(d.c.Reporter, "")
	if d.department, err = people.AccountName(v.ctx, tx, d.c.Account); err != nil {
		return err
	}
	d.past, _, err = cases.TotalOf(v.ctx, tx, d.c.Reporter)
	return err
}

// judged reads the reported messages and what the analysis said of them.
func (v *visit) judged(d *dossier) error {
	d.messages, d.results = make([]*mail.Message, len(d.reports)), make([]analysis.Result, len(d.reports))
	for i, r := range d.reports {
		m, err := v.message(r)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		d.messages[i] = m
		if len(r.Judgement) > 0 {
			if err := json.Unmarshal(r.Judgement, &d.results[i]); err != nil {
				return err
			}
		}
		if d.gravest < 0 || d.results[i].Score > d.results[d.gravest].Score {
			d.gravest = i
		}
	}
	return nil
}

// caseView lays the dossier out.
func (v *visit) caseView(d *dossier) page.CaseView {
	c := d.c
	view := page.CaseView{
		Queue: d.queue, ID: string(c.ID), Number: c.Number, Subject: c.Subject, Urgent: c.Urgent && c.State != cases.Closed,
		Promise: c.Promised, Answered: c.Answered, CanSend: v.who.Sees(login.CaseDecide, c.Account),
		CanWrite: v.who.Sees(login.ReplySend, c.Account) && c.Reporter != "" && (len(d.reports) == 0 || !c.Answered.IsZero()),
		CanClose: v.who.Sees(login.CaseDecide, c.Account) && (c.State == cases.New || c.State == cases.Waiting),
		Person: page.Reporter{
			Name: d.reporter.Name, Address: c.ReporterAddress, Department: d.department, Lang: c.Language, Reports: d.past,
			Outside: c.Reporter == "",
		},
		Told: v.told(d),
	}
	if view.Person.Name == "" {
		view.Person.Name = c.ReporterAddress
	}
	for _, act := range c.Acted {
		view.Acted = append(view.Acted, page.Act(act))
	}
	if c.State == cases.Waiting && c.Hold != cases.HoldNone {
		view.Held = []string{v.t("hold."+string(c.Hold), nil)}
	}
	guests := v.guests(d, &view)
	view.Thread = v.thread(d, guests)
	return view
}

// guests lays out each reported message, and the evidence of the gravest with
// its places marked.
func (v *visit) guests(d *dossier, view *page.CaseView) []page.Guest {
	guests := make([]page.Guest, len(d.reports))
	for i, m := range d.messages {
		if m == nil {
			continue
		}
		var found []verdict.Finding
		if i == d.gravest {
			found = placed(m, d.results[i].Findings)
		}
		guests[i] = newGuest(m, found)
		if m.HTML != "" {
			guests[i].HTML = "/desk/" + string(d.c.ID) + "/html/" + string(d.reports[i].ID)
		}
	}
	if d.gravest >= 0 {
		evidence := v.evidence(d)
		view.Evidence = &evidence
	}
	return guests
}

// thread is the conversation, the oldest first, each reported message in its
// place.
func (v *visit) thread(d *dossier, guests []page.Guest) []page.Entry {
	var out []page.Entry
	next := 0 // the first delivery whose report has no line yet
	for _, e := range d.said {
		out = append(out, v.entry(d, e))
		if e.Kind != cases.EntryReport {
			continue
		}
		line := len(out) - 1
		for ; next < len(d.deliveries); next++ {
			mine := reportsOf(d, d.deliveries[next].ID)
			for n, i := range mine {
				if n > 0 {
					out = append(out, page.Entry{Kind: page.EntryReport, Who: out[line].Who, At: e.At})
				}
				out[len(out)-1].Guest = &guests[i]
			}
			if len(mine) > 0 {
				next++
				break
			}
		}
	}
	return out
}

func reportsOf(d *dossier, id cases.DeliveryID) []int {
	var all []int
	for i, r := range d.reports {
		if r.Delivery == id {
			all = append(all, i)
		}
	}
	return all
}

// entry says one line of the conversation.
func (v *visit) entry(d *dossier, e cases.Entry) page.Entry {
	out := page.Entry{At: e.At, Who: d.names[e.Author], Text: e.Body, Kind: page.EntryNote}
	if out.Who == "" {
		out.Who = v.speaker(d, e)
	}
	switch e.Kind {
	case cases.EntryReport:
		out.Kind = page.EntryReport
	case cases.EntryComment:
		out.Kind = page.EntryQuestion
	case cases.EntryLetter:
		out.Kind, out.Ours, out.Auto = page.EntryAnswer, true, e.Author == ""
		for _, l := range d.letters {
			if string(l.ID) == e.Letter {
				out.Text, out.State = v.withoutKeys(l.Text), sendState(l.State)
			}
		}
	case cases.EntryDecision:
		out.Ours, out.Text = true, v.t("web.entry.decision", map[string]any{"verdict": v.word(verdict.Verdict(e.Body))})
	case cases.EntryFeedback:
		word, sentence, _ := strings.Cut(e.Body, "\n")
		out.Kind, out.Text = page.EntryFeedback, strings.TrimSpace(v.t("web.entry."+word, nil)+"\n"+sentence)
	case cases.EntryRescue:
		out.Text = v.actedWords(e.Body)
	case cases.EntryNotice:
		out.Text, out.Ours = v.t(e.Body, nil), e.Author != d.c.Reporter
	}
	return out
}

// speaker is who stands at a line whose author has no name.
func (v *visit) speaker(d *dossier, e cases.Entry) string {
	switch e.Kind {
	case cases.EntryReport, cases.EntryComment, cases.EntryFeedback, cases.EntryRescue:
		return d.c.ReporterAddress
	case cases.EntryLetter, cases.EntryDecision, cases.EntryNotice:
	}
	return v.t("web.us", nil)
}

func (v *visit) actedWords(list string) string {
	var words []string
	for act := range strings.SplitSeq(list, ",") {
		if page.Act(act).Valid() {
			words = append(words, v.t("acted."+act, nil))
		}
	}
	return strings.Join(words, ", ")
}

// withoutKeys hides the links of a letter: they are for the person it went to,
// mostly signed, and nobody else should press them.
func (v *visit) withoutKeys(text string) string {
	pattern := regexp.QuoteMeta(v.Desk.Org.PublicURL) + `/(a|in|reports)/\S+`
	return regexp.MustCompile(pattern).ReplaceAllString(text, "[…]")
}

// sendState is a letter's state as people read it.
func sendState(s letters.State) page.SendState {
	switch s {
	case letters.Held:
		return page.Stopped
	case letters.Ready, letters.Claimed, letters.Handing:
		return page.Waits
	case letters.Sent:
		return page.Gone
	case letters.Failed:
		return page.Failed
	case letters.Doubtful:
		return page.InDoubt
	}
	return page.Waits
}

// told lists what the person was told, and what may be done about it.
func (v *visit) told(d *dossier) []page.Told {
	var out []page.Told
	who := d.names[d.c.Reporter]
	for _, l := range d.letters {
		t := page.Told{Who: who, What: l.Verdict, Subject: l.Subject, At: l.Created, State: sendState(l.State)}
		if t.Who == "" {
			t.Who = l.To
		}
		if v.who.Sees(login.OutboxRead, d.c.Account) {
			t.Mail = "/outbox/" + string(l.ID)
		}
		if v.who.Sees(login.ReplySend, d.c.Account) && (l.State == letters.Doubtful || l.State == letters.Failed) {
			t.Resolve = "/desk/" + string(d.c.ID) + "/letters/" + string(l.ID)
		}
		out = append(out, t)
	}
	return out
}

// notAllowed is what somebody hears who may look but not touch.
func notAllowed() error { return fault.New(fault.Forbidden, "fault.not-allowed", nil) }

// decidable reads the case in the path and says whether this person may decide
// it: another account's is not there, one they only may read is refused.
func (v *visit) decidable(right login.Right) (c cases.Case, err error) {
	err = v.read(func(tx *db.Tx) error {
		c, err = v.seen(tx, login.CaseRead)
		return err
	})
	if err == nil && !v.who.Sees(right, c.Account) {
		return c, notAllowed()
	}
	return c, err
}
