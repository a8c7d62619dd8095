package desk

import (
	"context"
	"encoding/json"
	"log/slog"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
)

// SignIn mails a link to sign in. Nobody learns from it whether an address is
// known: for a stranger, and for someone who asked too often, it does nothing
// and says so to nobody but the log.
func (d *Desk) SignIn(ctx context.Context, address, lang string) error {
	err := d.DB.Write(ctx, func(tx *db.Tx) error {
		p, err := d.member(ctx, tx, address)
		if err != nil {
			return err
		}
		token, err := login.NewLink(ctx, tx, d.Random, p.ID, d.Now())
		if err != nil {
			return err
		}
		return d.sendLink(ctx, tx, p, d.shipped(lang), token)
	})
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.TooMuch) {
		d.Log.InfoContext(ctx, "no sign-in link was sent", slog.String("why", fault.Of(err).Key))
		return nil
	}
	return err
}

// member is the person with that address; someone of our domains whom we don't
// know yet becomes known, as the link will prove them.
func (d *Desk) member(ctx context.Context, tx *db.Tx, address string) (people.Person, error) {
	p, err := people.ByAddress(ctx, tx, address)
	if !fault.Is(err, fault.NotFound) || !people.InDomains(address, d.Org.Domains) || d.isOwnAddress(address) {
		return p, err
	}
	now := d.Now()
	if err := login.Newcomer(ctx, tx, now); err != nil {
		return p, err
	}
	made, err := d.newID(now)
	if err != nil {
		return p, err
	}
	account, err := d.accountOf(ctx, tx, &arrival{at: now}, people.Person{})
	if err != nil {
		return p, err
	}
	return people.Ensure(ctx, tx, people.Person{ID: people.ID(made), Account: account, Address: address, Since: now})
}

func (d *Desk) sendLink(ctx context.Context, tx *db.Tx, p people.Person, lang, token string) error {
	now := d.Now()
	in := d.input(&cases.Case{Language: lang, ReporterAddress: p.Address}, p, now)
	in.Situation, in.Valid = reply.SignIn, login.LinkLife
	in.Links = reply.Links{SignIn: d.Org.PublicURL + "/in/" + token}
	words, tone, err := d.compose(draft{input: in})
	if err != nil {
		return err
	}
	made, err := d.newID(now)
	if err != nil {
		return err
	}
	checked, err := json.Marshal(tone)
	if err != nil {
		return err
	}
	l := letters.Letter{
		ID: letters.ID(made), Person: p.ID, Once: "sign-in:" + made, To: p.Address, Situation: string(words.Situation),
		Language: words.Lang, Subject: words.Subject, Text: words.Text, HTML: words.HTML, MessageID: d.messageID(made, 0),
		ReplyTo: d.Org.Reports[0], Tone: checked, TonePass: tone.Pass, State: letters.Ready, Created: now,
	}
	if !tone.Pass {
		l.State = letters.Held
	}
	if _, err := letters.Add(ctx, tx, l); err != nil || l.State == letters.Held {
		return err
	}
	return d.Jobs.Add(ctx, tx, SendJob{l.ID})
}
