package app

import (
	"context"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	partners "github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/people"
)

// houseCommand is `bienvu house`: whom the organisation knows, on the database of
// the configuration. It may run beside the desk, which heeds every change at once.
type houseCommand struct {
	List   houseList   `cmd:"" help:"${house_list}"`
	Import houseImport `cmd:"" help:"${house_import}"`
	Remove houseRemove `cmd:"" help:"${house_remove}"`
}

type houseList struct{}

type houseImport struct {
	File    string `arg:"" help:"${arg_house_file}"`
	Account string `placeholder:"NAME" help:"${flag_house_account}"`
}

type houseRemove struct {
	Domain  string `arg:"" help:"${arg_house_domain}"`
	Account string `placeholder:"NAME" help:"${flag_house_account}"`
}

// Run lists the partners, a line for each.
func (*houseList) Run(ctx context.Context, w *world) error {
	var all []partners.Partner
	var where map[people.AccountID]string
	err := w.onDatabase(ctx, func(_ config.Config, d *db.DB) error {
		return d.Read(ctx, func(tx *db.Tx) (err error) {
			if all, err = partners.Partners(ctx, tx); err != nil {
				return err
			}
			where, err = accountNames(ctx, tx, w)
			return err
		})
	})
	if err != nil {
		return err
	}
	if len(all) == 0 {
		w.complain("app.house.nobody", nil)
		return nil
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, p := range all {
		_, _ = table.Write([]byte(strings.Join([]string{p.Domain, string(p.Kind), where[p.Account], plain(p.Note)}, "\t") + "\n"))
	}
	return table.Flush()
}

// Run enters what a table holds: all of it, or nothing when a line makes no sense.
func (c *houseImport) Run(ctx context.Context, w *world) error {
	sheet, err := c.read(w)
	if err != nil {
		return err
	}
	now := time.Now()
	err = w.onDatabase(ctx, func(cfg config.Config, d *db.DB) error {
		return d.Write(ctx, func(tx *db.Tx) error { return c.enter(ctx, tx, cfg, sheet, now) })
	})
	if err == nil {
		w.printf("%s\n", w.t("app.house.entered", i18n.Args{"partners": len(sheet.Partners), "persons": len(sheet.Prominent)}))
	}
	return err
}

// read reads the table; "-" is what stands on standard input.
func (c *houseImport) read(w *world) (partners.Sheet, error) {
	if c.File == "-" {
		return partners.ReadSheet(w.stdin)
	}
	f, err := os.Open(c.File)
	if err != nil {
		return partners.Sheet{}, err
	}
	defer func() { _ = f.Close() }()
	return partners.ReadSheet(io.Reader(f))
}

func (c *houseImport) enter(ctx context.Context, tx *db.Tx, cfg config.Config, s partners.Sheet, now time.Time) error {
	account, err := (&personRole{Account: c.Account}).account(ctx, tx)
	if err != nil {
		return err
	}
	for _, p := range s.Partners {
		p.Account, p.Added = account, now
		if err := partners.Enter(ctx, tx, p); err != nil {
			return err
		}
	}
	for _, one := range s.Prominent {
		p, err := member(ctx, tx, cfg, one.Address, now)
		if err != nil {
			return err
		}
		if one.Name != "" {
			if err := people.SetName(ctx, tx, p.ID, one.Name); err != nil {
				return err
			}
		}
		if err := partners.Mark(ctx, tx, p.ID, true); err != nil {
			return err
		}
	}
	return nil
}

// Run takes a partner out, or the mark from a person.
func (c *houseRemove) Run(ctx context.Context, w *world) error {
	err := w.onDatabase(ctx, func(_ config.Config, d *db.DB) error {
		return d.Write(ctx, func(tx *db.Tx) error { return c.remove(ctx, tx) })
	})
	if err == nil {
		w.printf("%s\n", w.t("app.house.removed", i18n.Args{"domain": plain(c.Domain)}))
	}
	return err
}

func (c *houseRemove) remove(ctx context.Context, tx *db.Tx) error {
	if strings.Contains(strings.TrimPrefix(c.Domain, "@"), "@") {
		p, err := known(ctx, tx, c.Domain)
		if err != nil {
			return err
		}
		return partners.Mark(ctx, tx, p.ID, false)
	}
	account, err := (&personRole{Account: c.Account}).account(ctx, tx)
	if err != nil {
		return err
	}
	was, err := partners.Remove(ctx, tx, account, partners.Host(c.Domain))
	if err == nil && !was {
		return fault.New(fault.NotFound, "app.house.unknown", fault.Args{"domain": plain(c.Domain)})
	}
	return err
}
