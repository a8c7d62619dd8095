package app

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/fetch"
)

// Without a setting, nothing can be asked of the web; with one, exactly that.
func TestListsGiveNoMoreWebThanConfigured(t *testing.T) {
	t.Parallel()
	plain := &desk.Desk{}
	if err := giveLists(plain, config.Lists{RDAPBootstrap: "https://registries.example/dns.json"}); err != nil || plain.Web != nil || plain.Domains != nil || plain.Feeds != nil {
		t.Errorf("the defaults open the web: %+v, %v", plain, err)
	}
	d := &desk.Desk{}
	err := giveLists(d, config.Lists{RDAP: true, Feeds: []config.Feed{
		{Name: "a", Kind: "misp", URL: "https://misp.example/feed"}, {Name: "b", Kind: "plain", File: "ours.txt"},
	}})
	if err != nil || d.Domains == nil || len(d.Feeds) != 2 || d.Feeds[0].URL != "https://misp.example/feed/" || d.Feeds[0].Every.Hours() != 6 {
		t.Fatalf("%+v, %v", d.Feeds, err)
	}
	if _, err := d.Web.Get(t.Context(), fetch.Request{URL: "https://elsewhere.example/"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("what is not configured can be asked for: %v", err)
	}
}

func TestOwnLists(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"shorteners.txt": "go.lumo.example\n", "topsites.txt": "1,weiss.example\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := &desk.Desk{}
	if err := giveLists(d, config.Lists{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	if h := d.Org.House; !h.Places.Shortener("go.lumo.example") || h.Sites.Host("www.weiss.example") == nil {
		t.Error("the files are not read")
	}
	if err := giveLists(d, config.Lists{Dir: filepath.Join(dir, "missing")}); err == nil || fault.Of(err).Key != "app.lists-unreadable" {
		t.Errorf("a folder that is not there: %v", err)
	}
}
