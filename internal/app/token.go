package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/id"
	"github.com/bienvu/bienvu/internal/login"
)

// tokenCommand is `bienvu token`: the API tokens of a desk, on its database. It
// may run beside the desk.
type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"${token_create}"`
	List   tokenList   `cmd:"" help:"${token_list}"`
	Revoke tokenRevoke `cmd:"" help:"${token_revoke}"`
}

type tokenCreate struct {
	Person  string        `placeholder:"ADDRESS" xor:"whose" required:"" help:"${flag_token_person}"`
	Service string        `placeholder:"NAME" xor:"whose" required:"" help:"${flag_token_service}"`
	Name    string        `placeholder:"TEXT" help:"${flag_token_name}"`
	Rights  []string      `name:"right" placeholder:"RIGHT" help:"${flag_token_right}"`
	For     time.Duration `placeholder:"720h" help:"${flag_token_for}"`
}

type tokenList struct{}

type tokenRevoke struct {
	ID string `arg:"" help:"${arg_token}"`
}

// needsRights refuses a service that names no right, and names those there are
// and those that a mail button needs: hand in reports for people of the
// organisation, and read what became of them.
func needsRights() error {
	usual := []login.Right{login.ReportSend, login.ReportForAny, login.ReportReadOwn}
	return fault.New(fault.Invalid, "app.token.rights", fault.Args{"usual": named(usual, ","), "all": named(login.Rights(), ", ")})
}

func named(rights []login.Right, between string) string {
	names := make([]string, len(rights))
	for i, r := range rights {
		names[i] = string(r)
	}
	return strings.Join(names, between)
}

// Run makes a token and prints it: the one time it can be read.
func (c *tokenCreate) Run(ctx context.Context, w *world) error {
	if c.Service != "" && len(c.Rights) == 0 {
		return needsRights()
	}
	var text string
	err := w.onDatabase(ctx, func(cfg config.Config, d *db.DB) error {
		return d.Write(ctx, func(tx *db.Tx) error {
			now := time.Now()
			t, err := c.token(ctx, tx, cfg, now)
			if err != nil {
				return err
			}
			text, err = login.NewToken(ctx, tx, rand.Reader, t, now)
			return err
		})
	})
	if err != nil {
		return err
	}
	w.complain("app.token.once", nil) // beside the token, so that a script can read it alone
	w.printf("%s\n", text)
	return nil
}

func (c *tokenCreate) token(ctx context.Context, tx *db.Tx, cfg config.Config, now time.Time) (login.Token, error) {
	made, err := id.NewMaker(rand.Reader).New(now)
	if err != nil {
		return login.Token{}, err
	}
	t := login.Token{ID: made, Name: cmp.Or(c.Name, c.Service, c.Person)}
	if c.For > 0 {
		t.Expires = now.Add(c.For)
	}
	for _, right := range c.Rights {
		t.Rights = append(t.Rights, login.Right(right))
	}
	if c.Service == "" {
		p, err := member(ctx, tx, cfg, c.Person, now)
		t.Person = p.ID
		return t, err
	}
	return t, nil
}

// Run lists the tokens, without their secrets.
func (c *tokenList) Run(ctx context.Context, w *world) error {
	var all []login.Token
	err := w.onDatabase(ctx, func(_ config.Config, d *db.DB) error {
		return d.Read(ctx, func(tx *db.Tx) error {
			var err error
			all, err = login.Tokens(ctx, tx)
			return err
		})
	})
	for _, t := range all {
		w.printf("%s  %s  %s  [%s]\n", t.ID, w.t(standing(t, time.Now()), nil), t.Name, named(t.Rights, " "))
	}
	return err
}

// standing says whether a token works.
func standing(t login.Token, now time.Time) string {
	switch {
	case !t.Revoked.IsZero():
		return "app.token.revoked"
	case !t.Expires.IsZero() && !now.Before(t.Expires):
		return "app.token.expired"
	}
	return "app.token.works"
}

// Run ends a token for good.
func (c *tokenRevoke) Run(ctx context.Context, w *world) error {
	return w.onDatabase(ctx, func(_ config.Config, d *db.DB) error {
		return d.Write(ctx, func(tx *db.Tx) error { return login.RevokeToken(ctx, tx, c.ID, time.Now()) })
	})
}

// onDatabase opens the database of the configuration for as long as do works.
func (w *world) onDatabase(ctx context.Context, do func(config.Config, *db.DB) error) error {
	loaded, err := w.load()
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, loaded.Config.DatabaseURL())
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	return do(loaded.Config, d)
}
