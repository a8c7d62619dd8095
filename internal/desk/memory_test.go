package desk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// issue is one number of an honest newsletter, or of a copy of it that links
// elsewhere.
func issue(n int, proved bool) []byte {
	shop := "garden-deals.example"
	b := mailtest.New(fmt.Sprintf("Your garden, number %d", n), "Garden Club <club@garden-club.example>", "you@atelier.example")
	if proved {
		shop = "garden-club.example"
		b = b.Header("Authentication-Results", "mx.atelier.example; spf=pass smtp.mailfrom=club@garden-club.example; dkim=pass header.d=garden-club.example; dmarc=pass header.from=garden-club.example").
			Header("Received", "from mail.garden-club.example (mail.garden-club.example [198.51.100.9]) by mx.atelier.example with ESMTPS; Mon, 02 Mar 2026 09:00:00 +0100")
	}
	said := slices.Clone(lures)
	rand.New(rand.NewPCG(uint64(n), 1)).Shuffle(len(said), func(i, k int) { said[i], said[k] = said[k], said[i] })
	return b.HTML(fmt.Sprintf(`<p>Dear member, %s!</p><p><a href="https://shop.%s/%d">Go to the shop</a></p>`, strings.Join(said[:8], ", "), shop, n)).Bytes()
}

var lures = []string{"the tulips are nearly gone", "a voucher waits for you", "order before Sunday", "the roses need water now", "our shop is open late",
	"the box of bulbs is ready", "choose your seeds", "members pay less", "the spring fair begins", "tell a friend", "the last places are free", "win a greenhouse"}

// judged reads what was found in the message of a case, and its score.
func judged(t *testing.T, d *desktest.Desk, id cases.ID) (ids []string, score float64) {
	t.Helper()
	r, _, _ := reportOf(t, d, id)
	var result analysis.Result
	if err := json.Unmarshal(r.Judgement, &result); err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Findings {
		ids = append(ids, f.ID)
	}
	return ids, result.Score
}

// What the team decided of a sender counts for its next mail, with proof only,
// and not any more once it is taken back.
func TestADecisionIsRememberedOfTheSender(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		first := from(d, "emma", issue(1, true))
		_, before := judged(t, d, first)
		if err := decide(t, d, first, verdict.Legitimate); err != nil {
			t.Fatal(err)
		}
		ids, after := judged(t, d, from(d, "emma", issue(2, true)))
		if !slices.Contains(ids, "house.decided-legitimate") || !slices.Contains(ids, "house.written-before") || after >= before {
			t.Errorf("%.3f, then %.3f: %q", before, after, ids)
		}
		if ids, score := judged(t, d, from(d, "tom", issue(3, false))); slices.Contains(ids, "house.decided-legitimate") || score < after {
			t.Errorf("unproved: %.3f, %q", score, ids)
		}
		if err := decide(t, d, first, verdict.Phishing); err != nil {
			t.Fatal(err)
		}
		if ids, score := judged(t, d, from(d, "tom", issue(4, true))); !slices.Contains(ids, "house.decided-phishing") || score <= after {
			t.Errorf("taken back: %.3f, %q", score, ids)
		}
	})
}

// A stranger's reports are not remembered, and one account's memory is not
// another's.
func TestWhoseMemoryItIs(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		d.Mail("eve@elsewhere.example", forward("eve@elsewhere.example", "Strange?", issue(1, true)))
		if ids, _ := judged(t, d, from(d, "emma", issue(2, true))); slices.Contains(ids, "house.written-before") {
			t.Errorf("%q", ids)
		}
		err := d.DB.Write(t.Context(), func(tx *db.Tx) error {
			south, err := people.EnsureAccount(t.Context(), tx, people.Account{ID: "s", Name: "South"}, d.Clock)
			if err != nil {
				return err
			}
			_, err = people.Ensure(t.Context(), tx, people.Person{ID: "ines", Account: south.ID, Address: "ines@atelier.example", Since: d.Clock})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := decide(t, d, from(d, "emma", issue(3, true)), verdict.Legitimate); err != nil {
			t.Fatal(err)
		}
		if ids, _ := judged(t, d, from(d, "ines", issue(4, true))); slices.Contains(ids, "house.decided-legitimate") {
			t.Errorf("South knows what was decided elsewhere: %q", ids)
		}
	})
}

