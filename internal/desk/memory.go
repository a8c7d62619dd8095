package desk

import (
	"context"
	"log/slog"
	"slices"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/people"
)

// mostWatched is how many suppliers a sender is held against for imitation.
const mostWatched = 500

// knowing is what the organisation knows, with what the account of a report
// knows and remembers of this message's sender: a few lookups.
func (d *Desk) knowing(ctx context.Context, m *matter, message *mail.Message) analysis.House {
	h := d.house(ctx, m.now)
	var with analysis.House
	err := d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		with, err = recall(ctx, tx, m, h, sender(message))
		return err
	})
	if err != nil { // a message is judged all the same, by what it says itself
		d.Log.WarnContext(ctx, "the memory of senders was not read", slog.Any("error", err))
		return h
	}
	return with
}

// sender is the address that a message is remembered by: the one whose proof the
// analysis looks for.
func sender(m *mail.Message) string {
	if len(m.From) == 0 {
		return ""
	}
	return people.Normal(m.From[0].Addr)
}

// recall adds what an account knows of a sender.
func recall(ctx context.Context, tx *db.Tx, m *matter, h analysis.House, sender string) (analysis.House, error) {
	host := domain.Of(sender)
	names, err := known.Names(ctx, tx)
	if err != nil {
		return h, err
	}
	suppliers, err := known.SuppliersOf(ctx, tx, m.account, mostWatched)
	if err != nil {
		return h, err
	}
	partners, err := known.PartnersOf(ctx, tx, m.account, host)
	if err != nil {
		return h, err
	}
	h.Names, h.Known = slices.Concat(h.Names, names), slices.Concat(h.Known, suppliers)
	h.Suppliers, h.Newsletters = slices.Clone(h.Suppliers), slices.Clone(h.Newsletters)
	for _, p := range partners {
		switch p.Kind {
		case known.Supplier:
			h.Suppliers = append(h.Suppliers, p.Domain)
		case known.Newsletter:
			h.Newsletters = append(h.Newsletters, p.Domain)
		case known.Customer, known.Service:
			h.Known = append(h.Known, p.Domain)
		}
	}
	person, err := people.ByAddress(ctx, tx, m.delivery.From)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return h, err
	}
	h.Seen, err = known.Remember(ctx, tx, known.Question{
		Account: m.account, Person: person.ID, Address: sender, Domain: domain.Org(host), Now: m.now,
	})
	return h, err
}

// see remembers who sent what was reported. What strangers report teaches
// nothing: they could teach us to trust them.
func see(ctx context.Context, tx *db.Tx, m *matter, c cases.Case) error {
	if m.person.ID == "" {
		return nil
	}
	for i, sender := range m.senders {
		host := domain.Of(sender)
		if host == "" {
			continue
		}
		err := known.See(ctx, tx, known.Sighting{
			Report: m.reports[i].ID, Case: c.ID, Account: c.Account, Person: m.person.ID,
			Address: sender, Domain: domain.Org(host), Proved: m.results[i].Proved, At: m.now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
