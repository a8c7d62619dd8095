package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Key describes one setting.
type Key struct {
	Name     string // "smtp.address"
	Env      string // "BIENVU_SMTP_ADDRESS"
	Kind     string // "text", "number", "true or false", "list", "secret", "list of entries"
	Default  string // as one would write it, "" when empty
	Doc      string
	Required bool
	Fields   []Key // of a list of entries
}

// Describe lists every setting in the order of the type; the reference page and
// the tests are made from it.
func Describe() []Key { return describe("", reflect.ValueOf(&Config{}).Elem()) }

func describe(prefix string, v reflect.Value) []Key {
	var keys []Key
	for _, f := range fields(prefix, v) {
		k := Key{Name: f.name, Env: env(f.name), Kind: f.kind(), Default: f.tag.Get("default"), Doc: f.tag.Get("doc")}
		k.Required = slices.Contains(strings.Fields(f.tag.Get("check")), "required")
		if f.isList() {
			k.Fields = describe(f.name+"[]", reflect.New(f.value.Type().Elem()).Elem())
		}
		keys = append(keys, k)
	}
	return keys
}

// Value is one setting as it is in force.
type Value struct {
	Name   string
	Value  string // secrets are Hidden
	Origin string // where it came from
}

// Effective lists every setting with its value in force and its origin. Secrets
// are hidden.
func (l Loaded) Effective() []Value {
	var all []Value
	for _, f := range fields("", reflect.ValueOf(&l.Config).Elem()) {
		all = append(all, Value{Name: f.name, Value: f.shown(), Origin: l.Origin[f.name]})
	}
	return all
}

// shown writes a value as one line of YAML.
func (f field) shown() string {
	switch {
	case f.isSecret():
		return quote(fmt.Sprint(f.value.Interface()))
	case f.isList():
		return shownEntries(f.value)
	case f.value.Kind() == reflect.Slice:
		list := make([]string, f.value.Len())
		for i := range list {
			list[i] = quote(f.value.Index(i).String())
		}
		return "[" + strings.Join(list, ", ") + "]"
	case f.value.Kind() == reflect.String:
		return quote(f.value.String())
	default:
		return fmt.Sprint(f.value.Interface())
	}
}

func shownEntries(v reflect.Value) string {
	entries := make([]string, v.Len())
	for i := range entries {
		var parts []string
		for _, f := range fields("", v.Index(i)) {
			if !f.value.IsZero() {
				parts = append(parts, f.name+": "+f.shown())
			}
		}
		entries[i] = "{" + strings.Join(parts, ", ") + "}"
	}
	return "[" + strings.Join(entries, ", ") + "]"
}

// quote writes a text so that YAML reads the same text back.
func quote(text string) string { return fmt.Sprintf("%q", text) }
