package story

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/reply"
)

//nolint:gochecknoglobals // constants of the tests
var noon = time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC)

// newDesk is a desk with the demo's settings, as far as they matter here.
func newDesk(t *testing.T, d *db.DB) *desk.Desk {
	t.Helper()
	made := desktest.New(t, d).Desk
	settings := map[string]string{}
	for _, line := range Settings() {
		key, value, _ := strings.Cut(line, "=")
		settings[key] = value
	}
	made.Org = desk.Org{
		Name: settings["org.name"], Domains: []string{Domain}, Language: "fr", Form: reply.Vous, Zone: time.UTC,
		Team:    reply.Team{Name: settings["org.team_name"], Signer: settings["org.signer"], Phone: settings["org.phone"]},
		Account: settings["org.name"], Reports: []string{Report}, From: mail.Address{Name: "x", Addr: Report},
		Relays: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		House: analysis.House{
			Domains: []string{Domain}, Names: strings.Split(settings["org.leaders"], ","), Known: strings.Split(settings["org.known_domains"], ","),
			TrustedServers: []string{settings["org.trusted_auth_servers"]}, Exercises: []analysis.Exercise{{IP: ExerciseIP}},
		},
		AnswerAlone: true, Promise: time.Hour, PersonCap: 20, ThreadCap: 5, PublicURL: "http://127.0.0.1:8080", MaxBytes: 50 << 20,
	}
	return made
}

func opened(t *testing.T, d *db.DB) *Story {
	t.Helper()
	s, err := Open(t.Context(), newDesk(t, d), noon)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func filled(t *testing.T, s *Story, until int) {
	t.Helper()
	box := &post.Fake{}
	o := Options{Sender: func(func() time.Time) (post.Sender, error) { return box, nil }, Until: until}
	if err := s.Fill(t.Context(), o); err != nil {
		t.Fatal(err)
	}
}

// told is everything that was written to people, in order.
func told(t *testing.T, d *db.DB) []string {
	t.Helper()
	return query(t, d, `SELECT to_address || ' ' || situation || ' ' || verdict || ' ' || state || ' ' || message_id || ' ' || body_text FROM letters ORDER BY created_at, id`)
}

func query(t *testing.T, d *db.DB, sql string, args ...any) (out []string) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		var err error
		out, err = db.All(t.Context(), tx, db.Scan[string], sql, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestWholeYear tells everything and looks at what became of it.
func TestWholeYear(t *testing.T) {
	t.Parallel()
	s := opened(t, dbtest.SQLite(t))
	began := time.Now()
	filled(t, s, 0)
	_, total := s.Progress()
	t.Logf("%d reports, %d steps in %s", len(s.plan.reports), total, time.Since(began).Round(time.Millisecond))
	figures(t, s)
}

func figures(t *testing.T, s *Story) {
	t.Helper()
	d := s.desk.DB
	for _, q := range []string{
		`SELECT state || '/' || hold || ': ' || count(*) FROM cases GROUP BY state, hold ORDER BY 1`,
		`SELECT situation || '/' || state || ': ' || count(*) FROM letters GROUP BY situation, state ORDER BY 1`,
		`SELECT kind || '/' || verdict || '/' || CASE WHEN decided_by IS NULL THEN 'alone' ELSE 'person' END || ': ' || count(*) FROM cases GROUP BY kind, verdict, decided_by IS NULL ORDER BY 1`,
		`SELECT 'feedback ' || helped || ': ' || count(*) FROM feedback GROUP BY helped`,
	} {
		t.Log(strings.Join(query(t, d, q), "\n  "))
	}
}
