package rdap_test

import (
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/rdap"
)

const (
	table  = `{"version":"1.0","services":[[["com","net"],["http://plain.example/","https://rdap.example/v1/"]],[["fr"],["http://plain.example/"]],[["odd"]]]}`
	answer = `{"objectClassName":"domain","events":[{"eventAction":"last changed","eventDate":"2026-01-01T00:00:00Z"},{"eventAction":"registration","eventDate":"2026-02-27T09:00:00Z"}]}`
)

func now() time.Time { return time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC) }

// web is the world as a registry client sees it; asked collects its questions.
func web(pages map[string]string, away bool, asked *[]*fetch.Fake) func([]string) fetch.Getter {
	return func(allowed []string) fetch.Getter {
		f := &fetch.Fake{Options: fetch.Options{Allowed: allowed}, Pages: map[string]fetch.Page{}, Away: away}
		for address, body := range pages {
			f.Pages[address] = fetch.Page{Body: body}
		}
		*asked = append(*asked, f)
		return f
	}
}

func TestRegistered(t *testing.T) {
	t.Parallel()
	var opened []*fetch.Fake
	c := rdap.New(rdap.Bootstrap, web(map[string]string{
		rdap.Bootstrap: table, "https://rdap.example/v1/domain/lumo-secure.com": answer, "https://rdap.example/v1/domain/mute.net": `{"events":[]}`,
		"https://rdap.example/v1/domain/broken.net": `<html>`, "https://rdap.example/v1/domain/dated.net": `{"events":[{"eventAction":"registration","eventDate":"2020-05-06"}]}`,
	}, false, &opened))
	if _, err := c.Registered(t.Context(), "lumo-secure.com"); !fault.Is(err, fault.NotFound) {
		t.Errorf("before it is prepared: %v", err)
	}
	if err := c.Prepare(t.Context(), now()); err != nil {
		t.Fatal(err)
	}
	if got, err := c.Registered(t.Context(), "lumo-secure.com"); err != nil || !got.Equal(time.Date(2026, 2, 27, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := c.Registered(t.Context(), "dated.net"); err != nil || got.Format(time.DateOnly) != "2020-05-06" {
		t.Errorf("%v, %v", got, err)
	}
	for _, name := range []string{"mute.net", "broken.net", "missing.com", "a.fr", "a.unknown", "", "com", "../x.com", "a b.com", "a/b.com", "a?.com"} {
		if got, err := c.Registered(t.Context(), name); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v, %v", name, got, err)
		}
	}
	if err := c.Prepare(t.Context(), now().Add(24*time.Hour)); err != nil || len(opened) != 2 {
		t.Errorf("the file of registries is read again after a day: %v", err)
	}
	if err := c.Prepare(t.Context(), now().Add(8*24*time.Hour)); err != nil || len(opened) != 4 {
		t.Errorf("the file of registries is not read again after a week: %v", err)
	}
}

func TestPrepareSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, pages := range map[string]map[string]string{
		"away": nil, "no JSON": {rdap.Bootstrap: "<html>"}, "no registry": {rdap.Bootstrap: `{"services":[[["com"],["http://plain.example/"]]]}`},
	} {
		var opened []*fetch.Fake
		if err := rdap.New(rdap.Bootstrap, web(pages, pages == nil, &opened)).Prepare(t.Context(), now()); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRegistered(f *testing.F) {
	f.Add(table, answer, "lumo-secure.com")
	f.Fuzz(func(t *testing.T, table, answer, name string) {
		var opened []*fetch.Fake
		c := rdap.New(rdap.Bootstrap, web(map[string]string{rdap.Bootstrap: table, "https://rdap.example/v1/domain/" + name: answer}, false, &opened))
		_ = c.Prepare(t.Context(), now())
		_, _ = c.Registered(t.Context(), name)
	})
}
