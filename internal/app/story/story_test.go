package story

import (
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/reply"
)

var noon = time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC)

// newDesk is a desk with the demo's settings, as far as they matter here.
func newDesk(t *testing.T, d *db.DB) *desk.Desk {
	t.Helper()
	made := desktest.New(t, d).Desk
	set := map[string]string{}
	for _, line := range Settings() {
		key, value, _ := strings.Cut(line, "=")
		set[key] = value
	}
	made.Org = desk.Org{
		Name: set["org.name"], Domains: []string{Domain}, Language: "fr", Form: reply.Vous, Zone: time.UTC,
		Team:    reply.Team{Name: set["org.team_name"], Signer: set["org.signer"], Phone: set["org.phone"]},
		Account: set["org.name"], Reports: []string{Report}, From: mail.Address{Name: "x", Addr: Report},
		Relays: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		House: analysis.House{
			Domains: []string{Domain}, Names: strings.Split(set["org.leaders"], ","), Known: strings.Split(set["org.known_domains"], ","),
			TrustedServers: []string{set["org.trusted_auth_servers"]}, Exercises: []analysis.Exercise{{IP: ExerciseIP}},
		},
		AnswerAlone: true, Promise: time.Hour, PersonCap: 20, ThreadCap: 5, PublicURL: "http://127.0.0.1:8080", MaxBytes: 50 << 20,
	}
	return made
}

