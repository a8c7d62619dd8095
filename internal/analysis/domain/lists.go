package domain

import (
	"embed"
	"strings"
	"sync"
)

//go:embed data/*.txt
var data embed.FS

// Brand is a name that is often imitated and the domains that are its own.
type Brand struct {
	Name    string // folded, such as "credit agricole"
	Label   string // the name as it stands in a domain, such as "creditagricole"
	Domains []string
}

// lists are the embedded facts in the form that questions ask for.
type lists struct {
	shorteners, freemail, freehosts, forms, tlds map[string]bool
	brands                                       []Brand
	brandLabels                                  map[string]int // skeleton of a label to its brand
	brandOwned                                   map[string]bool
}

//nolint:gochecknoglobals // a constant table, read once
var facts = sync.OnceValue(func() *lists {
	l := &lists{
		shorteners: set("shorteners"), freemail: set("freemail"), freehosts: set("freehosts"),
		forms: set("forms"), tlds: set("tlds"),
		brandLabels: map[string]int{}, brandOwned: map[string]bool{},
	}
	for _, line := range lines("brands") {
		l.addBrand(line)
	}
	return l
})

func (l *lists) addBrand(line string) {
	name, domains, ok := strings.Cut(line, "=")
	if !ok {
		return
	}
	b := Brand{Name: strings.TrimSpace(name), Domains: strings.Fields(domains)}
	b.Label = strings.NewReplacer(" ", "", "'", "", "&", "", ".com", "", ".", "").Replace(b.Name)
	l.brands = append(l.brands, b)
	for _, d := range b.Domains {
		l.brandOwned[d] = true
	}
	if _, taken := l.brandLabels[skeleton(b.Label)]; !taken {
		l.brandLabels[skeleton(b.Label)] = len(l.brands) - 1
	}
}

func set(name string) map[string]bool {
	out := map[string]bool{}
	for _, line := range lines(name) {
		out[line] = true
	}
	return out
}

func lines(name string) []string {
	raw, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		return nil // the tests make sure that every list is there
	}
	var out []string
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// within reports whether host or one of its parents is in the set.
func within(set map[string]bool, host string) bool {
	for host != "" {
		if set[host] {
			return true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return false
}

// Shortener reports whether the host hides where its links lead.
func Shortener(host string) bool { return within(facts().shorteners, host) }

// FreeMail reports whether anyone can have an address there.
func FreeMail(host string) bool { return facts().freemail[host] }

// FreeHost reports whether anyone can put up a page there.
func FreeHost(host string) bool { return within(facts().freehosts, host) }

// FormBuilder reports whether the address belongs to a service where anyone makes forms.
func FormBuilder(host, path string) bool {
	l := facts()
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return within(l.forms, host) || l.forms[host+"/"+first]
}

// RiskyTLD reports whether the top-level domain is far more common in abuse than in daily mail.
func RiskyTLD(host string) bool { return facts().tlds[host[strings.LastIndexByte(host, '.')+1:]] }

// Brands lists the names that are often imitated.
func Brands() []Brand { return facts().brands }

// BrandOwned reports whether the host belongs to one of the brands.
func BrandOwned(host string) bool { return within(facts().brandOwned, host) }

// Owns reports whether host is one of the brand's own.
func (b Brand) Owns(host string) bool {
	for _, d := range b.Domains {
		if host == d || strings.HasSuffix(host, "."+d) {
			return true
		}
	}
	return false
}
