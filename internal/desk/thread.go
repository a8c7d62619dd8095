package desk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/people"
)

// caseFor finds the case a mail goes on with, or opens a new one. A mail goes
// on with a case only when it answers a letter of that case, comes from the
// person of that case, and reports nothing new: a new matter never lands in an
// old one.
func (d *Desk) caseFor(ctx context.Context, tx *db.Tx, a *arrival) (cases.Case, error) {
	who, err := d.claimed(ctx, tx, a)
	if err != nil {
		return cases.Case{}, err
	}
	if len(a.originals) == 0 {
		c, found, err := d.answered(ctx, tx, a)
		if err != nil {
			return c, err
		}
		if found && c.ReporterAddress == people.Normal(a.from.Addr) {
			return c, nil
		}
	}
	return d.open(ctx, tx, a, who)
}

// claimed is the person the mail says it is from. Whether it is true is asked
// later (see prove).
func (d *Desk) claimed(ctx context.Context, tx *db.Tx, a *arrival) (people.Person, error) {
	var p people.Person
	var err error
	if a.Person != "" {
		return people.Get(ctx, tx, a.Person)
	}
	if p, err = people.ByAddress(ctx, tx, a.from.Addr); fault.Is(err, fault.NotFound) {
		return people.Person{}, nil
	}
	return p, err
}

// answered finds the case whose letter this mail answers: by our own reply
// address, else by the Message-IDs it refers to (RFC 5322 3.6.4).
func (d *Desk) answered(ctx context.Context, tx *db.Tx, a *arrival) (cases.Case, bool, error) {
	for _, to := range a.To {
		if number, ok := d.caseOf(to); ok {
			c, err := cases.ByNumber(ctx, tx, number)
			return c, err == nil, ignoreNone(err)
		}
	}
	for _, ref := range append(append([]string{}, a.msg.InReplyTo...), a.msg.References...) {
		l, err := letters.ByMessageID(ctx, tx, ref)
		if err == nil && l.Case != "" {
			c, err := cases.Get(ctx, tx, l.Case)
			return c, err == nil, err
		}
		if err = ignoreNone(err); err != nil {
			return cases.Case{}, false, err
		}
	}
	return cases.Case{}, false, nil
}

func ignoreNone(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// open opens a case for a mail.
func (d *Desk) open(ctx context.Context, tx *db.Tx, a *arrival, who people.Person) (cases.Case, error) {
	account, err := d.accountOf(ctx, tx, a, who)
	if err != nil {
		return cases.Case{}, err
	}
	made, err := d.newID(a.at)
	if err != nil {
		return cases.Case{}, err
	}
	c := cases.Case{
		ID: cases.ID(made), Account: account, Reporter: a.Person, // who a mail is from is proved later: see welcome
		ReporterAddress: people.Normal(a.from.Addr),
		Subject:         a.subject(), Kind: cases.Report, State: cases.New, Language: d.languageOf(a, who), Opened: a.at,
	}
	if len(a.originals) == 0 {
		c.Kind = cases.Question
	}
	if c.Act(a.acted()...); c.Urgent {
		c.Kind = cases.Rescue
	}
	return cases.Open(ctx, tx, c)
}

func (d *Desk) accountOf(ctx context.Context, tx *db.Tx, a *arrival, who people.Person) (people.AccountID, error) {
	if who.Account != "" {
		return who.Account, nil
	}
	made, err := d.newID(a.at)
	if err != nil {
		return "", err
	}
	account, err := people.EnsureAccount(ctx, tx, people.Account{ID: people.AccountID(made), Name: d.Org.Account}, a.at)
	return account.ID, err
}

// subject is what the case is about: the reported message, else the mail.
func (a *arrival) subject() string {
	for _, o := range a.originals {
		if o.msg.Subject != "" {
			return o.msg.Subject
		}
	}
	return a.msg.Subject
}

// replyAddress is where answers to our letters go: the report address with the
// case's number and a mark that nobody else can make.
func (d *Desk) replyAddress(number int) string {
	local, domain, ok := strings.Cut(d.Org.Reports[0], "@")
	if !ok {
		return d.Org.Reports[0]
	}
	return fmt.Sprintf("%s+%d-%s@%s", local, number, d.mark(number), domain)
}

// caseOf reads the case's number back from a reply address.
func (d *Desk) caseOf(address string) (int, bool) {
	local, _, _ := strings.Cut(people.Normal(address), "@")
	_, token, _ := strings.Cut(local, "+")
	digits, mark, _ := strings.Cut(token, "-")
	number, err := strconv.Atoi(digits)
	if err != nil || !hmac.Equal([]byte(mark), []byte(d.mark(number))) {
		return 0, false
	}
	return number, true
}

func (d *Desk) mark(number int) string {
	mac := hmac.New(sha256.New, d.Key)
	fmt.Fprintf(mac, "reply-address:%d", number)
	return hex.EncodeToString(mac.Sum(nil))[:16]
}
