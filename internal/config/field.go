package config

import (
	"reflect"
	"strings"
)

// field is one setting: where it stands in a Config and what its tags say.
type field struct {
	name  string // "smtp.address"
	value reflect.Value
	tag   reflect.StructTag
}

// fields lists every setting of the struct behind v, in the order of the type.
func fields(prefix string, v reflect.Value) []field {
	var all []field
	for i := range v.NumField() {
		name := join(prefix, v.Type().Field(i).Tag.Get("yaml"))
		if v.Field(i).Kind() == reflect.Struct {
			all = append(all, fields(name, v.Field(i))...)
			continue
		}
		all = append(all, field{name: name, value: v.Field(i), tag: v.Type().Field(i).Tag})
	}
	return all
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

// env is the environment variable of a key.
func env(name string) string {
	return "BIENVU_" + strings.ToUpper(strings.ReplaceAll(name, ".", "_"))
}

// isList reports whether the setting holds structs, such as org.exercises.
func (f field) isList() bool {
	return f.value.Kind() == reflect.Slice && f.value.Type().Elem().Kind() == reflect.Struct
}

func (f field) isSecret() bool { return f.value.Type() == reflect.TypeFor[Secret]() }

// kind says in a word what a value looks like, for the reference.
func (f field) kind() string {
	switch {
	case f.isSecret():
		return "secret"
	case f.isList():
		return "list of entries"
	case f.value.Kind() == reflect.Slice:
		return "list"
	case f.value.Kind() == reflect.Bool:
		return "true or false"
	case f.value.Kind() == reflect.String:
		return "text"
	default:
		return "number"
	}
}
