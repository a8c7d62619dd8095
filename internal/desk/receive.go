package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/queue"
)

// Incoming is one mail handed to us by a door. Web and API wrap what they got
// into a mail first (see Wrap), so there is one way in.
type Incoming struct {
	Channel      cases.Channel
	Raw          []byte
	EnvelopeFrom string   // SMTP: "" is the null sender
	To           []string // SMTP: envelope recipients
	RemoteIP     string
	Helo         string
	Person       people.ID // signed in; "" when it came by mail
	Acted        []string  // what the person ticked: unwrap.Acted constants
	Choice       string    // what the person takes it for, "" when they don't say or it came by mail
	Language     string    // of the page they used, "" when it came by mail
}

// Receipt says what became of a delivery.
type Receipt struct {
	Case     cases.ID // "" when it was a copy of our own letter
	Number   int
	Delivery cases.DeliveryID
	Again    bool // it had already arrived before
}

// arrival is an Incoming, understood.
type arrival struct {
	Incoming

	msg       *mail.Message
	unwrapped unwrap.Delivery
	from      mail.Address
	once      string
	blob      string
	originals []original
	at        time.Time
}

type original struct {
	unwrap.Original

	blob string
	msg  *mail.Message
}

// Receive stores what arrived and queues its assessment, in one write. When it
// returns without error the report is safe, whatever happens next.
func (d *Desk) Receive(ctx context.Context, in Incoming) (Receipt, error) {
	if len(in.Raw) > d.Org.MaxBytes {
		return Receipt{}, fault.New(fault.TooMuch, "fault.too-big", fault.Args{"limit": d.Org.MaxBytes >> 20})
	}
	if len(in.Raw) == 0 {
		return Receipt{}, fault.New(fault.Invalid, "fault.empty", nil)
	}
	d.step("receive.begin")
	leave, err := d.enter(ctx, len(in.Raw))
	if err != nil {
		return Receipt{}, err
	}
	defer leave()
	a, err := d.understand(ctx, in)
	if err != nil {
		return Receipt{}, err
	}
	d.step("receive.stored-bytes")
	var r Receipt
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		r, err = d.accept(ctx, tx, a)
		return err
	})
	d.step("receive.committed")
	return r, err
}

// understand reads the mail and stores its bytes. Bytes that no row names yet
// harm nobody, so this comes before the write.
func (d *Desk) understand(ctx context.Context, in Incoming) (*arrival, error) {
	a := &arrival{Incoming: in, at: d.Now(), msg: mail.Read(in.Raw, mail.DefaultBudget())}
	a.from = a.msg.Author()
	a.unwrapped = unwrap.Unwrap(a.msg)
	sum := sha256.Sum256(append([]byte(people.Normal(a.from.Addr)+"\n"+string(in.Person)+"\n"), in.Raw...))
	a.once = hex.EncodeToString(sum[:])
	stored, err := d.Blobs.Put(ctx, in.Raw)
	if err != nil {
		return nil, err
	}
	a.blob = string(stored)
	for _, o := range a.unwrapped.Originals {
		if o.Note == unwrap.NoteEncrypted {
			o.Shape = unwrap.ShapeEncrypted // nothing was read of it: its bytes are in the delivery
		}
		stored, err := d.Blobs.Put(ctx, o.Raw)
		if err != nil {
			return nil, err
		}
		a.originals = append(a.originals, original{o, string(stored), mail.Read(o.Raw, mail.DefaultBudget())})
	}
	return a, nil
}

// accept is the one write of Receive.
func (d *Desk) accept(ctx context.Context, tx *db.Tx, a *arrival) (Receipt, error) {
	if before, err := cases.DeliveredOnce(ctx, tx, a.once); err == nil {
		c, err := cases.Get(ctx, tx, before.Case)
		return Receipt{Case: c.ID, Number: c.Number, Delivery: before.ID, Again: true}, err
	} else if !fault.Is(err, fault.NotFound) {
		return Receipt{}, err
	}
	if ours, err := d.isOurs(ctx, tx, a); ours || err != nil {
		return Receipt{}, err
	}
	c, err := d.caseFor(ctx, tx, a)
	if err != nil {
		return Receipt{}, err
	}
	delivery, err := d.keep(ctx, tx, a, c)
	if err != nil {
		return Receipt{}, err
	}
	if err := d.Jobs.Add(ctx, tx, AssessJob{delivery}); err != nil {
		return Receipt{}, err
	}
	err = d.Jobs.Add(ctx, tx, AcknowledgeJob{delivery}, queue.At(a.at.Add(acknowledgeAfter)))
	return Receipt{Case: c.ID, Number: c.Number, Delivery: delivery}, err
}

