package known

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/fault"
)

// Sheet is what a table of partners and prominent persons holds.
type Sheet struct {
	Partners  []Partner
	Prominent []Prominent
}

// Prominent is a person whose name others like to borrow: a director, somebody
// of the accounts.
type Prominent struct{ Address, Name string }

// Budgets of a sheet.
const (
	mostSheet = 4 << 20 // bytes
	mostLines = 50_000
)

// prominent is the kind of a line about a person.
const prominent = "vip"

// ReadSheet reads a table of comma-separated values (RFC 4180) with the columns
// domain, kind and note. The kind is one of Kinds; or it is "vip": then the first
// column is the address of one of our people, the last one their name. A first
// line "domain,kind,note" and lines that begin with # are passed over. The first
// line that makes no sense is a fault.Invalid that names it.
func ReadSheet(r io.Reader) (Sheet, error) {
	limited := &io.LimitedReader{R: r, N: mostSheet + 1}
	c := csv.NewReader(limited)
	c.Comment, c.FieldsPerRecord, c.TrimLeadingSpace = '#', -1, true
	var out Sheet
	for n := 0; ; n++ {
		row, err := c.Read()
		switch {
		case limited.N <= 0 || n > mostLines:
			return out, fault.New(fault.TooMuch, "fault.sheet-too-long", fault.Args{"lines": mostLines})
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return out, fault.Wrap(fault.Invalid, "fault.sheet-unreadable", err)
		}
		line, _ := c.FieldPos(0)
		if line == 1 && strings.EqualFold(strings.TrimPrefix(row[0], "\ufeff"), "domain") {
			continue
		}
		if err := out.add(row); err != nil {
			return out, fault.New(fault.Invalid, "fault.sheet-line", fault.Args{"line": strconv.Itoa(line), "what": strings.Join(row, ",")})
		}
	}
}

var errLine = errors.New("known: a line without meaning")

// add reads one line.
func (s *Sheet) add(row []string) error {
	for len(row) < 3 {
		row = append(row, "")
	}
	what, kind, note := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(row[0], "\ufeff"))), strings.ToLower(strings.TrimSpace(row[1])), strings.TrimSpace(row[2])
	switch name := Host(what); {
	case kind == prominent && strings.Count(what, "@") == 1:
		s.Prominent = append(s.Prominent, Prominent{what, note})
	case Kind(kind).Valid() && name != "":
		s.Partners = append(s.Partners, Partner{Domain: name, Kind: Kind(kind), Note: note})
	default:
		return errLine
	}
	return nil
}

// Host reads a domain as people write it. It is "" for what can't be a partner:
// no domain, or one that belongs to everybody, such as co.uk or a provider of
// free mail addresses.
func Host(written string) string {
	name := domain.Clean(strings.TrimPrefix(strings.TrimSpace(written), "@"))
	if len(name) > longestHost || strings.ContainsAny(name, " /@:\\'\"<>") || domain.IP(name) {
		return ""
	}
	if _, err := publicsuffix.EffectiveTLDPlusOne(name); err != nil {
		return ""
	}
	var shipped *domain.Lists
	if shipped.FreeMail(name) {
		return ""
	}
	return name
}
