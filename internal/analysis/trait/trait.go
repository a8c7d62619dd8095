// Package trait describes a message in numbers: how its sender's name, address,
// links and files fit together, how its text is built, and which findings were
// made. The judgement's model weighs these numbers.
//
// Only what an attacker must show to the reader, or can't choose freely, is
// described: nothing of the header fields that servers add on the way, for
// those tell more of how a message was collected than of what it is.
package trait

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Row is the numbers of one message, in the order of Names.
type Row []float32

// Set names the numbers: first the traits, then the findings.
type Set struct {
	Names []string
	index map[string]int
}

// NewSet makes a set of all traits and of these findings.
func NewSet(findings []string) *Set {
	s := &Set{Names: slices.Concat(names(), findings), index: map[string]int{}}
	for i, name := range s.Names {
		s.index[name] = i
	}
	return s
}

// Index gives the place of a trait or a finding in a row, -1 where it has none.
func (s *Set) Index(name string) int {
	if i, ok := s.index[name]; ok {
		return i
	}
	return -1
}

// Of describes a message with what was found in it.
func (s *Set) Of(v *view.View, found []verdict.Finding) Row {
	row := make(Row, len(s.Names))
	d := describer{v: v, row: row, index: s.index}
	d.sender()
	d.replies()
	d.links()
	d.text()
	d.files()
	s.found(row, found)
	return row
}

func (s *Set) found(row Row, found []verdict.Finding) {
	for _, f := range found {
		if i, ok := s.index[f.ID]; ok {
			row[i] = float32(max(f.Weight, -f.Weight, 0.1))
		}
	}
}

// Narrow makes the row of this set out of one of a set with more findings.
func (s *Set) Narrow(wide Row, found []verdict.Finding) Row {
	row := make(Row, len(s.Names))
	copy(row, wide[:len(names())])
	s.found(row, found)
	return row
}

// describer fills a row.
type describer struct {
	v     *view.View
	row   Row
	index map[string]int
}

func (d *describer) set(name string, value float64) {
	if i, ok := d.index[name]; ok {
		d.row[i] = float32(value)
	}
}

func (d *describer) flag(name string, yes bool) {
	if yes {
		d.set(name, 1)
	}
}

// names lists the traits.
func names() []string {
	return strings.Fields(`
sender.name-words sender.name-in-domain sender.domain-in-name sender.label-length sender.label-digits sender.depth
sender.free sender.role sender.noreply sender.local-length sender.local-digits sender.name-missing sender.name-is-address sender.name-capitals sender.name-signs
sender.tld-com sender.tld-org sender.tld-country sender.tld-official sender.tld-other sender.name-has-brand sender.name-in-subject sender.name-in-text sender.domain-in-text
reply.there reply.same reply.free
link.count link.orgs link.own-share link.first-own link.images link.images-own link.images-foreign link.brand-share link.plain-share link.depth link.path-length link.query-length link.token link.free-share
link.foreign-hosts link.most-common-share link.mailto link.telephone link.name-in-host link.name-in-foreign link.text-words link.button link.unsubscribe link.foreign-tld-other link.foreign-digits link.foreign-label-length link.per-word
link.html-path link.php-path link.foreign-to-name link.own-images-foreign-links link.files link.pictures
text.words text.subject-words text.mean-length text.capitals text.exclamations text.questions text.digits text.money text.signs text.foreign text.lines text.line-length text.quoted text.signature
text.mine text.hidden text.hidden-share text.re text.tag text.brackets text.own-addresses text.foreign-addresses text.code text.pictures-per-word
file.count file.pdf file.image file.page file.office file.archive file.calendar file.mail file.text
`)
}
