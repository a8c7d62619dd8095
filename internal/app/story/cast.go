package story

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

// The organisation's names.
const (
	Domain   = "boreal.example"
	Report   = "bienvu@" + Domain      // the address that takes reports
	Reporter = "emma.martin@" + Domain // who `bienvu report` is, where nobody else is named
	gateway  = "mx." + Domain          // the server whose checks the organisation believes
)

// roster is one person a line: name, department, language (or -), how much
// they report, role (or nothing).
//
//go:embed data/people.txt
var roster string

// member is one person of the organisation.
type member struct {
	ID         people.ID
	Name       string
	Address    string
	Department string
	Language   string // what they chose, "" when they didn't
	Speaks     string // "fr" or "en": what they write in
	Zeal       int    // how much they report
	Role       login.Role
}

func (m member) first() string { first, _, _ := strings.Cut(m.Name, " "); return first }

// cast is everybody.
type cast []member

func (c cast) with(role login.Role) (some cast) {
	for _, m := range c {
		if m.Role == role {
			some = append(some, m)
		}
	}
	return some
}

// byAddress finds one person; the zero member when there is none.
func (c cast) byAddress(address string) member {
	for _, m := range c {
		if m.Address == address {
			return m
		}
	}
	return member{}
}

// readCast reads the roster. It is our own file; a test reads it too.
func readCast() (cast, error) {
	var all cast
	for line := range strings.Lines(roster) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != 6 {
			return nil, fmt.Errorf("story: people: %q has %d cells", line, len(cells))
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		m := member{Name: cells[0], Department: cells[1], Speaks: cells[2], Role: login.Role(cells[5])}
		m.Address = local(m.Name) + "@" + Domain
		if cells[3] == "chosen" {
			m.Language = m.Speaks
		}
		if _, err := fmt.Sscan(cells[4], &m.Zeal); err != nil {
			return nil, fmt.Errorf("story: people: %q: %w", line, err)
		}
		all = append(all, m)
	}
	return all, nil
}

// local is the local part of an address for a name: emma.martin.
func local(name string) string {
	plain := strings.NewReplacer("é", "e", "è", "e", "ë", "e", "ê", "e", "ï", "i", "ç", "c", "ô", "o", "à", "a", "ü", "u", "É", "e", "'", "", " ", ".")
	return strings.ToLower(plain.Replace(name))
}

// found makes the departments, the people and their roles, where they are
// missing, and gives everybody with their identifiers.
func found(ctx context.Context, tx *db.Tx, begun time.Time) (cast, error) {
	all, err := readCast()
	if err != nil {
		return nil, err
	}
	ids := makerOf(forPeople, 0)
	before := begun.AddDate(-1, -1, 0)
	for i := range all {
		m := &all[i]
		account, person, err := twoIDs(ids.New, before)
		if err != nil {
			return nil, err
		}
		at, err := people.EnsureAccount(ctx, tx, people.Account{ID: people.AccountID(account), Name: m.Department}, before)
		if err != nil {
			return nil, err
		}
		p, err := people.Ensure(ctx, tx, people.Person{
			ID: people.ID(person), Account: at.ID, Address: m.Address, Name: m.Name, Language: m.Language, Since: before,
		})
		if err != nil {
			return nil, err
		}
		m.ID = p.ID
		if m.Role == "" {
			continue
		}
		if err := login.GrantRole(ctx, tx, p.ID, login.Grant{Role: m.Role}, before); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func twoIDs(next func(time.Time) (string, error), at time.Time) (one, two string, err error) {
	if one, err = next(at); err != nil {
		return "", "", err
	}
	two, err = next(at)
	return one, two, err
}

// Door is a person of the demo that a visitor may be, in one click.
type Door struct {
	Role    login.Role // reporter, responder or lead
	ID      people.ID
	Name    string
	Address string
}

// Doors are the three people a visitor may be.
func (s *Story) Doors() []Door {
	reporter := s.cast.byAddress(Reporter)
	doors := []Door{{login.Reporter, reporter.ID, reporter.Name, reporter.Address}}
	for _, role := range []login.Role{login.Responder, login.Lead} {
		m := s.cast.with(role)[0]
		doors = append(doors, Door{role, m.ID, m.Name, m.Address})
	}
	return doors
}
