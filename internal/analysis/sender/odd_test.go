package sender_test

import (
	"slices"
	"testing"
)

const out = `<a href="https://chemin-court.example/a">Ouvrir</a>`

func TestAddressesThatCannotBe(t *testing.T) {
	t.Parallel()
	for from, c := range map[string]struct {
		html string
		want bool
	}{
		"Colis <a@%colis.example>":                      {"", true},
		"Colis <a@colis retenu.example>":                {"", false}, // no address at all
		"Colis <a@colisretenu731>":                      {out, true},
		"Cron <root@serveur3>":                          {"", false},
		"Cron <root@localhost>":                         {out, false},
		"Grace Roche/PDX/ROC <Grace Roche/PDX/ROC@roc>": {out, false},
		"Colis <a@colis.example>":                       {out, false},
		"Colis <a@xn--colis-9ua.example>":               {out, false},
	} {
		if got := slices.Contains(found(c.html, "From: "+from), "sender.impossible"); got != c.want {
			t.Errorf("%s: %t", from, got)
		}
	}
}

func TestAnswersToAnotherFreeMailbox(t *testing.T) {
	t.Parallel()
	for reply, want := range map[string]bool{
		"odile.finance@gmail.com": true, "odile.brassac@gmail.com": false, "odilebrassac+a@gmail.com": false,
		"odile.finance@outlook.com": false, "odile@brassac.example": false,
	} {
		if got := slices.Contains(found("x", "From: Odile <Odile.Brassac@gmail.com>", "Reply-To: "+reply), "sender.reply-other-box"); got != want {
			t.Errorf("%s: %t", reply, got)
		}
	}
	if slices.Contains(found("x", "From: Odile <odile@brassac.example>", "Reply-To: info@brassac.example"), "sender.reply-other-box") {
		t.Error("a firm's two mailboxes are told")
	}
}

func TestNamesSpeltToBeMissed(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]bool{
		"N e t f l i x <a@marbrerie.example>":      true,
		"N.e.t.f.l.i.x <a@marbrerie.example>":      true,
		"PayPaI Service <a@marbrerie.example>":     true,
		"Netflix <a@marbrerie.example>":            false, // told as sender.name-brand
		"N e t f l i x <a@netflix.com>":            false,
		"Lowe's Club <a@marbrerie.example>":        false,
		"J. R. R. Petit <a@marbrerie.example>":     false,
		"A I D E <a@marbrerie.example>":            false,
		"Ines Illiers, I.T. <a@marbrerie.example>": false,
	} {
		if got := slices.Contains(found("x", "From: "+from), "sender.name-spelt"); got != want {
			t.Errorf("%s: %t", from, got)
		}
	}
}

func TestCornersOfServices(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"Aide <a@xjqqzvkw.guichet.example>":   "sender.service-random",
		"Aide <a@support.guichet.example>":    "",
		"Aide <a@impots-gouv.example>":        "sender.false-state",
		"Aide <a@servicegouv.example>":        "sender.false-state",
		"Aide <a@impots.gouv.fr>":             "",
		"Aide <a@gouvernail.example>":         "",
		"Aide <a@opengov.com>":                "", // a firm, as cleargov.com
		"Aide <a@notify.service.gov.uk>":      "",
		"Aide <a@formation.bourgouv.gouv.fr>": "",
	} {
		got := ""
		for _, id := range found("x", "From: "+from) {
			if id == "sender.service-random" || id == "sender.false-state" {
				got = id
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", from, got, want)
		}
	}
}
