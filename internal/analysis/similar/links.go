package similar

import (
	"net/url"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

const mostLinks = 60 // links that are looked at

// places gives the domains that links lead to and the forms of their paths.
// Well-known names and shorteners say nothing: anybody's mail leads there.
func places(v *view.View) (hosts, shapes []uint32) {
	for i, l := range v.Links {
		if i >= mostLinks {
			break
		}
		if !l.Clickable() {
			continue
		}
		if l.Org != "" && telling(l) {
			hosts = append(hosts, fold32(l.Org))
		}
		if s := pathShape(l); s != "" && !domain.BrandOwned(l.Host) {
			shapes = append(shapes, fold32(s))
		}
	}
	return few(hosts, mostHosts), few(shapes, mostShapes)
}

// telling reports whether the domain of a link says something: not one that all
// the world links to, nor one that is made anew for each recipient.
func telling(l view.Link) bool {
	return !domain.BrandOwned(l.Host) && !domain.Shortener(l.Host) && !domain.Random(l.Label())
}

// pathShape writes a path with its numbers, codes and names of files made by
// machines as "#", and the names of the parameters without their values. Short
// paths say nothing: "".
func pathShape(l view.Link) string {
	const longest = 400
	var parts []string
	said := 0
	for part := range strings.SplitSeq(strings.Trim(cut(l.Path, longest), "/"), "/") {
		if part = segment(part); part != "#" {
			said += len(part)
		}
		parts = append(parts, part)
	}
	var keys []string
	query, _ := url.ParseQuery(cut(l.Query, longest))
	for k := range query {
		keys = append(keys, segment(k))
		said += min(len(k), 3)
	}
	if said < 6 {
		return ""
	}
	slices.Sort(keys)
	return strings.Join(parts, "/") + "?" + strings.Join(keys, "&")
}

// segment writes one part of a path: "#" for what a machine made.
func segment(s string) string {
	name, ending, dotted := strings.Cut(strings.ToLower(s), ".")
	if digits(name) > len(name)/4 || len(name) > 24 || domain.Random(name) {
		name = "#"
	}
	if dotted && len(ending) <= 5 {
		return name + "." + ending
	}
	return name
}

func digits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func cut(s string, most int) string { return s[:min(len(s), most)] }
