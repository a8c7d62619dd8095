package login_test

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

const (
	nadia people.ID = "01890000-0000-7000-8000-000000000001"
	omar  people.ID = "01890000-0000-7000-8000-000000000002"

	north people.AccountID = "account-north"
	south people.AccountID = "account-south"
)

func TestSession(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		token := newSession(t, tx, nadia)
		s, err := login.SessionOf(t.Context(), tx, token, noon.Add(time.Hour))
		if err != nil || s.Who.Person != nadia || !s.Since.Equal(noon) {
			t.Fatalf("session = %+v, %v", s, err)
		}
		if s.Stale(noon.Add(time.Minute)) || !s.Stale(noon.Add(time.Hour)) {
			t.Error("a use should be written once in five minutes, not each time")
		}
		for _, wrong := range []string{"", token + "x", login.Sign(key, "a", "b", "c", noon)} {
			if _, err := login.SessionOf(t.Context(), tx, wrong, noon); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("session of %q = %v", wrong, err)
			}
		}
	})
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		token := newSession(t, tx, nadia)
		gone := func(at time.Time) bool {
			_, err := login.SessionOf(t.Context(), tx, token, at)
			return fault.Is(err, fault.Unauthenticated)
		}
		idle := noon.Add(login.SessionIdle)
		if gone(idle.Add(-time.Minute)) || !gone(idle) {
			t.Error("an unused session must end after its idle time, and not before")
		}
		for day := noon; day.Before(noon.Add(login.SessionLife)); day = day.Add(24 * time.Hour) {
			must(t, login.TouchSession(t.Context(), tx, token, day))
		}
		end := noon.Add(login.SessionLife)
		if gone(end.Add(-time.Minute)) || !gone(end) {
			t.Error("a used session must live its whole life, and no longer")
		}
	})
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		here, there, other := newSession(t, tx, nadia), newSession(t, tx, nadia), newSession(t, tx, omar)
		must(t, login.EndSession(t.Context(), tx, here))
		wantSessions(t, tx, map[string]bool{here: false, there: true, other: true})
		must(t, login.EndSessions(t.Context(), tx, nadia))
		wantSessions(t, tx, map[string]bool{here: false, there: false, other: true})
	})
}

// A link scanner opens every link of a mail, often several times. Nothing of
// that may use the link up.
func TestLinkScannerDoesNotUseTheLink(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		token := newLink(t, tx, nadia, noon)
		for range 3 {
			if who, err := login.PeekLink(t.Context(), tx, token, noon); err != nil || who != nadia {
				t.Fatalf("PeekLink = %q, %v", who, err)
			}
		}
		if who, err := login.UseLink(t.Context(), tx, token, noon); err != nil || who != nadia {
			t.Fatalf("UseLink = %q, %v", who, err)
		}
		if _, err := login.UseLink(t.Context(), tx, token, noon); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the second UseLink = %v", err)
		}
		if _, err := login.PeekLink(t.Context(), tx, token, noon); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("PeekLink of a used link = %v", err)
		}
	})
}

func TestLinkIsForAQuarterOfAnHourAndOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		old, second := newLink(t, tx, nadia, noon), newLink(t, tx, nadia, noon.Add(time.Minute))
		other := newLink(t, tx, omar, noon.Add(time.Minute))
		late := noon.Add(login.LinkLife)
		if _, err := login.UseLink(t.Context(), tx, old, late); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("an old link = %v", err)
		}
		third := newLink(t, tx, nadia, late)
		if _, err := login.UseLink(t.Context(), tx, second, late); err != nil {
			t.Errorf("a link of 14 minutes = %v", err)
		}
		if _, err := login.UseLink(t.Context(), tx, third, late); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("her other open link must be over too: %v", err)
		}
		if _, err := login.UseLink(t.Context(), tx, other, late); err != nil {
			t.Errorf("the link of somebody else = %v", err)
		}
	})
}

func TestNobodysMailboxIsFilledWithLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		for range 5 {
			newLink(t, tx, nadia, noon)
		}
		if _, err := login.NewLink(t.Context(), tx, rand.Reader, nadia, noon); !fault.Is(err, fault.TooMuch) {
			t.Errorf("the sixth link = %v", err)
		}
		newLink(t, tx, omar, noon)
		newLink(t, tx, nadia, noon.Add(time.Hour))
	})
}

func TestRolesAreGrantedPerAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		inNorth := login.Grant{Role: login.Responder, Account: north}
		must(t, login.GrantRole(t.Context(), tx, nadia, inNorth, noon))
		must(t, login.GrantRole(t.Context(), tx, nadia, inNorth, noon)) // again is harmless
		who := whoIs(t, tx, nadia)
		if diff := cmp.Diff([]login.Grant{{Role: login.Reporter}, inNorth}, who.Grants); diff != "" {
			t.Error(diff)
		}
		if !who.May(login.CaseDecide) || !who.Sees(login.CaseDecide, north) || who.Sees(login.CaseDecide, south) {
			t.Error("she decides in the north, and only there")
		}
		if holders, err := login.Holders(t.Context(), tx, login.Responder); err != nil || len(holders) != 1 {
			t.Errorf("holders = %v, %v", holders, err)
		}
		must(t, login.RevokeRole(t.Context(), tx, nadia, inNorth))
		if who := whoIs(t, tx, nadia); who.May(login.CaseRead) || !who.May(login.ReportSend) {
			t.Error("without the role she is a reporter again")
		}
		if err := login.GrantRole(t.Context(), tx, nadia, login.Grant{Role: "owner"}, noon); !fault.Is(err, fault.Invalid) {
			t.Errorf("an unknown role = %v", err)
		}
	})
}