func opened(t *testing.T, d *db.DB, now time.Time) *Story {
	t.Helper()
	s, err := Open(t.Context(), newDesk(t, d), now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// filled tells the story until that step; 0 tells all.
func filled(t *testing.T, s *Story, until int) {
	t.Helper()
	o := Options{Sender: func(func() time.Time) (post.Sender, error) { return &post.Fake{}, nil }, Until: until}
	if err := s.Fill(t.Context(), o); err != nil {
		t.Fatal(err)
	}
}

// told is everything that was written to people, in order.
func told(t *testing.T, s *Story) []string {
	t.Helper()
	return query(t, s, `SELECT to_address || ' ' || situation || ' ' || verdict || ' ' || state || ' ' || message_id || ' ' ||
		created_at || ' ' || body_text FROM letters ORDER BY created_at, id`)
}

func query(t *testing.T, s *Story, sql string, args ...any) (out []string) {
	t.Helper()
	err := s.desk.DB.Read(t.Context(), func(tx *db.Tx) error {
		var err error
		out, err = db.All(t.Context(), tx, db.Scan[string], sql, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// steps is enough of the story for most tests.
const steps = 60

func TestSameSeedSameLetters(t *testing.T) {
	t.Parallel()
	one, two := opened(t, dbtest.SQLite(t), noon), opened(t, dbtest.SQLite(t), noon)
	filled(t, one, steps)
	filled(t, two, steps)
	if diff := cmp.Diff(told(t, one), told(t, two)); diff != "" {
		t.Error(diff)
	}
	if len(told(t, one)) < steps/4 {
		t.Errorf("%d letters in %d steps", len(told(t, one)), steps)
	}
}

// TestGoesOn stops the story, even in the middle of a step, and tells on.
func TestGoesOn(t *testing.T) {
	t.Parallel()
	straight := opened(t, dbtest.SQLite(t), noon)
	filled(t, straight, steps)

	cut := 20
	for straight.plan.events[cut].act != arrives {
		cut++
	}
	d := dbtest.SQLite(t)
	filled(t, opened(t, d, noon), cut)
	// Killed after the next step's mail was taken, and nothing else done.
	half := opened(t, d, noon.Add(time.Hour)) // a later start does not move the story
	teller := &teller{Story: half, desk: half.desk, hand: &desk.ByHand{}, cases: map[int]cases.ID{}, clock: half.plan.events[cut].at}
	half.desk.Jobs, half.desk.Now = teller.hand, func() time.Time { return teller.clock }
	half.desk.IDs, half.desk.Random = makerOf(forStep, uint64(cut)), bytesOf(forStep, uint64(cut))
	if _, err := teller.receive(t.Context(), half.plan.events[cut].report); err != nil {
		t.Fatal(err)
	}
	again := opened(t, d, noon.Add(48*time.Hour))
	if done, _ := again.Progress(); done != cut {
		t.Fatalf("%d steps are told, want %d", done, cut)
	}
	filled(t, again, steps)
	// Told once more from its last step, as after a kill before the mark.
	again.done.Store(steps - 1)
	filled(t, again, steps)

	for _, sql := range []string{
		`SELECT number || ' ' || subject || ' ' || state || ' ' || verdict || ' ' || reporter_address FROM cases ORDER BY number`,
		`SELECT to_address || ' ' || situation || ' ' || verdict || ' ' || state || ' ' || subject FROM letters ORDER BY created_at, to_address, subject`,
		`SELECT case_id || ' ' || helped FROM feedback ORDER BY case_id`,
		`SELECT kind || ' ' || body FROM entries ORDER BY at, body`,
	} {
		if diff := cmp.Diff(query(t, straight, sql), query(t, again, sql)); diff != "" {
			t.Errorf("%s\n%s", sql, diff)
		}
	}
}

// TestYear tells everything and looks at what became of it.
func TestYear(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the whole year takes some seconds")
	}
	s := opened(t, dbtest.SQLite(t), noon)
	began := time.Now()
	filled(t, s, 0)
	_, total := s.Progress()
	t.Logf("%d reports, %d steps, %.0f steps a second", len(s.plan.reports), total, float64(total)/time.Since(began).Seconds())

	if held := query(t, s, `SELECT situation || ' ' || tone || body_text FROM letters WHERE NOT tone_pass OR state <> 'sent'`); len(held) > 0 {
		t.Errorf("%d letters did not leave, such as %s", len(held), held[0])
	}
	want := []string{"acted 1", "question 1", "unknown-sender 1", "unsure 2"}
	if diff := cmp.Diff(want, query(t, s, `SELECT hold || ' ' || COUNT(*) FROM cases WHERE state = 'waiting' GROUP BY hold ORDER BY hold`)); diff != "" {
		t.Errorf("what waits: %s", diff)
	}
	truths(t, s)
	corrected := query(t, s, `SELECT id FROM letters WHERE situation = 'corrected'`)
	rated := query(t, s, `SELECT CASE WHEN helped THEN 'yes' ELSE 'no' END FROM feedback`)
	if n := len(corrected); n < 8 || n > 30 {
		t.Errorf("%d corrections", n)
	}
	no := len(slices.DeleteFunc(slices.Clone(rated), func(r string) bool { return r == "yes" }))
	if len(rated) < 90 || no == 0 || no > len(rated)/5 {
		t.Errorf("%d ratings, %d of them no", len(rated), no)
	}
}

// truths compares what each person was told in the end with what their message
// really was.
func truths(t *testing.T, s *Story) {
	t.Helper()
	teller := &teller{Story: s, desk: s.desk, cases: map[int]cases.ID{}}
	settled := noon.Add(-5 * 24 * time.Hour) // until then, what was told wrong was found
	for i, one := range s.plan.reports {
		right := truth[one.template.kind]
		if one.waits || right == "" || one.at.After(settled) {
			continue
		}
		c, err := teller.caseOf(t.Context(), i)
		if err != nil {
			t.Fatal(err)
		}
		last := query(t, s, `SELECT verdict FROM letters WHERE case_id = $1 AND verdict <> '' ORDER BY created_at DESC, id DESC LIMIT 1`, c.ID)
		if c.Verdict != right || len(last) != 1 || last[0] != string(right) {
			t.Errorf("case %d (%s %s, %s): verdict %s, told %v", c.Number, one.template.kind, one.template.name, one.way, c.Verdict, last)
		}
	}
}

// TestExamples reports each file of the folder examples as the demo's reporter.
func TestExamples(t *testing.T) {
	t.Parallel()
	s := opened(t, dbtest.SQLite(t), noon)
	box := &post.Fake{}
	hand := &desk.ByHand{}
	s.desk.Jobs, s.desk.Sender = hand, box
	for name, want := range map[string]string{
		"phishing.eml": "phishing answered", "hameconnage.eml": "phishing answered", "facture.eml": "legitimate answered",
		"advertising.eml": "spam answered", "exercice.eml": "simulation answered", "unsure.eml": "spam waiting unsure",
		"j-ai-clique.eml": "phishing waiting acted",
	} {
		raw, err := os.ReadFile("../../../examples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		raw = []byte(strings.ReplaceAll(string(raw), "\n", "\r\n"))
		if name != "j-ai-clique.eml" {
			r := stream(forMail, 1)
			raw = handOver(s.cast.byAddress(Reporter), original{subject: name, raw: raw}, attached, "", noon, r)
		}
		receipt, err := s.desk.Receive(t.Context(), desk.Incoming{
			Channel: cases.BySMTP, Raw: raw, EnvelopeFrom: Reporter, To: []string{Report}, RemoteIP: "127.0.0.1",
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := hand.Do(t.Context(), s.desk); err != nil {
			t.Fatal(err)
		}
		got := query(t, s, `SELECT verdict || ' ' || state || ' ' || hold FROM cases WHERE id = $1`, receipt.Case)
		if strings.TrimSpace(got[0]) != want {
			t.Errorf("%s: %s, want %s", name, got[0], want)
		}
	}
}
