package reply_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
)

// The words of the reported message, shown as a warning, are not our own: a
// letter that cites "click here" goes out. Without that, one dangerous mail in
// eight was never answered.
func TestCitedWordsAreNotOurs(t *testing.T) {
	t.Parallel()
	for lang, reason := range map[string]string{
		"en": "It pushes you to click: “Click here, you only have to update_your_account, dear customer”.",
		"fr": "Il vous pousse à cliquer : « Cliquez ici, il suffit de MISE_A_JOUR, c'est facile ».",
	} {
		in := base(lang, reply.Vous, reply.PhishingConfirmed)
		in.Reasons = []string{reason, "NEW_OFFER_1[@]api[.]kit[.]example."}
		letter, err := reply.Compose(catalogue(t), in)
		if err != nil {
			t.Fatal(err)
		}
		check := reply.Checkable(in, letter, nil)
		if tone := reply.Check(check); !tone.Pass {
			t.Errorf("%s: %+v in\n%s", lang, tone.Problems, letter.Text)
		}
		check.Reasons = nil
		if tone := reply.Check(check); tone.Pass {
			t.Errorf("%s: words that no reason cites pass between quotation marks", lang)
		}
	}
}

// A citation is no way around what protects the reader.
func TestCitedLinksAreStillDangerous(t *testing.T) {
	t.Parallel()
	in := base("en", reply.Vous, reply.PhishingConfirmed)
	in.Reasons = []string{"It pushes you to click: “http://parcel.example/pay”."}
	letter, err := reply.Compose(catalogue(t), in)
	if err != nil {
		t.Fatal(err)
	}
	check := reply.Checkable(in, letter, []string{"http://parcel.example/pay"})
	check.Text = strings.ReplaceAll(check.Text, "hxxp://parcel[.]example/pay", "http://parcel.example/pay")
	if tone := reply.Check(check); !slices.Contains(rulesOf(tone.Problems), "danger-link") {
		t.Errorf("a live link in a citation passes: %+v in\n%s", tone.Problems, check.Text)
	}
}
