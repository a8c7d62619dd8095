package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// Reference is the document, arranged for a page that people read.
type Reference struct {
	Title, Version, Description string
	Document                    string // path of the document itself
	Operations                  []Operation
}

// Operation is one call, with everything a caller must know.
type Operation struct {
	ID, Method, Path     string
	Summary, Description string
	Right                string // "" when it is open to all
	Parameters           []Parameter
	Bodies               []Body
	Responses            []Response
}

// Parameter is one parameter of a call, or one field of a form (In is "form").
type Parameter struct {
	Name, In, Type, Description string
	Required                    bool
}

// Body is one form in which a request may be sent.
type Body struct{ Type, Description, Example string }

// Response is one answer.
type Response struct{ Status, Description, Example string }

// NewReference reads the document.
func NewReference() (Reference, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(document, &root); err != nil {
		return Reference{}, fmt.Errorf("api: document: %w", err)
	}
	doc := node{root.Content[0], root.Content[0]}
	info := doc.at("info")
	r := Reference{
		Title: info.text("title"), Version: info.text("version"), Description: info.text("description"), Document: Prefix + "openapi.yaml",
	}
	for path, operations := range doc.at("paths").each {
		for method, o := range operations.each {
			r.Operations = append(r.Operations, operation(path, method, o))
		}
	}
	return r, nil
}

func operation(path, method string, o node) Operation {
	out := Operation{
		ID: o.text("operationId"), Method: strings.ToUpper(method), Path: path,
		Summary: o.text("summary"), Description: o.text("description"), Right: o.text("x-right"),
	}
	for _, p := range o.at("parameters").items() {
		schema := p.at("schema")
		out.Parameters = append(out.Parameters, Parameter{
			Name: p.text("name"), In: p.text("in"), Type: schema.kind(), Description: p.text("description"), Required: p.text("required") == "true",
		})
	}
	request := o.at("requestBody")
	for kind, media := range request.at("content").each {
		body := Body{Type: kind, Description: request.text("description"), Example: media.example()}
		if form := media.at("schema"); form.is() && form.at("properties").is() {
			body.Description = form.text("description")
			out.Parameters = append(out.Parameters, formFields(form)...)
		}
		out.Bodies = append(out.Bodies, body)
	}
	for status, response := range o.at("responses").each {
		out.Responses = append(out.Responses, Response{Status: status, Description: response.text("description"), Example: response.firstExample()})
	}
	return out
}

func formFields(form node) []Parameter {
	var all []Parameter
	for name, schema := range form.at("properties").each {
		all = append(all, Parameter{Name: name, In: "form", Type: schema.kind(), Description: schema.text("description")})
	}
	return all
}

// node is a place in the document. What is not there is an empty node, so that
// reading on from it gives nothing.
type node struct{ root, n *yaml.Node }

func (v node) is() bool { return v.n != nil }

// at goes to a member of a mapping, and on to what a $ref there points to.
func (v node) at(name string) node {
	if v.n == nil || v.n.Kind != yaml.MappingNode {
		return node{v.root, nil}
	}
	for i := 0; i+1 < len(v.n.Content); i += 2 {
		if v.n.Content[i].Value == name {
			return node{v.root, v.n.Content[i+1]}.follow()
		}
	}
	return node{v.root, nil}
}

// follow resolves a reference within the document.
func (v node) follow() node {
	if v.n.Kind != yaml.MappingNode || len(v.n.Content) < 2 || v.n.Content[0].Value != "$ref" {
		return v
	}
	found := node{v.root, v.root}
	for name := range strings.SplitSeq(strings.TrimPrefix(v.n.Content[1].Value, "#/"), "/") {
		found = found.at(name)
	}
	return found
}

func (v node) text(name string) string {
	if found := v.at(name); found.is() {
		return strings.TrimSpace(found.n.Value)
	}
	return ""
}

// each walks a mapping in the order it is written.
func (v node) each(yield func(string, node) bool) {
	if v.n == nil || v.n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(v.n.Content); i += 2 {
		if !yield(v.n.Content[i].Value, node{v.root, v.n.Content[i+1]}.follow()) {
			return
		}
	}
}

func (v node) items() []node {
	if v.n == nil || v.n.Kind != yaml.SequenceNode {
		return nil
	}
	var all []node
	for _, one := range v.n.Content {
		all = append(all, node{v.root, one}.follow())
	}
	return all
}

// kind says what a value is: its type, and its values where they are few.
func (v node) kind() string {
	if values := v.at("enum").items(); len(values) > 0 {
		var all []string
		for _, one := range values {
			all = append(all, one.n.Value)
		}
		return strings.Join(all, " | ")
	}
	if v.text("type") == "array" {
		return v.at("items").kind() + ", may be repeated"
	}
	return v.text("type")
}

// firstExample is the example of the first content type of an answer.
func (v node) firstExample() string {
	for _, media := range v.at("content").each {
		return media.example()
	}
	return ""
}

// example is an example as it would be sent: text as it is, values as JSON in
// the order they are written.
func (v node) example() string {
	e := v.at("example")
	if !e.is() {
		return ""
	}
	if e.n.Kind == yaml.ScalarNode {
		return strings.TrimSpace(e.n.Value)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, e.json(), "", "  "); err != nil {
		return ""
	}
	return out.String()
}

func (v node) json() []byte {
	var b bytes.Buffer
	switch v.n.Kind {
	case yaml.MappingNode:
		b.WriteByte('{')
		for name, value := range v.each {
			if b.Len() > 1 {
				b.WriteByte(',')
			}
			b.Write(quote(name))
			b.WriteByte(':')
			b.Write(value.json())
		}
		b.WriteByte('}')
	case yaml.SequenceNode:
		b.WriteByte('[')
		for i, value := range v.items() {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(value.json())
		}
		b.WriteByte(']')
	default:
		var plain any
		if v.n.Decode(&plain) != nil {
			return quote(v.n.Value)
		}
		return quote(plain)
	}
	return b.Bytes()
}

func quote(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return text
}
