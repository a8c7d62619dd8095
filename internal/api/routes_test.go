package api

import (
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/login"
)

// Each route names one right, or says that it is open; the document says the
// same, and has no other operations.
func TestRoutesAndDocumentAgree(t *testing.T) {
	t.Parallel()
	r, err := NewReference()
	if err != nil {
		t.Fatal(err)
	}
	var documented, served []string
	for _, o := range r.Operations {
		documented = append(documented, o.Method+" "+o.Path+" "+o.Right)
	}
	for _, route := range routes {
		served = append(served, route.method+" "+route.path+" "+string(route.right))
		known := slices.Contains(login.Rights(), route.right)
		if known == route.open || route.open && route.right != "" {
			t.Errorf("%s %s: right %q, open %t", route.method, route.path, route.right, route.open)
		}
		if !strings.HasPrefix(route.path, Prefix) {
			t.Errorf("%s is not below %s", route.path, Prefix)
		}
	}
	slices.Sort(documented)
	slices.Sort(served)
	if !slices.Equal(documented, served) {
		t.Errorf("documented %q\nserved %q", documented, served)
	}
}

func TestReference(t *testing.T) {
	t.Parallel()
	r, err := NewReference()
	if err != nil {
		t.Fatal(err)
	}
	if r.Title == "" || r.Version == "" || r.Description == "" || r.Document != "/api/v1/openapi.yaml" {
		t.Errorf("%+v", r)
	}
	ids := map[string]bool{}
	for _, o := range r.Operations {
		if o.ID == "" || ids[o.ID] || o.Summary == "" || len(o.Responses) == 0 {
			t.Errorf("%s %s lacks something: %+v", o.Method, o.Path, o)
		}
		ids[o.ID] = true
		for _, p := range o.Parameters {
			if p.Name == "" || p.In == "" || p.Type == "" || p.Description == "" {
				t.Errorf("%s: parameter %+v", o.ID, p)
			}
		}
		for _, response := range o.Responses {
			if response.Description == "" {
				t.Errorf("%s: %s has no description", o.ID, response.Status)
			}
		}
	}
	post := r.Operations[0]
	if post.ID != "createReport" || len(post.Bodies) != 3 || !strings.HasPrefix(post.Bodies[0].Example, "From: ") {
		t.Errorf("%+v", post.Bodies)
	}
	if got := post.Responses[1]; got.Status != "201" || !strings.HasPrefix(got.Example, "{\n  \"id\": \"019c") || !strings.Contains(got.Example, "\"number\": 1042,") {
		t.Errorf("%+v", got)
	}
	acted := slices.IndexFunc(post.Parameters, func(p Parameter) bool { return p.Name == "acted" })
	if acted < 0 || post.Parameters[acted].Type != "clicked | password | opened | paid | replied, may be repeated" || post.Parameters[acted].In != "form" {
		t.Errorf("%+v", post.Parameters)
	}
}

// The values the form takes are those the document lists.
func TestFieldsAndDocumentAgree(t *testing.T) {
	t.Parallel()
	r, err := NewReference()
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for _, p := range r.Operations[0].Parameters {
		if p.In == "form" {
			documented[p.Name] = strings.TrimSuffix(p.Type, ", may be repeated")
		}
	}
	if len(documented) != len(fields) {
		t.Errorf("documented %v", documented)
	}
	for name, f := range fields {
		want := "string"
		if f.values != nil {
			want = strings.Join(f.values, " | ")
		}
		if documented[name] != want {
			t.Errorf("%s: documented %q, served %q", name, documented[name], want)
		}
	}
}