// Partners that were entered and persons who were marked count at once.
func TestPartnersAndProminentPersonsCount(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		from(d, "ava", genuine())
		enter := func(kind known.Kind) {
			err := d.DB.Write(t.Context(), func(tx *db.Tx) error {
				ava, err := people.ByAddress(t.Context(), tx, "ava@atelier.example")
				if err != nil {
					return err
				}
				if err := people.SetName(t.Context(), tx, ava.ID, "Ava Stonefield"); err != nil {
					return err
				}
				if err := known.Mark(t.Context(), tx, ava.ID, true); err != nil {
					return err
				}
				return known.Enter(t.Context(), tx, known.Partner{Domain: "garden-club.example", Kind: kind, Added: d.Clock})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		invoice := func(text string) []byte {
			return mailtest.New("Invoice", "Garden Club <club@garden-club.example>", "you@atelier.example").Text(text).Bytes()
		}
		enter(known.Supplier)
		for name, c := range map[string]struct {
			mail []byte
			want string
		}{
			"a supplier":       {issue(1, true), "house.supplier"},
			"in its name":      {issue(2, false), "house.supplier-unproved"},
			"another account":  {invoice("Please note that our bank details have changed. Pay invoice 7 to the new account."), "house.new-bank-details"},
			"the boss":         {mailtest.New("Quick", "Ava Stonefield <ava@somewhere.example>", "you@atelier.example").Text("Are you there?").Bytes(), "sender.name-person"},
			"who imitates him": {mailtest.New("Bill", "Garden Club <club@garden-c1ub.example>", "you@atelier.example").Text("Your bill").Bytes(), "sender.lookalike-house"},
		} {
			if ids, _ := judged(t, d, from(d, "emma", c.mail)); !slices.Contains(ids, c.want) {
				t.Errorf("%s: %q", name, ids)
			}
		}
		enter(known.Newsletter)
		if ids, _ := judged(t, d, from(d, "emma", issue(3, true))); !slices.Contains(ids, "house.newsletter") {
			t.Errorf("a newsletter: %q", ids)
		}
	})
}

// After some decisions the false alarms about an honest newsletter are gone, at
// once and in every process; what was learned can be taken back, and phishing in
// its words gains nothing.
func TestTheDeskLearnsFromDecisions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		other := desktest.New(t, d.DB)
		other.Blobs, other.Desk.Now = d.Blobs, func() time.Time { return d.Clock }
		copied := func(n int) []byte { return issue(1000+n, false) }
		for n := range 30 {
			if err := firstOf(decide(t, d, from(d, "emma", issue(n, true)), verdict.Legitimate), decide(t, d, from(d, "tom", copied(n)), verdict.Phishing)); err != nil {
				t.Fatal(err)
			}
		}
		_, before := judged(t, d, from(d, "lea", issue(500, true)))
		_, forged := judged(t, d, from(d, "lea", copied(500)))
		if err := d.LearnWhenDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		lessons := lessonsOf(t, d)
		if len(lessons) != 1 || !lessons[0].Adopted {
			t.Fatalf("%+v", lessons)
		}
		if err := d.LearnWhenDue(t.Context()); err != nil || len(lessonsOf(t, d)) != 1 {
			t.Errorf("nothing new was decided, and a lesson was made: %v", err)
		}
		d.Clock = d.Clock.Add(2 * time.Minute)
		for _, one := range []*desktest.Desk{d, other} {
			one.Clock = d.Clock
			if ids, after := judged(t, one, from(one, "lea", issue(501, true))); !slices.Contains(ids, "house.learned-harmless") || after >= before {
				t.Errorf("%.3f, then %.3f: %q", before, after, ids)
			}
			d.Clock = one.Clock
		}
		if _, after := judged(t, d, from(d, "lea", copied(502))); after < forged-0.001 {
			t.Errorf("the copy: %.3f, then %.3f", forged, after)
		}
		if n, err := d.Unlearn(t.Context()); n != 1 || err != nil {
			t.Error(n, err)
		}
		if ids, _ := judged(t, d, from(d, "lea", issue(503, true))); slices.Contains(ids, "house.learned-harmless") {
			t.Errorf("still learned: %q", ids)
		}
		if l, err := d.Learn(context.WithoutCancel(t.Context()), ""); err != nil || l.Adopted || l.Figures.Decisions != 0 {
			t.Errorf("learned again from the same: %+v %v", l, err)
		}
	})
}

func firstOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func lessonsOf(t *testing.T, d *desktest.Desk) (all []known.Lesson) {
	t.Helper()
	err := d.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, err = known.Lessons(t.Context(), tx, 5)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
