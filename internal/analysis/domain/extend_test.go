package domain_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/bienvu/bienvu/internal/analysis/domain"
)

func folder(files ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i+1 < len(files); i += 2 {
		out[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return out
}

func TestExtend(t *testing.T) {
	t.Parallel()
	l, err := domain.Extend(folder(
		"shorteners.txt", "# ours\ngo.lumo.example\n!bit.ly\n", "tlds.txt", "!*\n.zone\n", "forms.txt", "docs.lumo.example/forms\n",
		"brands.txt", "lumivert = lumivert.example\n!paypal\n", "other.txt", "x",
	))
	if err != nil {
		t.Fatal(err)
	}
	for what, want := range map[string][2]bool{
		"an own shortener":               {l.Shortener("a.go.lumo.example"), true},
		"one taken away":                 {l.Shortener("bit.ly"), false},
		"one that ships":                 {l.Shortener("tinyurl.com"), true},
		"an own ending":                  {l.RiskyTLD("a.zone"), true},
		"an ending that all took away":   {l.RiskyTLD("a.top"), false},
		"an own form":                    {l.FormBuilder("docs.lumo.example", "/forms/1"), true},
		"an own brand":                   {l.BrandOwned("www.lumivert.example"), true},
		"a brand taken away":             {l.BrandOwned("paypal.com"), false},
		"a list that has no file":        {l.FreeMail("gmail.com"), true},
		"the shipped lists stay as such": {domain.Shortener("go.lumo.example") || !domain.Shortener("bit.ly"), false},
		"a shared host":                  {l.Shared("docs.google.com") && l.Shared("go.lumo.example") && !l.Shared("tenant.web.app"), true},
	} {
		if want[0] != want[1] {
			t.Errorf("%s: %t", what, want[0])
		}
	}
	if b, how := l.ImitatedBrand("lumivert-login.example"); b.Name != "lumivert" || how != domain.Glued {
		t.Errorf("an own brand is not seen imitated: %v %v", b, how)
	}
}

func TestNoListsAreTheShippedOnes(t *testing.T) {
	t.Parallel()
	var none *domain.Lists
	if !none.Shortener("bit.ly") || !none.FreeMail("gmail.com") || !none.BrandOwned("paypal.com") || len(none.Brands()) == 0 {
		t.Error("a nil Lists knows nothing")
	}
	if _, ok := none.NamedBrand(" your paypal account "); !ok {
		t.Error("a nil Lists knows no names")
	}
}

func TestExtendRefusesHugeFiles(t *testing.T) {
	t.Parallel()
	if _, err := domain.Extend(folder("tlds.txt", strings.Repeat("x\n", 3<<20))); err == nil {
		t.Error("a file of 6 MB is taken for a list of endings")
	}
}
