package house_test

import (
	"slices"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/house"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/verdict"
)

var now = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// look prepares a mail of a sender, proved or not, for a house.
func look(t *testing.T, from string, proved bool, h subject.House) *view.View {
	t.Helper()
	v := view.New(subject.Subject{Message: mailtest.New("Hello", from, "you@atelier.example").Text("Hello").Read(t), House: h, Now: now})
	if proved {
		v.Auth = []verdict.Finding{{ID: "auth.dmarc-pass"}}
	}
	return v
}

// weights gives what was found and how much each weighs.
func weights(t *testing.T, v *view.View) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	for _, f := range house.Check(t.Context(), v) {
		out[f.ID] = f.Weight
	}
	return out
}

func say(strength float64) subject.Say { return subject.Say{Times: 1, Strength: strength} }

// both remembers the same of address and domain.
func both(c subject.Count) subject.Side {
	c.Times = max(c.Times, 1)
	return subject.Side{Sender: c, Domain: c}
}

const club = "Garden Club <club@garden.example>"

// Trust needs proof; what is remembered with proof says nothing of a mail
// without, and the other way round.
func TestTrustNeedsProof(t *testing.T) {
	t.Parallel()
	partner := subject.House{Suppliers: []string{"garden.example"}}
	letters := subject.House{Newsletters: []string{"garden.example"}}
	trusted := subject.House{Seen: &subject.Seen{Proved: both(subject.Count{Legitimate: say(5)})}}
	claimed := subject.House{Seen: &subject.Seen{Unproved: both(subject.Count{Legitimate: say(5)})}}
	borrowed := subject.House{Seen: &subject.Seen{Unproved: both(subject.Count{Phishing: say(2)})}}
	for name, c := range map[string]struct {
		house            subject.House
		proved, unproved string // "" for nothing
	}{
		"a supplier":                   {partner, "house.supplier", "house.supplier-unproved"},
		"a newsletter":                 {letters, "house.newsletter", "house.known-unproved"},
		"found honest with proof":      {trusted, "house.decided-legitimate", ""},
		"found honest without":         {claimed, "", ""},
		"its name borrowed for frauds": {borrowed, "", "house.decided-phishing"},
	} {
		for proved, want := range map[bool]string{true: c.proved, false: c.unproved} {
			got := weights(t, look(t, club, proved, c.house))
			if _, found := got[want]; want != "" && !found || want == "" && len(got) != 0 {
				t.Errorf("%s, proved %v: %v, want %q", name, proved, got, want)
			}
			for id, w := range got {
				if w < 0 && !proved {
					t.Errorf("%s: %s trusts without proof", name, id)
				}
			}
		}
	}
}

// What decisions weigh: one moves little towards trust and much towards
// distrust, many never more than the caps, and old ones nothing.
func TestWhatDecisionsWeigh(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		good, spam, bad float64
		id              string
		from, to        float64
	}{
		"one honest":              {1, 0, 0, "house.decided-legitimate", -0.8, -0.6},
		"many honest":             {100, 0, 0, "house.decided-legitimate", -2.5, -2.5},
		"a year old":              {0.25, 0, 0, "house.decided-legitimate", -0.3, -0.1},
		"forgotten":               {0.05, 0, 0.05, "", 0, 0},
		"one phishing":            {0, 0, 1, "house.decided-phishing", 3, 3.2},
		"many phishing":           {0, 0, 50, "house.decided-phishing", 3.5, 4},
		"mostly honest, one bad":  {6, 0, 1, "house.decided-legitimate", -1.5, -1},
		"as often bad as honest":  {2, 0, 2, "house.decided-phishing", 1, 2},
		"advertising":             {0, 1, 0, "house.decided-spam", 1, 1},
		"advertising, and honest": {3, 1, 0, "house.decided-legitimate", -1, -0.5},
	} {
		seen := &subject.Seen{Proved: both(subject.Count{Legitimate: say(c.good), Spam: say(c.spam), Phishing: say(c.bad)})}
		got := weights(t, look(t, club, true, subject.House{Seen: seen}))
		w, found := got[c.id]
		if c.id == "" && len(got) != 0 || c.id != "" && (!found || len(got) != 1) || w < c.from || w > c.to {
			t.Errorf("%s: %v, want %s in %.1f…%.1f", name, got, c.id, c.from, c.to)
		}
	}
}

