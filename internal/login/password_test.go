package login_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

const phrase = "quatre petits canards verts"

func TestPassword(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := desk(t, d)
		check := func(address, password string) (people.ID, error) {
			return login.CheckPassword(t.Context(), d, h, address, password, noon)
		}
		if who, err := check(" Nadia@Brume.example", phrase); err != nil || who != nadia {
			t.Errorf("the right password = %q, %v", who, err)
		}
		for address, password := range map[string]string{
			"nadia@brume.example":  "another phrase altogether",
			"omar@brume.example":   phrase,                       // has none
			"nobody@brume.example": "nobody has this password",   // the decoy opens nothing
			"huge@brume.example":   strings.Repeat("x", 100_000), // is not hashed at all
		} {
			who, err := check(address, password)
			if f := fault.Of(err); err == nil || f.Key != "fault.wrong-password" || who != "" {
				t.Errorf("%s = %q, %v", address, who, err)
			}
		}
	})
}

func TestGuessingIsSlowedDown(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	h := desk(t, d)
	for range 10 {
		if _, err := login.CheckPassword(t.Context(), d, h, "nadia@brume.example", "a wrong guess", noon); !fault.Is(err, fault.Unauthenticated) {
			t.Fatal(err)
		}
	}
	if _, err := login.CheckPassword(t.Context(), d, h, "nadia@brume.example", phrase, noon); !fault.Is(err, fault.TooMuch) {
		t.Errorf("the eleventh try = %v", err)
	}
	later := noon.Add(15 * time.Minute)
	if _, err := login.CheckPassword(t.Context(), d, h, "nadia@brume.example", phrase, later); err != nil {
		t.Errorf("after the pause = %v", err)
	}
}

func TestNewPasswordSignsOutEverywhere(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	h := desk(t, d)
	hash, err := h.Hash(t.Context(), "trois grands canards bleus")
	must(t, err)
	must(t, d.Write(t.Context(), func(tx *db.Tx) error {
		before := newSession(t, tx, nadia)
		if err := login.SetPassword(t.Context(), tx, nadia, hash, noon); err != nil {
			return err
		}
		wantSessions(t, tx, map[string]bool{before: false})
		return nil
	}))
	if _, err := login.CheckPassword(t.Context(), d, h, "nadia@brume.example", phrase, noon); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("the old password = %v", err)
	}
}

// A terminal may send é as one character and a browser as two.
func TestPasswordIsTheSameFromEveryKeyboard(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	h := desk(t, d)
	for _, typed := range []struct{ set, used string }{
		{"un \u00e9t\u00e9 \u00e0 Brume", "un e\u0301te\u0301 a\u0300 Brume"},
		{"un e\u0301te\u0301 a\u0300 Brume", "un \u00e9t\u00e9 \u00e0 Brume"},
	} {
		hash, err := h.Hash(t.Context(), typed.set)
		must(t, err)
		must(t, d.Write(t.Context(), func(tx *db.Tx) error { return login.SetPassword(t.Context(), tx, nadia, hash, noon) }))
		if _, err := login.CheckPassword(t.Context(), d, h, "nadia@brume.example", typed.used, noon); err != nil {
			t.Errorf("set as %+q, typed as %+q: %v", typed.set, typed.used, err)
		}
	}
}

// Who is on the team, and who of them has a password.
func TestTeam(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		desk(t, d)
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			for _, g := range []login.Grant{{Role: login.Responder}, {Role: login.Lead, Account: north}} {
				if err := login.GrantRole(t.Context(), tx, omar, g, noon); err != nil {
					return err
				}
			}
			team, err := login.Team(t.Context(), tx)
			must(t, err)
			want := map[people.ID][]login.Grant{omar: {{Role: login.Lead, Account: north}, {Role: login.Responder}}}
			if diff := cmp.Diff(want, team); diff != "" {
				t.Error(diff)
			}
			with, err := login.Passworded(t.Context(), tx)
			if err != nil || !slices.Equal(with, []people.ID{nadia}) {
				t.Errorf("with a password: %v, %v", with, err)
			}
			return nil
		}))
	})
}

func TestPasswordLength(t *testing.T) {
	t.Parallel()
	h, err := login.NewHasher(1)
	must(t, err)
	for _, bad := range []string{"", "court", "onze lettre", strings.Repeat("x", 257)} {
		if _, err := h.Hash(t.Context(), bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
	if _, err := h.Hash(t.Context(), "été à Évian !"); err != nil {
		t.Errorf("twelve letters in any alphabet: %v", err)
	}
}

func desk(t *testing.T, d *db.DB) *login.Hasher {
	t.Helper()
	seed(t, d)
	h, err := login.NewHasher(2)
	must(t, err)
	hash, err := h.Hash(t.Context(), phrase)
	must(t, err)
	must(t, d.Write(t.Context(), func(tx *db.Tx) error {
		return login.SetPassword(t.Context(), tx, nadia, hash, noon)
	}))
	return h
}
