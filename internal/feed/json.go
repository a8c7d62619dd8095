package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// errDeep says that JSON is nested deeper than the budget allows.
var errDeep = errors.New("feed: nested too deeply")

// longValue is how many times a line's length one value of JSON may have.
const longValue = 16

// level is one object or list that is being read.
type level struct {
	fields map[string]string // what was kept of an object
	object bool
	key    string // the field whose value comes next, "" when a name comes next
}

// objects reads JSON as a stream and gives of every object, however deep, the
// named fields that are texts or truth values. One value may follow another.
func (p *reading) objects(names []string, take func(map[string]string)) error {
	d := json.NewDecoder(p.in)
	p.bound.most = longValue * p.budget.Line
	var stack []level
	for !p.full() {
		token, err := d.Token()
		p.bound.since = 0
		if errors.Is(err, io.EOF) && len(stack) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("feed: %w", err)
		}
		delim, ok := token.(json.Delim)
		switch {
		case !ok:
			value(stack, names, token)
		case delim == '{' || delim == '[':
			if len(stack) >= p.budget.Depth {
				return errDeep
			}
			stack = append(stack, level{object: delim == '{'})
		default:
			if o := stack[len(stack)-1]; o.fields != nil {
				take(o.fields)
			}
			stack = stack[:len(stack)-1]
			done(stack)
		}
	}
	return nil
}

// value takes a name or a plain value into the innermost object.
func value(stack []level, names []string, token json.Token) {
	if len(stack) == 0 || !stack[len(stack)-1].object {
		return
	}
	top := &stack[len(stack)-1]
	if top.key == "" {
		top.key, _ = token.(string)
		top.key = "." + top.key // so that an empty name is one too
		return
	}
	if slices.Contains(names, top.key[1:]) {
		if top.fields == nil {
			top.fields = map[string]string{}
		}
		top.fields[top.key[1:]] = said(token)
	}
	top.key = ""
}

// done notes that the value of a field was an object or a list.
func done(stack []level) {
	if len(stack) > 0 {
		stack[len(stack)-1].key = ""
	}
}

func said(token json.Token) string {
	switch v := token.(type) {
	case string:
		return v
	case bool:
		return fmt.Sprint(v)
	}
	return ""
}

// misp reads the attributes of MISP events (MISP core format, draft-dulaunoy):
// only those marked for detection (to_ids) and not deleted.
func (p *reading) misp() error {
	return p.objects([]string{"type", "value", "to_ids", "deleted", "category"}, func(o map[string]string) {
		if o["type"] == "" || o["value"] == "" || o["to_ids"] != "true" || o["deleted"] == "true" {
			return
		}
		if kinds, known := attributes[o["type"]]; known {
			p.add(o["category"], attribute(kinds, o["value"])...)
		}
	})
}

// attributes names, for each type of MISP attribute that we compare, what the
// parts of its value are; "" for a part that is left out.
//
//nolint:gochecknoglobals // a constant table
var attributes = map[string]string{
	"url": "u", "uri": "u", "domain": "d", "hostname": "h", "ip-dst": "h", "domain|ip": "d-", "ip-dst|port": "h-", "hostname|port": "h-",
	"email-src": "e", "email": "e", "md5": "f", "sha1": "f", "sha256": "f",
	"filename|md5": "-f", "filename|sha1": "-f", "filename|sha256": "-f",
}

func attribute(kinds, value string) []Entry {
	parts := strings.Split(value, "|")
	if len(parts) != len(kinds) {
		return nil
	}
	for i := range kinds {
		if kinds[i] == '-' {
			continue
		}
		all := Understand(parts[i])
		if len(all) == 0 || kinds[i] == 'u' || Kind(kinds[i]) == all[0].Kind {
			return all
		}
		if kinds[i] == 'h' && all[0].Kind == Domain {
			all[0].Kind = Host
			return all
		}
	}
	return nil
}