// At a provider for everybody, one address tells nothing of another.
func TestEveryonesProvider(t *testing.T) {
	t.Parallel()
	seen := &subject.Seen{Proved: subject.Side{Domain: subject.Count{Times: 9, Phishing: say(3)}}}
	if got := weights(t, look(t, "Ann <ann@gmail.com>", true, subject.House{Seen: seen})); len(got) != 0 {
		t.Errorf("by the domain: %v", got)
	}
	seen.Proved.Sender = subject.Count{Times: 1, Phishing: say(1)}
	if got := weights(t, look(t, "Ann <ann@gmail.com>", true, subject.House{Seen: seen})); got["house.decided-phishing"] < 3 {
		t.Errorf("by the address: %v", got)
	}
}

// A first contact is told once there is a memory, and moves nothing; who is
// common here has been for long, with many people, and was never found wanting.
func TestFirstAndFrequent(t *testing.T) {
	t.Parallel()
	often := subject.Count{Times: 12, People: 6, First: now.Add(-90 * 24 * time.Hour), Last: now}
	few, young, wanting := often, often, often
	few.People, young.First, wanting.Spam = 4, now.Add(-20*24*time.Hour), say(0.01)
	for name, c := range map[string]struct {
		seen   subject.Seen
		proved bool
		want   []string
	}{
		"a house without memory": {subject.Seen{Reports: 3}, true, nil},
		"first contact":          {subject.Seen{Reports: 80}, true, []string{"house.first-contact"}},
		"wrote before":           {subject.Seen{Reports: 80, Proved: subject.Side{Written: true, Domain: subject.Count{Times: 1}}}, true, []string{"house.written-before"}},
		"others wrote in its name": {subject.Seen{Reports: 80, Unproved: subject.Side{Written: true, Domain: subject.Count{Times: 1}}},
			true, nil},
		"common":             {subject.Seen{Reports: 80, Proved: both(often)}, true, []string{"house.frequent"}},
		"common, not proved": {subject.Seen{Reports: 80, Unproved: both(often)}, false, nil},
		"to few people":      {subject.Seen{Reports: 80, Proved: both(few)}, true, nil},
		"not for long":       {subject.Seen{Reports: 80, Proved: both(young)}, true, nil},
		"found wanting once": {subject.Seen{Reports: 80, Proved: both(wanting)}, true, nil},
	} {
		var got []string
		for _, f := range house.Check(t.Context(), look(t, club, c.proved, subject.House{Seen: &c.seen})) {
			got = append(got, f.ID)
			if f.Weight != 0 && f.ID != "house.frequent" {
				t.Errorf("%s: %s weighs %f", name, f.ID, f.Weight)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A supplier who wants to be paid elsewhere is a danger that outweighs its proof
// and keeps us from saying "safe" alone; of anybody else it is not this house's.
func TestSuppliersNewAccount(t *testing.T) {
	t.Parallel()
	found := []verdict.Finding{{ID: "text.invoice"}, {ID: "text.new-iban", Place: verdict.Place{Spot: verdict.InText, Quote: "FR76"}}}
	v := look(t, club, true, subject.House{Suppliers: []string{"garden.example"}})
	got := house.Together(v, found)
	if len(got) != 1 || got[0].Place.Quote != "FR76" || got[0].Class != verdict.Danger || got[0].Weight+house.Table["house.supplier"].Weight < 0 {
		t.Errorf("%+v", got)
	}
	if got := house.Together(v, found[:1]); len(got) != 0 {
		t.Errorf("no new account: %+v", got)
	}
	if got := house.Together(look(t, club, true, subject.House{}), found); len(got) != 0 {
		t.Errorf("no supplier: %+v", got)
	}
}

// What tells of the past is told apart from what is in the message.
func TestRemembered(t *testing.T) {
	t.Parallel()
	for id := range house.Table {
		past := slices.Contains([]string{"house.decided-legitimate", "house.decided-phishing", "house.decided-spam", "house.learned-danger", "house.learned-harmless"}, id)
		if house.Remembered(id) != past {
			t.Errorf("%s: %v", id, house.Remembered(id))
		}
	}
}

func TestLearnedIsTold(t *testing.T) {
	t.Parallel()
	for odds, want := range map[float64]string{-1.2: "house.learned-harmless", 0.8: "house.learned-danger", 0.05: ""} {
		got := house.Learned(odds)
		if want == "" && len(got) != 0 || want != "" && (len(got) != 1 || got[0].ID != want || got[0].Weight != odds) {
			t.Errorf("%f: %+v", odds, got)
		}
	}
}
