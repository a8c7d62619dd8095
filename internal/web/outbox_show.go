package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/web/page"
)

// The outbox is two things. At a real desk it is the letters about cases, of
// the accounts that somebody works for; sign-in links are nobody's to see. In
// the demo it is the folder that stands in for the mail server, whole, because
// the way in lies there.

// listOutbox lists what we wrote, the newest first.
func (s *site) listOutbox(v *visit) error {
	from := offset(v.r.URL.Query())
	view, err := v.outboxView(from)
	if err != nil {
		return err
	}
	if len(view.Mails) > perPage {
		view.Mails = view.Mails[:perPage]
		view.Older = "/outbox?from=" + strconv.Itoa(from+perPage)
	}
	return v.show(page.Outbox(v.living(), view))
}

func (v *visit) outboxView(from int) (page.OutboxView, error) {
	if v.Demo != nil && v.Outbox != nil {
		return v.folder(from)
	}
	var view page.OutboxView
	err := v.read(func(tx *db.Tx) error {
		all, err := letters.About(v.ctx, tx, v.sight(login.OutboxRead), perPage+1, from)
		for _, l := range all {
			view.Mails = append(view.Mails, row(l))
		}
		return err
	})
	return view, err
}

func row(l letters.Letter) page.MailRow {
	return page.MailRow{Path: "/outbox/" + string(l.ID), To: l.To, Subject: l.Subject, At: l.Created, State: sendState(l.State)}
}

// folder lists the demo's outbox.
func (v *visit) folder(from int) (page.OutboxView, error) {
	all, err := v.Outbox.List(from + perPage + 1)
	view := page.OutboxView{Total: len(all)}
	for _, l := range all[min(from, len(all)):] {
		_, raw, err := v.Outbox.Read(l.ID)
		if err != nil {
			return view, err
		}
		m := mail.Read(raw, mail.DefaultBudget())
		view.Mails = append(view.Mails, page.MailRow{Path: "/outbox/" + l.ID, To: l.To, Subject: m.Subject, At: l.At, State: page.Gone})
	}
	return view, err
}

// found is one mail of ours with its HTML.
type found struct {
	view page.MailView
	html string
}

// findMail reads the mail in the path: a letter about a case that this person
// may see, or in the demo a file of the folder.
func (v *visit) findMail() (found, error) {
	id := v.r.PathValue("id")
	if v.Demo != nil && v.Outbox != nil {
		if l, raw, err := v.Outbox.Read(id); err == nil {
			m := mail.Read(raw, mail.DefaultBudget())
			view := page.MailView{
				MailRow: page.MailRow{Path: "/outbox/" + l.ID, To: l.To, Subject: m.Subject, At: l.At, State: page.Gone},
				From:    m.Get("From"), Text: m.Plain, Headers: fields(m), Own: v.Desk.Org.PublicURL,
			}
			return found{view, withPictures(m)}, nil
		}
	}
	var l letters.Letter
	err := v.read(func(tx *db.Tx) (err error) {
		if l, err = letters.Get(v.ctx, tx, letters.ID(id)); err != nil {
			return err
		}
		c, err := cases.Get(v.ctx, tx, l.Case)
		if err == nil && !v.who.Sees(login.OutboxRead, c.Account) && v.Demo == nil {
			return missing()
		}
		return err
	})
	view := page.MailView{MailRow: row(l), From: v.Desk.Org.From.Addr, Text: v.withoutKeys(l.Text), Headers: []page.Field{
		{Name: "Message-ID", Value: l.MessageID}, {Name: "In-Reply-To", Value: l.InReplyTo}, {Name: "Reply-To", Value: l.ReplyTo},
	}}
	return found{view, l.HTML}, err
}

func fields(m *mail.Message) []page.Field {
	var out []page.Field
	for _, f := range m.Header {
		out = append(out, page.Field{Name: f.Name, Value: f.Value})
	}
	return out
}

// showMail shows one mail of ours as it left.
func (s *site) showMail(v *visit) error {
	m, err := v.findMail()
	if err != nil {
		return err
	}
	if m.html != "" {
		m.view.HTML = m.view.Path + "/html"
	}
	return v.show(page.Mail(v.frame(), m.view))
}

// showMailHTML shows its HTML part behind glass.
func (s *site) showMailHTML(v *visit) error {
	m, err := v.findMail()
	if err != nil {
		return err
	}
	return v.frameHTML(m.html)
}

// answer is one mail of the demo's outbox, for `bienvu report`.
type answer struct {
	MessageID string `json:"message_id"`
	InReplyTo string `json:"in_reply_to"`
	To        string `json:"to"`
	Subject   string `json:"subject"`
	Text      string `json:"text"`
}

const mostSearched = 200 // of the newest mails

// outboxJSON gives the mails that answer a message; all of the newest without
// one.
func (s *site) outboxJSON(v *visit) error {
	wanted := v.r.URL.Query().Get("in_reply_to")
	out := []answer{}
	if s.Outbox != nil {
		all, err := s.Outbox.List(mostSearched)
		if err != nil {
			return err
		}
		for _, l := range all {
			_, raw, err := s.Outbox.Read(l.ID)
			if err != nil {
				return err
			}
			m := mail.Read(raw, mail.DefaultBudget())
			if wanted == "" || slices.Contains(m.InReplyTo, wanted) {
				out = append(out, answer{m.MessageID, first(m.InReplyTo), l.To, m.Subject, m.Plain})
			}
		}
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.WriteHeader(http.StatusOK)
	return json.NewEncoder(v.w).Encode(out)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
