package login_test

import (
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

var (
	noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	key  = []byte("a key of thirty-two bytes, really")
)

// seed adds two people of an account.
func seed(t *testing.T, d *db.DB) {
	t.Helper()
	must(t, d.Write(t.Context(), func(tx *db.Tx) error {
		account, err := people.EnsureAccount(t.Context(), tx, people.Account{ID: north, Name: "North"}, noon)
		if err != nil {
			return err
		}
		for id, address := range map[people.ID]string{nadia: "nadia@brume.example", omar: "omar@brume.example"} {
			p := people.Person{ID: id, Account: account.ID, Address: address, Name: "X", Since: noon}
			if _, err := people.Ensure(t.Context(), tx, p); err != nil {
				return err
			}
		}
		return nil
	}))
}

// with seeds d and gives one transaction that lasts as long as the test.
func with(t *testing.T, d *db.DB) *db.Tx {
	t.Helper()
	seed(t, d)
	lent, done, ended := make(chan *db.Tx), make(chan struct{}), make(chan struct{})
	over := errors.New("the test is over")
	go func() {
		defer close(ended)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			lent <- tx
			<-done
			return over
		})
		if !errors.Is(err, over) {
			t.Error(err)
		}
	}()
	t.Cleanup(func() { close(done); <-ended })
	return <-lent
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newSession(t *testing.T, tx *db.Tx, person people.ID) string {
	t.Helper()
	token, err := login.NewSession(t.Context(), tx, rand.Reader, person, noon)
	must(t, err)
	return token
}

func wantSessions(t *testing.T, tx *db.Tx, want map[string]bool) {
	t.Helper()
	for token, lives := range want {
		_, err := login.SessionOf(t.Context(), tx, token, noon)
		if lives && err != nil || !lives && !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("session: %v, want it alive: %v", err, lives)
		}
	}
}

func newLink(t *testing.T, tx *db.Tx, person people.ID, at time.Time) string {
	t.Helper()
	token, err := login.NewLink(t.Context(), tx, rand.Reader, person, at)
	must(t, err)
	return token
}

func whoIs(t *testing.T, tx *db.Tx, person people.ID) login.Who {
	t.Helper()
	who, err := login.Of(t.Context(), tx, person)
	must(t, err)
	return who
}
