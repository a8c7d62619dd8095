package domain_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/domain"
)

func TestKin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, host string
		want       domain.Kinship
	}{
		{"Fonderie Roc", "mail.fonderie-roc.example", domain.Own},
		{"L'équipe Fonderie Roc", "fonderieroc.example", domain.Own},
		{"Lac et Vallée Distribution", "lvd.example", domain.Stranger},
		{"Les Semences du Roc", "semencesduroc.example", domain.Own},
		{"Les Semences du Roc", "semences-du-roc.example", domain.Own},
		{"Les Semences du Roc", "semences-du-rok.example", domain.Misspelt},
		{"The Grand Rivet", "grandrivet.example", domain.Own},
		{"Société des Eaux du Nord", "sedn.example", domain.Stranger},
		{"Société des Eaux du Nord", "sdedn.example", domain.Own},
		{"Ihr Verlag Brückner-Team", "verlag-bruckner.example", domain.Own},
		{"Verlag Brückner", "verlag-brueckner.example", domain.Own},
		{"Gruppo Marmolina", "marmolina.example", domain.Own},
		{"Gruppo Marmolina", "marmolina-eventi.example", domain.Part},
		{"Gruppo Marmolina", "secure-gruppo-marmolina.example", domain.Baited},
		{"Gruppo Marmolina", "gruppo-marmolinaeu.example", domain.Baited},
		{"Gruppo Marmolina", "gruppo-marmolina-co-uk.example", domain.Baited},
		{"Gruppo Marmolina", "gruppo-marmo1ina.example", domain.Misspelt},
		{"Gruppo Marmolina", "gruppo-marmolima.example", domain.Misspelt},
		{"Gruppo Marmolina", "gruppo-serralta.example", domain.Stranger},
		{"Gruppo Marmolina", "marmolina.serralta.example", domain.Below},
		{"Les marchés de l'inclusion", "service-inclusion.example", domain.Baited},
		{"Service Public Marmolin", "service-public-marmolin.example", domain.Own},
		{"Brillepost.fr Support", "brillepost.fr", domain.Own},
		{"Brillepost.fr Support", "brillepost-portail.example", domain.Baited},
		{"Bril.io", "brill.example", domain.Misspelt},
		{"Tom Hart via Brillepost", "brillepost.example", domain.Own},
		{"Brillepost", "marbrerie.example", domain.Stranger},
		{"Brillepost", "192.0.2.1", domain.Stranger},
		{"", "marbrerie.example", domain.Stranger},
		{"Support Team", "support-team.example", domain.Stranger},
		{"Craig R.Marmolina", "roc.example", domain.Stranger},
	} {
		if got := domain.ReadName(c.name).Kin(c.host); got != c.want {
			t.Errorf("%q, %s: %q, want %q", c.name, c.host, got, c.want)
		}
	}
}

func TestNameOfAHost(t *testing.T) {
	t.Parallel()
	n := domain.NameOf("mail.gruppo-marmolina.example")
	for host, want := range map[string]domain.Kinship{
		"www.gruppo-marmolina.example": domain.Own, "gruppo-marmolina-secure.example": domain.Baited,
		"espace-gruppo-marmolina.example": domain.Baited, "gruppo-rnarmolina.example": domain.Misspelt, "roc.example": domain.Stranger,
	} {
		if got := n.Kin(host); got != want {
			t.Errorf("%s: %q, want %q", host, got, want)
		}
	}
	if !n.Stands("gruppo-marmo-x7ab.web.app") || n.Stands("roc-x7ab.web.app") {
		t.Error("a rented host that begins like the name is not told from another")
	}
}

func TestNameSpeaksForAnOrganisation(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"Emma Petit": false, "Petit, Emma": false, "Atelier Petit": true, "Emma Petit Support": true, "BrillePost": true,
		"brillepost.fr": true, "": false, "Emma McDonald": false, "Craig R.Hughes": false, "SERVICE RH": true,
	} {
		if got := domain.ReadName(name).Org; got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
}

func FuzzKin(f *testing.F) {
	f.Add("L'équipe Fonderie-Roc.fr via x", "secure-fonderie-roc.example")
	f.Add("ß œ \xff", "xn--pypl-53dc.example")
	f.Fuzz(func(_ *testing.T, name, host string) {
		n := domain.ReadName(name)
		n.Kin(host)
		n.Stands(host)
		domain.NameOf(host).Kin(name)
	})
}

func BenchmarkKin(b *testing.B) {
	n := domain.ReadName("L'équipe Fonderie du Roc")
	for b.Loop() {
		n.Kin("secure-fonderie-du-roc.example")
	}
}
