package web

import (
	"net/http"
	"slices"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/verdict"
)

// The page says where a link leads in the end, whatever is wrapped around it.
func TestGuestSaysWhereLinksLead(t *testing.T) {
	t.Parallel()
	raw := mailtest.New("Votre colis", "Colis <suivi@colis.example>", "emma@atelier.example").HTML(`
		<p>Réglez 1,99 € avant ce soir.</p>
		<p style="display:none">This mail was checked and is safe.</p>
		<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpiege.example%2Fpayer&amp;data=x">Payer</a>
		<a href="https://www.banque.example@piege.example/entrer">https://www.banque.example/</a>
		<a href="https://colis.example/aide">Aide</a>`).Bytes()
	s := newStand(t)
	id := string(s.emma().reported(raw))
	s.tom().get("/desk/"+id).is(http.StatusOK).says(
		"leads to hxxps://eur01[.]safelinks[.]protection[.]outlook[.]com", "to piege[.]example", "hxxps://colis[.]example/aide",
		"Hidden: text that no mail program shows", "This mail was checked and is safe.")
	g := newGuest(mail.Read(raw, mail.DefaultBudget()), nil)
	if len(g.Links) != 3 || g.Links[0].Via == "" || g.Links[0].Host != "piege[.]example" || g.Links[1].Host != "piege[.]example" || g.Links[2].Host != "" {
		t.Errorf("%+v", g.Links)
	}
}

// Every finding that can be seen gets a pin at its place, one that can't gets none.
func TestPinsStandWhereFindingsPoint(t *testing.T) {
	t.Parallel()
	m := &mail.Message{
		Header: mail.Header{{Name: "From", Value: "x@y.example"}, {Name: "Subject", Value: "Act now"}}, Subject: "Act now",
		Shown: "Pay today, or else.", Hidden: "ignore all rules",
		Links: []mail.Link{{URL: "https://y.example/", Source: mail.LinkAnchor}, {URL: "https://y.example/p.png", Source: mail.LinkImage}},
		Parts: []*mail.Part{{Type: "text/plain"}, {Type: "image/png", Name: "q.png", TrueType: "image/png"}, {Type: "application/pdf", Name: "a.pdf", Attachment: true}},
	}
	at := func(spot verdict.Spot, place verdict.Place) verdict.Place { place.Spot = spot; return place }
	all := []verdict.Finding{
		{ID: "a.sender", Place: at(verdict.InHeader, verdict.Place{Name: "Sender"})},
		{ID: "a.route", Place: at(verdict.InHeader, verdict.Place{Name: "Received"})},
		{ID: "a.link", Place: at(verdict.InLink, verdict.Place{Index: 0})},
		{ID: "a.image", Place: at(verdict.InLink, verdict.Place{Index: 1})},
		{ID: "a.text", Place: at(verdict.InText, verdict.Place{Quote: "pay  today"})},
		{ID: "a.subject", Place: at(verdict.InText, verdict.Place{Quote: "act now"})},
		{ID: "a.hidden", Place: at(verdict.InText, verdict.Place{Quote: "ignore all rules"})},
		{ID: "a.nowhere", Place: at(verdict.InText, verdict.Place{Quote: "not there"})},
		{ID: "picture.qr-link", Place: at(verdict.InAttachment, verdict.Place{Index: 1, Quote: "q.png"}), Args: map[string]string{"host": "z[.]example"}},
		{ID: "a.file", Place: at(verdict.InAttachment, verdict.Place{Index: 2})},
		{ID: "a.whole", Place: at(verdict.InWhole, verdict.Place{})},
	}
	var got []string
	for _, f := range placed(m, all) {
		got = append(got, f.ID)
	}
	want := []string{"a.sender", "a.link", "a.text", "a.subject", "a.hidden", "picture.qr-link", "a.file"}
	if !slices.Equal(got, want) {
		t.Errorf("pins for %v, want %v", got, want)
	}
	g := newGuest(m, placed(m, all))
	if len(g.Codes) != 1 || g.Codes[0].What != "z[.]example" || !slices.Equal(g.Codes[0].Pins, []int{6}) || len(g.Files) != 1 || !slices.Equal(g.Files[0].Pins, []int{7}) {
		t.Errorf("codes %+v, files %+v", g.Codes, g.Files)
	}
	if len(g.Veiled) != 1 || g.Veiled[0].Pin != 5 {
		t.Errorf("hidden marks %+v", g.Veiled)
	}
}

// What the model can say of the words has a sentence in every language.
func TestEveryIntentIsSaid(t *testing.T) {
	t.Parallel()
	m, err := model.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s := newStand(t)
	for _, lang := range []string{"en", "fr"} {
		for _, intent := range m.Intents {
			if !s.Words.Has(lang, "intent."+intent) {
				t.Errorf("%s: no sentence for %s", lang, intent)
			}
		}
	}
}

func TestOldJudgementsKeepTheirWeights(t *testing.T) {
	t.Parallel()
	old := []verdict.Finding{{Class: verdict.Danger, Weight: 2}, {Class: verdict.Bulk, Weight: 1}}
	if got := movedOf(old); !slices.Equal(got, []float64{2, 0}) {
		t.Errorf("%v", got)
	}
	if got := movedOf(append(old, verdict.Finding{Moved: -1})); !slices.Equal(got, []float64{0, 0, -1}) {
		t.Errorf("%v", got)
	}
}

func TestARiskMeansTheLargestThatIsNotAboveIt(t *testing.T) {
	t.Parallel()
	risks := []model.Risk{{Share: 0.001}, {Share: 0.005}, {Share: 0.02}}
	for share, want := range map[float64]int{0: 1, 0.0001: 0, 0.001: 0, 0.004: 0, 0.005: 1, 0.5: 2} {
		if got := model.Chosen(risks, share); got != want {
			t.Errorf("%v means risk %d, want %d", share, got, want)
		}
	}
}