func TestSweepKeepsWhatIsInUse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		newSession(t, tx, nadia)
		now := noon.Add(login.SessionLife)
		token, err := login.NewSession(t.Context(), tx, rand.Reader, nadia, now)
		must(t, err)
		link := newLink(t, tx, nadia, now)
		newLink(t, tx, nadia, noon)
		must(t, login.Sweep(t.Context(), tx, now))
		for table, want := range map[string]int{"login_sessions": 1, "login_links": 1} {
			if n, err := db.Scan[int](tx.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table)); n != want {
				t.Errorf("%s: %d rows remain, %v; want %d", table, n, err, want)
			}
		}
		if _, err := login.SessionOf(t.Context(), tx, token, now); err != nil {
			t.Error(err)
		}
		if _, err := login.PeekLink(t.Context(), tx, link, now); err != nil {
			t.Error(err)
		}

	})
}

// Nothing that could be used is readable in the database.
func TestSecretsAreNotKept(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	tx := with(t, d)
	token, err := login.NewToken(t.Context(), tx, rand.Reader,
		login.Token{ID: "t1", Name: "gateway", Rights: []login.Right{login.ReportForAny}}, noon)
	must(t, err)
	for table, text := range map[string]string{
		"login_sessions": newSession(t, tx, nadia), "login_links": newLink(t, tx, nadia, noon), "login_tokens": token,
	} {
		kept, err := db.Scan[string](tx.QueryRowContext(t.Context(), `SELECT token_hash FROM `+table))
		if err != nil || kept == text || len(kept) != 64 {
			t.Errorf("%s keeps %q, %v", table, kept, err)
		}
		if len(text) < 43 {
			t.Errorf("the secret of %s has only %d characters", table, len(text))
		}
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		must(t, login.GrantRole(t.Context(), tx, nadia, login.Grant{Role: login.Responder}, noon))
		spec := login.Token{ID: "t1", Name: "script", Person: nadia, Rights: []login.Right{login.CaseRead}, Expires: noon.Add(time.Hour)}
		text, err := login.NewToken(t.Context(), tx, rand.Reader, spec, noon)
		must(t, err)
		who, got, err := login.ByToken(t.Context(), tx, text, noon)
		must(t, err)
		if who.Person != nadia || !who.May(login.CaseRead) || who.May(login.CaseDecide) || who.May(login.ReportSend) {
			t.Errorf("the token must give what it names and no more: %+v", who)
		}
		spec.Created = noon
		if diff := cmp.Diff(spec, got, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		if _, _, err := login.ByToken(t.Context(), tx, text, noon.Add(time.Hour)); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("an expired token = %v", err)
		}
		must(t, login.TouchToken(t.Context(), tx, "t1", noon))
		must(t, login.RevokeToken(t.Context(), tx, "t1", noon))
		if _, _, err := login.ByToken(t.Context(), tx, text, noon); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("a revoked token = %v", err)
		}
		if err := login.RevokeToken(t.Context(), tx, "t1", noon); !fault.Is(err, fault.NotFound) {
			t.Errorf("revoking twice = %v", err)
		}
		list, err := login.Tokens(t.Context(), tx)
		if err != nil || len(list) != 1 || !list[0].Used.Equal(noon) || !list[0].Revoked.Equal(noon) {
			t.Errorf("the list = %+v, %v", list, err)
		}
	})
}

// A person's token is never more than the person: without the role its rights
// are words.
func TestTokenIsNeverMoreThanItsPerson(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		text, err := login.NewToken(t.Context(), tx, rand.Reader,
			login.Token{ID: "t1", Name: "hope", Person: nadia, Rights: login.Rights()}, noon)
		must(t, err)
		who, _, err := login.ByToken(t.Context(), tx, text, noon)
		must(t, err)
		for _, r := range login.Rights() {
			if want := login.Can(login.Reporter, r); who.May(r) != want {
				t.Errorf("May(%s) = %v for a reporter's token", r, !want)
			}
		}
	})
}

func TestServiceTokenHasItsRightsInItsAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tx := with(t, d)
		text, err := login.NewToken(t.Context(), tx, rand.Reader, login.Token{
			ID: "t1", Name: "gateway", Account: north, Rights: []login.Right{login.ReportForAny},
		}, noon)
		must(t, err)
		who, _, err := login.ByToken(t.Context(), tx, text, noon)
		must(t, err)
		if !who.Sees(login.ReportForAny, north) || who.Sees(login.ReportForAny, south) || who.May(login.CaseRead) {
			t.Errorf("the service may more or less than it should: %+v", who)
		}
		for _, bad := range []login.Token{
			{ID: "t2", Name: "no rights"}, {ID: "t3", Rights: []login.Right{login.CaseRead}},
			{ID: "t4", Name: "x", Rights: []login.Right{"root"}},
		} {
			if _, err := login.NewToken(t.Context(), tx, rand.Reader, bad, noon); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v = %v, want invalid", bad, err)
			}
		}
	})
}
