package web

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

const mostLinks = 100 // shown; a newsletter has hundreds

// linkRows fills in the links that a person can follow, each once, and says at
// which row each link of the message stands.
func linkRows(m *mail.Message, g *page.Guest) map[int]int {
	rows, seen := map[int]int{}, map[[2]string]int{}
	for i, l := range apart(m.Links) {
		if l.Source == mail.LinkImage || l.Source == mail.LinkHeader || l.Source == mail.LinkOther {
			continue
		}
		key := [2]string{l.URL, l.Text}
		at, again := seen[key]
		if !again {
			if len(g.Links) == mostLinks {
				continue
			}
			at = len(g.Links)
			seen[key] = at
			g.Links = append(g.Links, linkRow(l))
		}
		rows[i] = at
	}
	return rows
}

// apart takes links apart as the analysis does: a browser's reading of where
// each leads, and what is inside those that some service wrapped.
func apart(links []mail.Link) []view.Link {
	return view.New(subject.Subject{Message: &mail.Message{Links: links}}).Links
}

func linkRow(l view.Link) page.GuestLink {
	row := page.GuestLink{URL: cut(l.URL, longestField), Via: l.Wrapped, Shut: l.Opaque}
	if l.Text != l.URL {
		row.Text = cut(l.Text, longestField)
	}
	if !l.Opaque && l.Host != "" && (l.Wrapped != "" || !plainHost(l.URL, l.Host)) {
		row.Host = domain.Defang(l.Host)
	}
	return row
}

// plainHost reports whether an address says at once where it leads.
func plainHost(address, host string) bool {
	_, rest, ok := strings.Cut(strings.ToLower(address), "//")
	if !ok {
		rest = strings.ToLower(address)
	}
	after, ok := strings.CutPrefix(rest, host)
	return ok && (after == "" || strings.ContainsRune("/?#:", rune(after[0])))
}

// codeRows fills in the codes that a telephone reads, as the findings tell of
// them, and says at which row the codes of each part stand.
func codeRows(m *mail.Message, findings []verdict.Finding, g *page.Guest) map[int]int {
	rows := map[int]int{}
	for _, f := range findings {
		what := f.Args["host"] + f.Args["what"]
		if !strings.HasPrefix(f.ID, "picture.qr-") || what == "" || f.Place.Index >= len(m.Parts) {
			continue
		}
		at, again := rows[f.Place.Index]
		if again {
			g.Codes[at].What += ", " + what
			continue
		}
		rows[f.Place.Index] = len(g.Codes)
		g.Codes = append(g.Codes, page.GuestCode{Name: cut(f.Place.Quote, longestField), What: cut(what, longestField)})
	}
	return rows
}

// fileRows fills in the attachments, by name only, and what else a finding
// points at.
func fileRows(m *mail.Message, findings []verdict.Finding, codes map[int]int, g *page.Guest) map[int]int {
	wanted := map[int]bool{}
	for _, f := range findings {
		if _, code := codes[f.Place.Index]; f.Place.Spot == verdict.InAttachment && !code {
			wanted[f.Place.Index] = true
		}
	}
	rows := map[int]int{}
	for i, p := range m.Parts {
		if !p.Attachment && (!wanted[i] || strings.HasPrefix(p.Type, "text/")) {
			continue
		}
		rows[i] = len(g.Files)
		g.Files = append(g.Files, page.GuestFile{Name: cut(p.Name, longestField), Type: p.Type, TrueType: p.TrueType, Size: p.Size})
	}
	return rows
}
