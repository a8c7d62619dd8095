package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

// personCommand is `bienvu person`: who is on the team, on the database of the
// configuration. It may run beside the desk, which heeds every change at once.
type personCommand struct {
	List     personList     `cmd:"" help:"${person_list}"`
	Role     personRole     `cmd:"" help:"${person_role}"`
	Password personPassword `cmd:"" help:"${person_password}"`
	Name     personName     `cmd:"" help:"${person_name}"`
}

type personList struct {
	All bool `help:"${flag_person_all}"`
}

type personName struct {
	Address  string `arg:"" help:"${arg_address}"`
	Name     string `arg:"" optional:"" help:"${arg_name}"`
	Language string `placeholder:"LANG" help:"${flag_person_language}"`
}

// Run lists the team: everybody with a granted role or a password.
func (c *personList) Run(ctx context.Context, w *world) error {
	var rows [][]string
	err := w.onDatabase(ctx, func(_ config.Config, d *db.DB) error {
		return d.Read(ctx, func(tx *db.Tx) (err error) {
			rows, err = c.rows(ctx, tx, w)
			return err
		})
	})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		w.complain("app.person.nobody", nil)
		return nil
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		_, _ = table.Write([]byte(strings.Join(row, "\t") + "\n"))
	}
	return table.Flush()
}

// rows has a line for each role: role, for which account, address, name, and
// whether there is a password.
func (c *personList) rows(ctx context.Context, tx *db.Tx, w *world) (rows [][]string, err error) {
	everybody, err := people.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	team, err := login.Team(ctx, tx)
	if err != nil {
		return nil, err
	}
	passworded, err := login.Passworded(ctx, tx)
	if err != nil {
		return nil, err
	}
	where, err := accountNames(ctx, tx, w)
	if err != nil {
		return nil, err
	}
	for _, p := range everybody {
		grants, secret := team[p.ID], ""
		if slices.Contains(passworded, p.ID) {
			secret = w.t("app.person.has-password", nil)
		}
		if len(grants) == 0 && (c.All || secret != "") {
			grants = []login.Grant{{Role: login.Reporter}}
		}
		for _, g := range grants {
			rows = append(rows, []string{string(g.Role), where[g.Account], p.Address, cmp.Or(plain(p.Name), "-"), secret})
		}
	}
	return rows, nil
}

// accountNames says what each account is called, and "" that stands for all.
func accountNames(ctx context.Context, tx *db.Tx, w *world) (map[people.AccountID]string, error) {
	accounts, err := people.Accounts(ctx, tx)
	names := map[people.AccountID]string{"": w.t("app.person.everywhere", nil)}
	for _, a := range accounts {
		names[a.ID] = plain(a.Name)
	}
	return names, err
}

// Run says what somebody is called, and the language they are written to in.
func (c *personName) Run(ctx context.Context, w *world) error {
	name := strings.TrimSpace(c.Name)
	switch {
	case name == "" && c.Language == "":
		return fault.New(fault.Invalid, "app.person.no-name", nil)
	case utf8.RuneCountInString(name) > longestName || strings.ContainsFunc(name, unicode.IsControl):
		return fault.New(fault.Invalid, "app.person.bad-name", fault.Args{"n": longestName})
	case c.Language != "" && !slices.Contains(w.say.Languages(), c.Language):
		return fault.New(fault.Invalid, "app.person.no-language",
			fault.Args{"language": c.Language, "languages": strings.Join(w.say.Languages(), ", ")})
	}
	var p people.Person
	err := w.onDatabase(ctx, func(_ config.Config, d *db.DB) error {
		return d.Write(ctx, func(tx *db.Tx) (err error) {
			p, err = c.keep(ctx, tx, name)
			return err
		})
	})
	if err == nil {
		w.printf("%s\n", w.t("app.person.named", i18n.Args{
			"address": p.Address, "name": cmp.Or(plain(p.Name), "-"), "language": cmp.Or(p.Language, "-"),
		}))
	}
	return err
}

// longestName is in characters.
const longestName = 100

func (c *personName) keep(ctx context.Context, tx *db.Tx, name string) (people.Person, error) {
	p, err := known(ctx, tx, c.Address)
	if err == nil && name != "" {
		err = people.SetName(ctx, tx, p.ID, name)
	}
	if err == nil && c.Language != "" {
		err = people.SetLanguage(ctx, tx, p.ID, c.Language)
	}
	if err != nil {
		return p, err
	}
	return people.Get(ctx, tx, p.ID)
}

// known finds somebody, or says how they become known.
func known(ctx context.Context, tx *db.Tx, address string) (people.Person, error) {
	p, err := people.ByAddress(ctx, tx, address)
	if fault.Is(err, fault.NotFound) {
		return p, fault.New(fault.NotFound, "app.person.unknown", fault.Args{"address": people.Normal(address)})
	}
	return p, err
}

// member finds somebody by address, or adds them where they are of the
// organisation's domains: a slip of the keyboard gives no stranger a role.
func member(ctx context.Context, tx *db.Tx, cfg config.Config, address string, now time.Time) (people.Person, error) {
	p, err := people.ByAddress(ctx, tx, address)
	if !fault.Is(err, fault.NotFound) {
		return p, err
	}
	if err := whoseDesk(cfg); err != nil {
		return p, err
	}
	if !people.InDomains(address, cfg.Org.Domains) {
		return p, fault.New(fault.Invalid, "app.person.outside",
			fault.Args{"address": people.Normal(address), "domains": strings.Join(cfg.Org.Domains, ", ")})
	}
	return ensurePerson(ctx, tx, cfg, address, now)
}
