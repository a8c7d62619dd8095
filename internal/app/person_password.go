package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

type personPassword struct {
	Address string `arg:"" help:"${arg_address}"`
}

// Run reads a new password and keeps its hash. A password is never an argument:
// those stand in the list of processes and in the history of the shell.
func (c *personPassword) Run(ctx context.Context, w *world) error {
	return w.onDatabase(ctx, func(cfg config.Config, d *db.DB) error {
		var p people.Person
		err := d.Read(ctx, func(tx *db.Tx) (err error) {
			p, err = known(ctx, tx, c.Address)
			return err
		})
		if err != nil {
			return err
		}
		hash, err := w.newPassword(ctx, p.Address)
		if err != nil {
			return err
		}
		err = d.Write(ctx, func(tx *db.Tx) error { return login.SetPassword(ctx, tx, p.ID, hash, time.Now()) })
		if err == nil {
			w.printf("%s\n", w.t("app.person.password-set", i18n.Args{
				"address": p.Address, "page": cfg.PublicURL() + "/sign-in?password",
			}))
		}
		return err
	})
}

// newPassword asks for a password and gives its hash. No transaction is open
// meanwhile: the desk goes on working.
func (w *world) newPassword(ctx context.Context, address string) (hash string, err error) {
	hasher, err := login.NewHasher(1)
	if err != nil {
		return "", err
	}
	keep := func(password string) error {
		hash, err = hasher.Hash(ctx, password)
		return err
	}
	file, ok := w.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		err = fromLine(w.stdin, keep)
		return hash, err
	}
	ask := func(key string) (string, error) {
		return hidden(ctx, file, w.stderr, w.t(key, i18n.Args{"address": address}))
	}
	err = typedTwice(ask, keep)
	return hash, err
}

// longestLine is more than any password may have.
const longestLine = 4 << 10

// fromLine takes the password from the first line, for scripts.
func fromLine(in io.Reader, keep func(string) error) error {
	line, err := bufio.NewReader(io.LimitReader(in, longestLine)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("password: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return fault.New(fault.Invalid, "app.person.no-password", nil)
	}
	return keep(line)
}

// typedTwice asks a second time, since nobody saw what they typed. What is too
// short is told before that.
func typedTwice(ask func(key string) (string, error), keep func(string) error) error {
	first, err := ask("app.person.type")
	if err != nil {
		return err
	}
	if err := keep(first); err != nil {
		return err
	}
	second, err := ask("app.person.type-again")
	if err == nil && second != first {
		return fault.New(fault.Invalid, "app.person.differ", nil)
	}
	return err
}

// hidden reads a line from a terminal that shows nothing of it. Whoever
// interrupts gets a terminal that shows what they type again.
func hidden(ctx context.Context, terminal *os.File, out io.Writer, question string) (string, error) {
	fd := int(terminal.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	_, _ = fmt.Fprint(out, question+" ")
	defer func() { _, _ = fmt.Fprintln(out) }()
	type typed struct {
		line []byte
		err  error
	}
	read := make(chan typed, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		read <- typed{line, err}
	}()
	select {
	case <-ctx.Done(): // the read goes on until the process ends, which is now
		_ = term.Restore(fd, before)
		return "", status(failed)
	case t := <-read:
		if t.err != nil {
			return "", fmt.Errorf("password: %w", t.err)
		}
		return string(t.line), nil
	}
}
