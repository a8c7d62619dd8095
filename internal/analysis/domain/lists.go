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

// Lists are the facts in the form that questions ask for. A nil Lists answers
// from the lists that ship with the product. They never change once made.
type Lists struct {
	sets        [kinds]hosts
	brands      []Brand
	brandWords  []string         // the names of brands between spaces
	brandStarts map[string][]int // the first word of a name to its brands, in order
	imitable    []int            // brands whose labels are long and rare enough to be imitated
	brandLabels map[string]int   // skeleton of a label to its brand
	brandOwned  hosts
}

// The lists that hold one host or ending a line.
const (
	shorteners = iota
	freeHosts
	forms
	tlds
	freeMail
	kinds
)

// plain names them.
//
//nolint:gochecknoglobals // a constant table
var plain = [kinds]string{shorteners: "shorteners", freeHosts: "freehosts", forms: "forms", tlds: "tlds", freeMail: "freemail"}

//nolint:gochecknoglobals // a constant table, read once
var facts = sync.OnceValue(func() *Lists { return build(lines) })

// build makes lists of the lines of each.
func build(of func(name string) []string) *Lists {
	l := &Lists{brandLabels: map[string]int{}, brandStarts: map[string][]int{}}
	for kind, name := range plain {
		for _, line := range of(name) {
			l.sets[kind].add(line)
		}
	}
	for _, line := range of("brands") {
		l.addBrand(line)
	}
	return l
}

// or gives the lists that ship with the product for a nil l.
func (l *Lists) or() *Lists {
	if l == nil {
		return facts()
	}
	return l
}

func (l *Lists) addBrand(line string) {
	name, domains, ok := strings.Cut(line, "=")
	if !ok {
		return
	}
	b := Brand{Name: strings.TrimSpace(name), Domains: strings.Fields(domains)}
	b.Label = strings.NewReplacer(" ", "", "'", "", "&", "", ".com", "", ".", "").Replace(b.Name)
	l.brands, l.brandWords = append(l.brands, b), append(l.brandWords, " "+b.Name+" ")
	l.know(len(l.brands) - 1)
	for _, d := range b.Domains {
		l.brandOwned.add(d)
	}
	if _, taken := l.brandLabels[skeleton(b.Label)]; !taken {
		l.brandLabels[skeleton(b.Label)] = len(l.brands) - 1
	}
}

// know makes a brand quick to find by its first word, where its name is long
// enough to be found in a text.
func (l *Lists) know(i int) {
	b := &l.brands[i]
	if first, _, _ := strings.Cut(b.Name, " "); len(b.Name) >= 3 {
		l.brandStarts[first] = append(l.brandStarts[first], i)
	}
	if len(b.Label) >= 6 && !common[b.Label] {
		l.imitable = append(l.imitable, i)
	}
}

func lines(name string) []string {
	raw, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		return nil // the tests make sure that every list is there
	}
	return entries(string(raw))
}

// entries gives the lines of a list that say something.
func entries(raw string) []string {
	var out []string
	for line := range strings.Lines(raw) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// Shortener reports whether the host hides where its links lead.
func (l *Lists) Shortener(host string) bool { return l.or().sets[shorteners].within(host) }

// FreeMail reports whether anyone can have an address there.
func (l *Lists) FreeMail(host string) bool { return l.or().sets[freeMail].has(host) }

// FreeHost reports whether anyone can put up a page there.
func (l *Lists) FreeHost(host string) bool { return l.or().sets[freeHosts].within(host) }

// FormBuilder reports whether the address belongs to a service where anyone makes forms.
func (l *Lists) FormBuilder(host, path string) bool {
	set := &l.or().sets[forms]
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return set.within(host) || set.has(host+"/"+first)
}

// RiskyTLD reports whether the top-level domain is far more common in abuse than in daily mail.
func (l *Lists) RiskyTLD(host string) bool {
	return l.or().sets[tlds].has(host[strings.LastIndexByte(host, '.')+1:])
}

// Brands lists the names that are often imitated.
func (l *Lists) Brands() []Brand { return l.or().brands }

// BrandOwned reports whether the host belongs to one of the brands.
func (l *Lists) BrandOwned(host string) bool { return l.or().brandOwned.within(host) }

// Shared reports whether many people who do not know each other have pages at
// this very host: what one of them does there says nothing about the others.
func (l *Lists) Shared(host string) bool {
	l = l.or()
	return l.sets[freeHosts].has(host) || l.sets[forms].has(host) || l.sets[shorteners].within(host) || l.brandOwned.within(host)
}

// The same questions, answered from the lists that ship with the product.

// Shortener reports whether the host hides where its links lead.
func Shortener(host string) bool { return facts().Shortener(host) }

// FreeMail reports whether anyone can have an address there.
func FreeMail(host string) bool { return facts().FreeMail(host) }

// FreeHost reports whether anyone can put up a page there.
func FreeHost(host string) bool { return facts().FreeHost(host) }

// FormBuilder reports whether the address belongs to a service where anyone makes forms.
func FormBuilder(host, path string) bool { return facts().FormBuilder(host, path) }

// RiskyTLD reports whether the top-level domain is far more common in abuse than in daily mail.
func RiskyTLD(host string) bool { return facts().RiskyTLD(host) }

// Brands lists the names that are often imitated.
func Brands() []Brand { return facts().Brands() }

// BrandOwned reports whether the host belongs to one of the brands.
func BrandOwned(host string) bool { return facts().BrandOwned(host) }

// ImitatedBrand finds the well-known name that host imitates.
func ImitatedBrand(host string) (Brand, Imitation) { return facts().ImitatedBrand(host) }

// NamedBrand finds the well-known name that stands in a folded text.
func NamedBrand(folded string) (Brand, bool) { return facts().NamedBrand(folded) }

// Owns reports whether host is one of the brand's own.
func (b Brand) Owns(host string) bool {
	for _, d := range b.Domains {
		if host == d || strings.HasSuffix(host, "."+d) {
			return true
		}
	}
	return false
}
