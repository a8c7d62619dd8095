package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/bienvu/bienvu/internal/fault"
)

// file reads the configuration file: the named one must exist, the default one may.
func (l *loader) file(from Sources) {
	name, named := fileName(from)
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return
	}
	if err != nil {
		l.problem(&fault.Fault{Kind: fault.Invalid, Key: "config.unreadable", Args: fault.Args{"file": name}, Cause: err})
		return
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		why := strings.TrimPrefix(err.Error(), "yaml: ")
		l.problem(&fault.Fault{Kind: fault.Invalid, Key: "config.not-yaml", Args: fault.Args{"file": name, "why": why}, Cause: err})
		return
	}
	if len(doc.Content) > 0 {
		l.mapping("", doc.Content[0], name)
	}
}

func fileName(from Sources) (name string, named bool) {
	if from.File != "" {
		return from.File, true
	}
	for _, line := range from.Env {
		if name, ok := strings.CutPrefix(line, FileVariable+"="); ok && name != "" {
			return name, true
		}
	}
	return DefaultFile, false
}

// mapping walks one level of the file.
func (l *loader) mapping(prefix string, node *yaml.Node, file string) {
	if node.Kind != yaml.MappingNode {
		if node.Tag != "!!null" { // an empty section is no mistake
			l.problem(fault.New(fault.Invalid, "config.not-section", fault.Args{"key": prefix, "origin": at(file, node)}))
		}
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		name := join(prefix, key.Value)
		if seen[name] {
			l.problem(fault.New(fault.Invalid, "config.twice", fault.Args{"key": name, "origin": at(file, key)}))
		}
		seen[name] = true
		l.entry(name, key, value, file)
	}
}

func (l *loader) entry(name string, key, value *yaml.Node, file string) {
	if value.Kind == yaml.AliasNode {
		value = value.Alias
	}
	for _, f := range l.fields {
		if f.name == name {
			l.node(f, value, at(file, key))
			return
		}
	}
	section := func(f field) bool { return strings.HasPrefix(f.name, name+".") }
	if slices.ContainsFunc(l.fields, section) {
		l.mapping(name, value, file)
		return
	}
	known := l.names()
	if value.Kind == yaml.MappingNode {
		known = l.sections()
	}
	l.unknown(name, at(file, key), known)
}

// sections names what holds settings, such as smtp.
func (l *loader) sections() []string {
	var all []string
	for _, name := range l.names() {
		for i, r := range name {
			if r == '.' && !slices.Contains(all, name[:i]) {
				all = append(all, name[:i])
			}
		}
	}
	return all
}

// node gives a setting the value of a node of the file.
func (l *loader) node(f field, node *yaml.Node, origin string) {
	switch {
	case node.Tag == "!!null": // "key:" alone leaves the default
	case f.isList():
		l.entries(f, node, origin)
	case f.value.Kind() == reflect.Slice && node.Kind == yaml.SequenceNode:
		l.list(f, node, origin)
	case node.Kind == yaml.ScalarNode:
		l.assign(f, node.Value, origin)
	default:
		l.badValue(f, "", origin, want{rule: "one"})
	}
}

func (l *loader) list(f field, node *yaml.Node, origin string) {
	var list []string
	for _, item := range node.Content {
		if item.Kind != yaml.ScalarNode {
			l.badValue(f, "", origin, want{rule: "one"})
			return
		}
		list = append(list, strings.TrimSpace(item.Value))
	}
	f.value.Set(reflect.ValueOf(list))
	l.out.Origin[f.name] = origin
}

// entries reads a list of structs, such as org.exercises.
func (l *loader) entries(f field, node *yaml.Node, origin string) {
	if node.Kind != yaml.SequenceNode {
		l.badValue(f, node.Value, origin, want{rule: "entries"})
		return
	}
	list := reflect.MakeSlice(f.value.Type(), len(node.Content), len(node.Content))
	for i, item := range node.Content {
		inner := &loader{out: l.out, fields: fields(fmt.Sprintf("%s[%d]", f.name, i), list.Index(i))}
		inner.mapping(fmt.Sprintf("%s[%d]", f.name, i), item, strings.TrimSuffix(origin, lineOf(origin)))
		l.problems = append(l.problems, inner.problems...)
	}
	if f.value.Set(list); len(node.Content) == 0 {
		f.value.SetZero() // an empty list is no list
	}
	l.out.Origin[f.name] = origin
}

func (l *loader) entriesFromText(f field, text, origin string) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil || len(doc.Content) == 0 {
		l.badValue(f, "", origin, want{rule: "entries"})
		return
	}
	l.entries(f, doc.Content[0], origin)
}

func at(file string, node *yaml.Node) string { return fmt.Sprintf("%s:%d", file, node.Line) }

// lineOf is the ":12" at the end of an origin, "" where there is none.
func lineOf(origin string) string {
	i := strings.LastIndexByte(origin, ':')
	if i < 0 {
		return ""
	}
	return origin[i:]
}
