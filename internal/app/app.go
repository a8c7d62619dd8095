// Package app is the house: it wires the other packages together, one file for
// each subcommand of `bienvu`.
//
// Run is the whole program but for the process itself: it takes what a process
// gets (arguments, streams, environment) and gives back the exit status, so
// that tests call it as a shell would. 0 means done, 1 that something could not
// be done (a line says what), 2 wrong use.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
)

// commands is the tree of subcommands. A help text is a ${variable}: the key
// "help.…" of the catalogue, so that help is in the person's language too.
type commands struct {
	File string   `name:"config" short:"c" placeholder:"FILE" help:"${flag_config}"`
	Set  []string `name:"set" sep:"none" placeholder:"KEY=VALUE" help:"${flag_set}"`

	Demo    demoCommand    `cmd:"" help:"${demo}"`
	Serve   serveCommand   `cmd:"" help:"${serve}"`
	Report  reportCommand  `cmd:"" help:"${report}"`
	Analyze analyzeCommand `cmd:"" help:"${analyze}"`
	Config  configCommand  `cmd:"" help:"${config}"`
	Token   tokenCommand   `cmd:"" help:"${token}"`
	Person  personCommand  `cmd:"" help:"${person}"`
	House   houseCommand   `cmd:"" help:"${house}"`
	Version versionCommand `cmd:"" help:"${version}"`
	Help    helpCommand    `cmd:"" help:"${help}"`
	Eval    evalCommand    `cmd:"" hidden:"" help:"${eval}"`
	Attack  attackCommand  `cmd:"" hidden:"" help:"${attack}"`
	Train   trainCommand   `cmd:"" help:"${train}"`
	Docs    docsCommand    `cmd:"" hidden:"" help:"${docs}"`
}

// world is what a subcommand sees of the outside.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            []string
	lang           string // of the person at the terminal
	say            *i18n.Catalogue
	commands       *commands
	parser         *kong.Kong
}

// status is an exit status whose reason was already said.
type status int

// Error makes a status an error.
func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// The exit statuses.
const (
	done    = 0
	failed  = 1
	misused = 2
)

// Run runs `bienvu args…` and gives its exit status.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, env []string) int {
	say, err := i18n.Load(Locales()...)
	if err != nil { // our own files are broken: no language to say it in
		_, _ = fmt.Fprintln(stderr, err)
		return failed
	}
	w := &world{stdin: stdin, stdout: stdout, stderr: stderr, env: env, say: say, commands: &commands{}}
	w.lang = language(say, env)
	return w.run(ctx, args)
}

func (w *world) run(ctx context.Context, args []string) int {
	exited := -1
	parser, err := w.newParser(func(code int) { exited = code })
	if err != nil {
		return w.fail(err)
	}
	w.parser = parser
	if len(args) == 0 {
		return w.usage(nil)
	}
	if args[0] == "help" {
		args = append(args[1:len(args):len(args)], "--help")
	}
	call, err := parser.Parse(args)
	switch {
	case exited >= 0: // help was asked for and given
		return exited
	case err != nil:
		return w.usage(err)
	}
	call.BindTo(ctx, (*context.Context)(nil))
	return w.fail(call.Run(w))
}

func (w *world) newParser(exit func(int)) (*kong.Kong, error) {
	vars := kong.Vars{}
	for _, key := range w.say.Keys("en") {
		if name, ok := strings.CutPrefix(key, "help."); ok {
			vars[name] = w.t(key, nil)
		}
	}
	return kong.New(w.commands, kong.Name("bienvu"), vars, kong.Description(w.t("help.about", nil)),
		kong.Writers(w.stdout, w.stderr), kong.Exit(exit), kong.Help(w.help), kong.UsageOnError())
}

// usage tells a wrong use, or shows the whole help when nothing was asked for.
func (w *world) usage(err error) int {
	if err == nil {
		writeHelp(w.stderr, w, w.parser.Model.Node)
		return misused
	}
	why := strings.Replace(err.Error(), `,""`, "", 1) // "" only means that an optional choice was not made
	w.complain("app.usage", i18n.Args{"why": why})
	return misused
}

// fail tells what went wrong, in the person's language, and gives the status.
func (w *world) fail(err error) int {
	if err == nil {
		return done
	}
	if s, ok := errors.AsType[status](err); ok {
		return int(s)
	}
	code := failed
	for _, f := range config.Faults(err) {
		if strings.HasPrefix(f.Key, "config.") {
			code = misused
		}
		if f.Kind == fault.Internal { // at a terminal the cause is the operator's business
			w.complain("app.internal", i18n.Args{"why": fmt.Sprint(f.Cause)})
			continue
		}
		w.complain(f.Key, i18n.Args(f.Args))
	}
	return code
}

func (w *world) complain(key string, args i18n.Args) {
	_, _ = fmt.Fprintln(w.stderr, "bienvu: "+w.t(key, args))
}

func (w *world) t(key string, args i18n.Args) string { return w.say.T(w.lang, key, args) }

// printf writes to the standard output; a reader that went away is no failure of ours.
func (w *world) printf(format string, args ...any) { _, _ = fmt.Fprintf(w.stdout, format, args...) }

// getenv gives a variable of the environment Run was given.
func getenv(env []string, name string) string {
	for _, line := range env {
		if value, ok := strings.CutPrefix(line, name+"="); ok {
			return value
		}
	}
	return ""
}

// load reads the configuration from file, environment and flags; the extra
// settings come from flags of the subcommand and win over --set.
func (w *world) load(extra ...string) (config.Loaded, error) {
	set := append(append([]string{}, w.commands.Set...), extra...)
	return config.Load(config.Sources{File: w.commands.File, Env: w.env, Set: set})
}
