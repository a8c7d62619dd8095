// Package desktest gives tests a whole desk: a real database, bytes in memory,
// letters in a fake post, a clock that the test moves, and jobs that the test
// does when it wants.
package desktest

import (
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/id"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/reply"
)

// Desk is a desk under test.
type Desk struct {
	*desk.Desk

	Post  *post.Fake
	Hand  *desk.ByHand
	Clock time.Time // what Now says; move it at will
	t     *testing.T
}

// Domain is the organisation's; Report is the address that takes reports.
const (
	Domain = "atelier.example"
	Report = "report@atelier.example"
	Relay  = "127.0.0.1" // mail from here is believed
)

// New makes a desk on d. More sentences than the desk's own can be given.
func New(t *testing.T, d *db.DB, more ...fs.FS) *Desk {
	t.Helper()
	words, err := i18n.Load(append([]fs.FS{reply.Locale, sentences.Locale()}, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	seed := [32]byte{1}
	made := &Desk{t: t, Post: &post.Fake{}, Hand: &desk.ByHand{}, Clock: time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC)}
	made.Desk = &desk.Desk{
		DB: d, Blobs: blob.NewMemory(), Jobs: made.Hand, Words: words, Sender: made.Post, Org: Org(),
		IDs: id.NewMaker(rand.NewChaCha8(seed)), Random: rand.NewChaCha8(seed), Now: func() time.Time { return made.Clock },
		Log: slog.New(slog.DiscardHandler), Key: []byte("a key of thirty-two bytes, for tests"), Process: "test",
	}
	return made
}

// Org is the organisation of the tests.
func Org() desk.Org {
	return desk.Org{
		Name: "Atelier", Domains: []string{Domain}, Language: "en", Form: reply.Vous, Zone: time.UTC,
		Team: reply.Team{Name: "Security team", Signer: "Camille", Phone: "01 23 45 67 89"}, Account: "Atelier",
		Reports: []string{Report}, From: mail.Address{Name: "Security team", Addr: "team@" + Domain},
		Relays:      []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		House:       analysis.House{Domains: []string{Domain}, TrustedServers: []string{"mx." + Domain}},
		AnswerAlone: true, SafeNeedsProof: true, Promise: time.Hour, PersonCap: 20, ThreadCap: 5, PublicURL: "https://bienvu." + Domain, MaxBytes: 1 << 20,
	}
}

// Mail hands a mail in by SMTP from the trusted relay, and does what comes of it.
func (d *Desk) Mail(from string, raw []byte) desk.Receipt {
	d.t.Helper()
	r, err := d.Receive(d.t.Context(), desk.Incoming{
		Channel: cases.BySMTP, Raw: raw, EnvelopeFrom: from, To: []string{Report}, RemoteIP: Relay, Helo: "client.example",
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.Do()
	return r
}

// Do does the jobs that wait.
func (d *Desk) Do() {
	d.t.Helper()
	if err := d.Hand.Do(d.t.Context(), d.Desk); err != nil {
		d.t.Fatal(err)
	}
}

// Case reads a case and its letters.
func (d *Desk) Case(id cases.ID) (c cases.Case, sent []letters.Letter) {
	d.t.Helper()
	err := d.DB.Read(d.t.Context(), func(tx *db.Tx) error {
		var err error
		if c, err = cases.Get(d.t.Context(), tx, id); err != nil {
			return err
		}
		sent, err = letters.Of(d.t.Context(), tx, id)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return c, sent
}