// isOurs recognises the blind copy of a letter of ours. It proves that the
// letter left, so a letter in doubt is marked sent.
func (d *Desk) isOurs(ctx context.Context, tx *db.Tx, a *arrival) (bool, error) {
	if a.msg.MessageID == "" || people.Normal(a.from.Addr) != people.Normal(d.Org.From.Addr) {
		return false, nil
	}
	l, err := letters.ByMessageID(ctx, tx, a.msg.MessageID)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, d.arrived(ctx, tx, l, a.at, "its copy came back")
}

// keep writes the delivery, its reports and the line in the conversation.
func (d *Desk) keep(ctx context.Context, tx *db.Tx, a *arrival, c cases.Case) (cases.DeliveryID, error) {
	made, err := d.newID(a.at)
	if err != nil {
		return "", err
	}
	delivery := cases.Delivery{
		ID: cases.DeliveryID(made), Case: c.ID, Channel: a.Channel, Blob: a.blob, Once: a.once,
		EnvelopeFrom: clean(strings.ToValidUTF8(a.EnvelopeFrom, "?")), RemoteIP: a.RemoteIP,
		Helo: clean(strings.ToValidUTF8(a.Helo, "?")), Person: a.Person, From: people.Normal(a.from.Addr),
		MessageID: a.msg.MessageID, References: a.msg.References, Subject: a.msg.Subject,
		Comment: a.unwrapped.Comment, Acted: a.acted(), Automatic: a.automatic(), Received: a.at,
	}
	if err := cases.AddDelivery(ctx, tx, delivery); err != nil {
		return "", err
	}
	for _, o := range a.originals {
		if err := d.keepOriginal(ctx, tx, a, c, delivery.ID, o); err != nil {
			return "", err
		}
	}
	return delivery.ID, d.say(ctx, tx, cases.Entry{
		Case: c.ID, Kind: a.entry(), Author: c.Reporter, Body: a.words(), At: a.at,
	})
}

func (d *Desk) keepOriginal(ctx context.Context, tx *db.Tx, a *arrival, c cases.Case, by cases.DeliveryID, o original) error {
	made, err := d.newID(a.at)
	if err != nil {
		return err
	}
	return cases.AddReport(ctx, tx, cases.Reported{
		ID: cases.ReportID(made), Case: c.ID, Delivery: by, Person: c.Reporter, Blob: o.blob, Shape: o.Shape,
		Complete: o.Complete, Choice: cmp.Or(a.Choice, a.unwrapped.Choice), Subject: o.msg.Subject, Sender: o.msg.Author().Addr, Created: a.at,
	})
}

// say adds a line to a conversation.
func (d *Desk) say(ctx context.Context, tx *db.Tx, e cases.Entry) error {
	made, err := d.newID(e.At)
	if err != nil {
		return err
	}
	e.ID = made
	return cases.Say(ctx, tx, e)
}

func (a *arrival) entry() cases.EntryKind {
	if len(a.originals) == 0 {
		return cases.EntryComment
	}
	return cases.EntryReport
}

// words is what the person wrote: their comment, or all of a mail that reports
// nothing.
func (a *arrival) words() string {
	if a.unwrapped.Comment == "" && len(a.originals) == 0 {
		return a.msg.Text
	}
	return a.unwrapped.Comment
}

func (a *arrival) acted() []string {
	var c cases.Case
	c.Act(a.unwrapped.Acted...)
	c.Act(a.Acted...)
	return c.Acted
}

// automatic says why the mail is never answered. Someone signed in is a person.
func (a *arrival) automatic() string {
	if a.Channel != cases.BySMTP {
		return ""
	}
	from := a.EnvelopeFrom
	if strings.TrimSpace(from) == "" {
		from = "<>" // what the null sender of RFC 5321 4.5.5 looks like in a header
	}
	return mail.Automatic(a.msg, from)
}
