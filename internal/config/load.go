package config

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/fault"
)

// FileVariable names the file, where no flag does.
const FileVariable = "BIENVU_CONFIG"

// DefaultFile is read when it exists and no other file is named.
const DefaultFile = "bienvu.yaml"

// Sources says where settings come from. The zero value gives the defaults and,
// where it exists, DefaultFile.
type Sources struct {
	File string   // "" : the one FileVariable names, else DefaultFile where it exists
	Env  []string // NAME=value lines, as os.Environ gives them
	Set  []string // key=value, from flags
}

// Loaded is a checked configuration that knows where each value came from.
type Loaded struct {
	Config
	Origin map[string]string // key → "default", "FILE:LINE", "BIENVU_…" or "--set"
}

// loader gathers what was found and what was wrong.
type loader struct {
	out      *Loaded
	fields   []field
	problems []error
}

// Default is the configuration when nothing is set.
func Default() (Config, error) {
	loaded, err := Load(Sources{File: os.DevNull})
	return loaded.Config, err
}

// Load reads every source and checks the outcome. The error joins a fault for
// each thing that is wrong, so that a person can mend them all at once; Faults
// takes it apart.
func Load(from Sources) (Loaded, error) {
	out := Loaded{Origin: map[string]string{}}
	l := &loader{out: &out, fields: fields("", reflect.ValueOf(&out.Config).Elem())}
	l.defaults()
	l.file(from)
	l.env(from.Env)
	l.flags(from.Set)
	if len(l.problems) == 0 {
		l.check()
	}
	return out, errors.Join(l.problems...)
}

// Faults takes the error of Load apart, one fault for each problem.
func Faults(err error) []*fault.Fault {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []*fault.Fault{fault.Of(err)}
	}
	var all []*fault.Fault
	for _, e := range joined.Unwrap() {
		all = append(all, Faults(e)...)
	}
	return all
}

func (l *loader) defaults() {
	for _, f := range l.fields {
		l.out.Origin[f.name] = "default"
		if text, ok := f.tag.Lookup("default"); ok {
			l.assign(f, text, "default")
		}
	}
}

func (l *loader) env(lines []string) {
	byName := map[string]field{}
	for _, f := range l.fields {
		byName[env(f.name)] = f
	}
	lines = slices.Clone(lines)
	slices.Sort(lines)
	for _, line := range lines {
		name, text, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, "BIENVU_") || strings.HasPrefix(name, "BIENVU_TEST_") || name == FileVariable {
			continue
		}
		if f, ok := byName[name]; ok {
			l.text(f, text, name)
			continue
		}
		l.unknown(name, name, keysOf(byName))
	}
}

func (l *loader) flags(sets []string) {
	for _, set := range sets {
		name, text, ok := strings.Cut(set, "=")
		i := slices.IndexFunc(l.fields, func(f field) bool { return f.name == name })
		switch {
		case !ok:
			l.problem(fault.New(fault.Invalid, "config.set-form", fault.Args{"text": set}))
		case i < 0:
			l.unknown(name, "--set", l.names())
		default:
			l.text(l.fields[i], text, "--set")
		}
	}
}

// text gives a setting a value from one line of text; entries are written as YAML.
func (l *loader) text(f field, text, origin string) {
	if f.isList() {
		l.entriesFromText(f, text, origin)
		return
	}
	l.assign(f, text, origin)
}

func (l *loader) assign(f field, text, origin string) {
	if err := f.set(text); err != nil {
		l.badValue(f, text, origin, err)
		return
	}
	l.out.Origin[f.name] = origin
}

func (l *loader) problem(f *fault.Fault) { l.problems = append(l.problems, f) }

// unknown names a key that does not exist, and the nearest that does.
func (l *loader) unknown(name, origin string, known []string) {
	key, args := "config.unknown-key", fault.Args{"key": name, "origin": origin}
	if near := nearest(name, known); near != "" {
		key, args["near"] = "config.unknown-key-near", near
	}
	l.problem(fault.New(fault.Invalid, key, args))
}

// badValue names a key whose value can't be used, and why; a secret's value is not shown.
func (l *loader) badValue(f field, text, origin string, why error) {
	if f.isSecret() {
		text = Hidden
	}
	bad := fault.New(fault.Invalid, "config.bad-value", fault.Args{"key": f.name, "value": text, "origin": origin})
	bad.Cause = why
	if w, ok := errors.AsType[want](why); ok {
		bad.Key += "-" + w.rule
		bad.Args["want"] = w.arg
		if near := nearest(text, w.choices); near != "" {
			bad.Key += "-near"
			bad.Args["near"] = near
		}
	}
	l.problem(bad)
}

func (l *loader) names() []string {
	var names []string
	for _, f := range l.fields {
		names = append(names, f.name)
	}
	return names
}

func keysOf(byName map[string]field) []string {
	var names []string
	for name := range byName {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// want is a rule that a value does not pass.
type want struct {
	rule    string // "number", "oneof", "listen", …: the last part of its sentence's key
	arg     string // what it asks for, such as "en, fr"
	choices []string
}

// Error is for logs and tests; people read the sentence of its rule.
func (w want) Error() string { return fmt.Sprintf("want %s %s", w.rule, w.arg) }
