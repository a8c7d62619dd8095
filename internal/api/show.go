package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/verdict"
)

// summary is a report in short, as its reporter may see it: the verdict is the
// one they were told, not what the desk may think meanwhile.
type summary struct {
	ID       cases.ID        `json:"id"`
	Number   int             `json:"number"`
	Kind     cases.Kind      `json:"kind"`
	State    cases.State     `json:"state"`
	Urgent   bool            `json:"urgent"`
	Subject  string          `json:"subject"`
	Language string          `json:"language"`
	Verdict  verdict.Verdict `json:"verdict,omitempty"`
	Reported time.Time       `json:"reported_at"`
	Promised time.Time       `json:"promised_at,omitzero"`
	Answered time.Time       `json:"answered_at,omitzero"`
	Updated  time.Time       `json:"updated_at"`
	Page     string          `json:"page"`
}

// report is a report and what became of it.
type report struct {
	summary

	Messages []message `json:"messages"`
	Answers  []sent    `json:"answers"`
	Effect   *effect   `json:"effect,omitempty"`
}

type message struct {
	Subject  string `json:"subject"`
	Sender   string `json:"sender"`
	Complete bool   `json:"complete"`
	Choice   string `json:"choice,omitempty"`
}

type sent struct {
	Subject  string          `json:"subject"`
	Text     string          `json:"text"`
	Language string          `json:"language"`
	Verdict  verdict.Verdict `json:"verdict,omitempty"`
	SentAt   time.Time       `json:"sent_at"`
}

type effect struct {
	First      bool `json:"first"`
	Colleagues int  `json:"colleagues,omitempty"`
}

type page struct {
	Reports []summary `json:"reports"`
	Next    string    `json:"next,omitempty"`
}

// The limits of paging.
const (
	defaultPage = 25
	maxPage     = 100
	maxOffset   = 1_000_000
)

// fewest is the number of people below which no figure is given.
const fewest = 5

// list gives the caller's own reports.
func (s *server) list(w http.ResponseWriter, c call) error {
	if c.who.Person == "" {
		return fault.New(fault.Forbidden, "fault.api-service-list", nil)
	}
	limit, err := number(c, "limit", defaultPage, 1, maxPage)
	if err != nil {
		return err
	}
	offset, err := number(c, "offset", 0, 0, maxOffset)
	if err != nil {
		return err
	}
	var own []summary
	err = s.DB.Read(c.Context(), func(tx *db.Tx) error {
		var err error
		own, err = s.ownOf(c, tx, limit+1, offset) // one more says whether there is a next page
		return err
	})
	if err != nil {
		return err
	}
	p := page{Reports: own}
	if len(own) > limit {
		p.Reports = own[:limit]
		p.Next = fmt.Sprintf("%sreports?limit=%d&offset=%d", Prefix, limit, offset+limit)
	}
	write(w, http.StatusOK, "application/json", p)
	return nil
}

func (s *server) ownOf(c call, tx *db.Tx, limit, offset int) ([]summary, error) {
	all, err := cases.OfPerson(c.Context(), tx, c.who.Person, limit, offset)
	if err != nil {
		return nil, err
	}
	own := make([]summary, 0, len(all))
	for _, one := range all {
		short, err := s.summary(c.Context(), tx, one)
		if err != nil {
			return nil, err
		}
		own = append(own, short)
	}
	return own, nil
}

// number reads a whole number from the query.
func number(c call, name string, otherwise, least, most int) (int, error) {
	text := c.URL.Query().Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, fault.New(fault.Invalid, "fault.api-paging", fault.Args{"field": name, "least": least, "most": most})
	}
	return n, nil
}

// get gives one report. What the caller may not see is not there.
func (s *server) get(w http.ResponseWriter, c call) error {
	var r report
	err := s.DB.Read(c.Context(), func(tx *db.Tx) error {
		one, err := cases.Get(c.Context(), tx, cases.ID(c.PathValue("id")))
		if err != nil {
			return err
		}
		if !c.sees(one) {
			return fault.New(fault.NotFound, "fault.api-no-report", nil)
		}
		r, err = s.report(c.Context(), tx, one)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "fault.api-no-report", nil)
	}
	if err != nil {
		return err
	}
	write(w, http.StatusOK, "application/json", r)
	return nil
}

// sees reports whether a report is the caller's: their own, or for a service
// that of somebody it may report for.
func (c call) sees(one cases.Case) bool {
	if c.who.Person != "" {
		return one.Reporter == c.who.Person
	}
	return one.Reporter != "" && c.who.Sees(login.ReportForAny, one.Account)
}

func (s *server) summary(ctx context.Context, tx *db.Tx, c cases.Case) (summary, error) {
	told, err := letters.Told(ctx, tx, c.ID)
	short := summary{
		ID: c.ID, Number: c.Number, Kind: c.Kind, State: c.State, Urgent: c.Urgent, Subject: c.Subject, Language: c.Language,
		Verdict: told, Reported: c.Opened, Answered: c.Answered, Updated: c.Updated, Page: s.page(c.ID),
	}
	if c.Answered.IsZero() {
		short.Promised = c.Promised
	}
	return short, err
}

func (s *server) report(ctx context.Context, tx *db.Tx, c cases.Case) (report, error) {
	r := report{Messages: []message{}, Answers: []sent{}}
	var err error
	if r.summary, err = s.summary(ctx, tx, c); err != nil {
		return r, err
	}
	reported, err := cases.Reports(ctx, tx, c.ID)
	if err != nil {
		return r, err
	}
	for _, m := range reported {
		r.Messages = append(r.Messages, message{Subject: m.Subject, Sender: m.Sender, Complete: m.Complete, Choice: m.Choice})
	}
	if r.Answers, err = answers(ctx, tx, c.ID); err != nil {
		return r, err
	}
	if r.Verdict == verdict.Phishing || r.Verdict == verdict.Spam {
		r.Effect, err = effectOf(ctx, tx, c, reported)
	}
	return r, err
}

// answers are the letters that left; what waits or failed is the team's matter.
func answers(ctx context.Context, tx *db.Tx, id cases.ID) ([]sent, error) {
	all, err := letters.Of(ctx, tx, id)
	out := []sent{}
	for _, l := range all {
		if l.State == letters.Sent {
			out = append(out, sent{Subject: l.Subject, Text: l.Text, Language: l.Language, Verdict: l.Verdict, SentAt: l.SentAt})
		}
	}
	return out, err
}

// effectOf says what a report changed for others, across its messages.
func effectOf(ctx context.Context, tx *db.Tx, c cases.Case, reported []cases.Reported) (*effect, error) {
	e := &effect{First: true}
	for _, r := range reported {
		wave, err := cases.WaveAround(ctx, tx, r.Campaign, c.Reporter, r.Created)
		if err != nil {
			return nil, err
		}
		e.First = e.First && wave.Earlier == 0
		e.Colleagues = max(e.Colleagues, wave.Earlier+wave.Later)
	}
	if e.Colleagues < fewest {
		e.Colleagues = 0
	}
	return e, nil
}
