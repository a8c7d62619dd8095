package app

import (
	"bufio"
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/id"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

// personCommand is `bienvu person`: who is on the team, on the database of the
// configuration. It may run beside the desk.
type personCommand struct {
	Role     personRole     `cmd:"" help:"${person_role}"`
	Password personPassword `cmd:"" help:"${person_password}"`
	List     personList     `cmd:"" help:"${person_list}"`
}

type personRole struct {
	Address string `arg:"" help:"${arg_address}"`
	Role    string `arg:"" enum:"reporter,responder,lead,admin" help:"${arg_role}"`
	Account string `placeholder:"NAME" help:"${flag_person_account}"`
	Remove  bool   `help:"${flag_person_remove}"`
}

type personPassword struct {
	Address string `arg:"" help:"${arg_address}"`
}

type personList struct{}

// Run gives somebody a role, or takes it back.
func (c *personRole) Run(ctx context.Context, w *world) error {
	return w.onDatabase(ctx, func(cfg config.Config, d *db.DB) error {
		return d.Write(ctx, func(tx *db.Tx) error {
			now := time.Now()
			p, err := ensurePerson(ctx, tx, cfg, c.Address, now)
			if err != nil {
				return err
			}
			grant := login.Grant{Role: login.Role(c.Role)}
			if c.Account != "" {
				account, err := people.AccountNamed(ctx, tx, c.Account)
				if fault.Is(err, fault.NotFound) {
					return fault.New(fault.NotFound, "app.person.no-account", fault.Args{"account": c.Account})
				}
				if err != nil {
					return err
				}
				grant.Account = account.ID
			}
			if c.Remove {
				return login.RevokeRole(ctx, tx, p.ID, grant)
			}
			return login.GrantRole(ctx, tx, p.ID, grant, now)
		})
	})
}

// Run reads a new password from the standard input and keeps its hash.
func (c *personPassword) Run(ctx context.Context, w *world) error {
	w.complain("app.person.type", nil)
	line, err := bufio.NewReader(w.stdin).ReadString('\n')
	if err != nil && line == "" {
		return fault.Wrap(fault.Invalid, "app.person.no-password", err)
	}
	return w.onDatabase(ctx, func(cfg config.Config, d *db.DB) error {
		hasher, err := login.NewHasher(1)
		if err != nil {
			return err
		}
		hash, err := hasher.Hash(ctx, strings.TrimRight(line, "\r\n"))
		if err != nil {
			return err
		}
		return d.Write(ctx, func(tx *db.Tx) error {
			p, err := ensurePerson(ctx, tx, cfg, c.Address, time.Now())
			if err != nil {
				return err
			}
			return login.SetPassword(ctx, tx, p.ID, hash, time.Now())
		})
	})
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

// Run lists everybody who holds more than the role that all people have.
func (c *personList) Run(ctx context.Context, w *world) error {
	return w.onDatabase(ctx, func(_ config.Config, d *db.DB) error {
		return d.Read(ctx, func(tx *db.Tx) error {
			all, err := people.All(ctx, tx)
			if err != nil {
				return err
			}
			for _, p := range all {
				who, err := login.Of(ctx, tx, p.ID)
				if err != nil {
					return err
				}
				for _, g := range who.Grants {
					if err := w.printGrant(ctx, tx, p, g); err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
}

// printGrant prints one role of one person; everybody's own goes unsaid.
func (w *world) printGrant(ctx context.Context, tx *db.Tx, p people.Person, g login.Grant) error {
	if g == (login.Grant{Role: login.Reporter}) {
		return nil
	}
	where := ""
	if g.Account != "" {
		name, err := people.AccountName(ctx, tx, g.Account)
		if err != nil {
			return err
		}
		where = "  (" + name + ")"
	}
	name := ""
	if p.Name != "" {
		name = "  " + p.Name
	}
	w.printf("%-10s %s%s%s\n", g.Role, p.Address, name, where)
	return nil
}
