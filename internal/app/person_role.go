package app

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/id"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

type personRole struct {
	Address string `arg:"" help:"${arg_address}"`
	Role    string `arg:"" enum:"reporter,responder,lead,admin" help:"${arg_role}"`
	Account string `placeholder:"NAME" help:"${flag_person_account}"`
	Revoke  bool   `help:"${flag_person_revoke}"`
}

// Run gives somebody a role, or takes it back.
func (c *personRole) Run(ctx context.Context, w *world) error {
	role := login.Role(c.Role)
	if role == login.Reporter && (c.Revoke || c.Account != "") {
		return fault.New(fault.Invalid, "app.person.all-report", nil)
	}
	err := w.onDatabase(ctx, func(cfg config.Config, d *db.DB) error {
		return d.Write(ctx, func(tx *db.Tx) error {
			if c.Revoke {
				return c.takeBack(ctx, tx, role)
			}
			return c.give(ctx, tx, cfg, role, time.Now())
		})
	})
	if err == nil {
		w.printf("%s\n", c.outcome(w))
	}
	return err
}

func (c *personRole) outcome(w *world) string {
	key := "app.person.granted"
	switch {
	case c.Role == string(login.Reporter):
		key = "app.person.reporter"
	case c.Revoke:
		key = "app.person.revoked"
	}
	where := c.Account
	if where == "" {
		where = w.t("app.person.everywhere", nil)
	}
	return w.t(key, i18n.Args{"address": people.Normal(c.Address), "role": c.Role, "where": where})
}

// give adds the person where they are new. Nobody is granted "reporter":
// everybody is one.
func (c *personRole) give(ctx context.Context, tx *db.Tx, cfg config.Config, role login.Role, now time.Time) error {
	p, err := member(ctx, tx, cfg, c.Address, now)
	if err != nil || role == login.Reporter {
		return err
	}
	account, err := c.account(ctx, tx)
	if err != nil {
		return err
	}
	return login.GrantRole(ctx, tx, p.ID, login.Grant{Role: role, Account: account}, now)
}

// takeBack says so when there was nothing to take back: somebody might believe
// that a right is gone which stands for another account.
func (c *personRole) takeBack(ctx context.Context, tx *db.Tx, role login.Role) error {
	p, err := known(ctx, tx, c.Address)
	if err != nil {
		return err
	}
	account, err := c.account(ctx, tx)
	if err != nil {
		return err
	}
	who, err := login.Of(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	grant := login.Grant{Role: role, Account: account}
	if !slices.Contains(who.Grants, grant) {
		return fault.New(fault.NotFound, "app.person.not-held", fault.Args{"address": p.Address, "role": string(role)})
	}
	return login.RevokeRole(ctx, tx, p.ID, grant)
}

// account finds the one that was named; "" is all of them.
func (c *personRole) account(ctx context.Context, tx *db.Tx) (people.AccountID, error) {
	if c.Account == "" {
		return "", nil
	}
	accounts, err := people.Accounts(ctx, tx)
	if err != nil {
		return "", err
	}
	var names []string
	for _, a := range accounts {
		if a.Name == c.Account {
			return a.ID, nil
		}
		names = append(names, a.Name)
	}
	return "", fault.New(fault.NotFound, "app.person.no-account",
		fault.Args{"account": c.Account, "accounts": strings.Join(names, ", ")})
}

// ensurePerson finds somebody by address, or adds them: whoever sets the desk up
// may be from outside the organisation's domains.
func ensurePerson(ctx context.Context, tx *db.Tx, cfg config.Config, address string, now time.Time) (people.Person, error) {
	ids := id.NewMaker(rand.Reader)
	account, err := ids.New(now)
	if err != nil {
		return people.Person{}, err
	}
	made, err := ids.New(now)
	if err != nil {
		return people.Person{}, err
	}
	home, err := people.EnsureAccount(ctx, tx, people.Account{ID: people.AccountID(account), Name: cfg.Org.Name}, now)
	if err != nil {
		return people.Person{}, err
	}
	return people.Ensure(ctx, tx, people.Person{ID: people.ID(made), Account: home.ID, Address: address, Since: now})
}
