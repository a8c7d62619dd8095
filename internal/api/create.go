package api

import (
	"errors"
	"net/http"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

// receipt says that a report is taken.
type receipt struct {
	ID     cases.ID `json:"id"`
	Number int      `json:"number"`
	Again  bool     `json:"again"`
	Page   string   `json:"page"`
}

// create takes a report. 201 is said after Receive returned, never before.
func (s *server) create(w http.ResponseWriter, c call) error {
	u, err := s.read(w, c)
	if errors.Is(err, errMediaType) {
		w.Header().Set("Accept-Post", accepts)
		s.problemAs(w, c.Request, http.StatusUnsupportedMediaType, err)
		return nil
	}
	if err != nil {
		return err
	}
	if err := u.check(); err != nil {
		return err
	}
	person, err := s.reporter(c, u.reporter)
	if err != nil {
		return err
	}
	got, err := s.Desk.Receive(c.Context(), desk.Incoming{
		Channel: cases.ByAPI, Raw: u.mail(person, s.Desk.Org.Reports[0]), Person: person.ID,
		Acted: u.acted, Choice: u.choice, Language: u.language,
	})
	if err != nil {
		return err
	}
	status := http.StatusCreated
	if got.Again {
		status = http.StatusOK
	}
	w.Header().Set("Location", Prefix+"reports/"+string(got.Case))
	write(w, status, "application/json", receipt{ID: got.Case, Number: got.Number, Again: got.Again, Page: s.page(got.Case)})
	return nil
}

// page is where a reporter reads a report in a browser.
func (s *server) page(id cases.ID) string { return s.Desk.Org.PublicURL + "/reports/" + string(id) }

// reporter is whose report it is: the person of a personal token, or whom a
// service names.
func (s *server) reporter(c call, named string) (people.Person, error) {
	if c.who.Person == "" {
		return s.vouched(c, named)
	}
	var p people.Person
	err := s.DB.Read(c.Context(), func(tx *db.Tx) error {
		var err error
		p, err = people.Get(c.Context(), tx, c.who.Person)
		return err
	})
	if err == nil && named != "" && named != p.Address {
		return p, fault.New(fault.Forbidden, "fault.api-reporter-yours", nil)
	}
	return p, err
}

// vouched finds the person a service names, or adds them: the service vouches
// that they are who it says. One of another account is not the service's.
func (s *server) vouched(c call, address string) (people.Person, error) {
	switch {
	case !c.who.May(login.ReportForAny):
		return people.Person{}, needs(login.ReportForAny)
	case address == "":
		return people.Person{}, fault.New(fault.Invalid, "fault.api-reporter-needed", nil)
	case !people.InDomains(address, s.Desk.Org.Domains) || bare(address) != address || address[0] == '@':
		return people.Person{}, fault.New(fault.Forbidden, "fault.api-reporter-outside", fault.Args{"address": address})
	}
	var p people.Person
	err := s.DB.Write(c.Context(), func(tx *db.Tx) error {
		var err error
		if p, err = s.ensure(c, tx, address); err != nil {
			return err
		}
		if !c.who.Sees(login.ReportForAny, p.Account) {
			return fault.New(fault.Forbidden, "fault.api-reporter-outside", fault.Args{"address": address})
		}
		return nil
	})
	return p, err
}

func (s *server) ensure(c call, tx *db.Tx, address string) (people.Person, error) {
	ctx, now := c.Context(), s.Desk.Now()
	if p, err := people.ByAddress(ctx, tx, address); err == nil || !fault.Is(err, fault.NotFound) {
		return p, err
	}
	account, err := s.accountOf(c, tx)
	if err != nil {
		return people.Person{}, err
	}
	made, err := s.Desk.IDs.New(now)
	if err != nil {
		return people.Person{}, err
	}
	return people.Ensure(ctx, tx, people.Person{ID: people.ID(made), Account: account, Address: address, Since: now})
}

// accountOf is where a new person belongs: the service's account, else the one
// for people whose department is not known.
func (s *server) accountOf(c call, tx *db.Tx) (people.AccountID, error) {
	if c.token.Account != "" {
		return c.token.Account, nil
	}
	now := s.Desk.Now()
	made, err := s.Desk.IDs.New(now)
	if err != nil {
		return "", err
	}
	account, err := people.EnsureAccount(c.Context(), tx, people.Account{ID: people.AccountID(made), Name: s.Desk.Org.Account}, now)
	return account.ID, err
}
