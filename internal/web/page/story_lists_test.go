package page

import "time"

func listStories(f Frame) []story {
	me := as(f, "responder", "/lists")
	return []story{
		{"lists", Lists(me, ListsView{Registries: true, Rows: []ListRow{
			{Name: "URLhaus", Kind: "urlhaus", From: "urlhaus.abuse.ch", Entries: 18_412, Got: ago(2 * time.Hour), Tried: ago(2 * time.Hour)},
			{Name: "OpenPhish", Kind: "openphish", From: "raw.example", Entries: 500, Skipped: 12, Got: ago(9 * 24 * time.Hour), Tried: ago(5 * time.Minute), Problem: "Le serveur n’a pas répondu."},
			{Name: "PhishTank", Kind: "phishtank", From: "data.example", Entries: 2_000_000, Cut: true, Skipped: 1, Got: ago(80 * 24 * time.Hour), Tried: ago(80 * 24 * time.Hour), Old: true},
			{Name: "MISP de la maison, avec un nom très long que quelqu’un a voulu ainsi", Kind: "misp", From: "misp.bastide.example", Tried: ago(time.Minute), Problem: "Le nom mène à un serveur interne."},
			{Name: "Nos pièges", Kind: "plain", From: "pieges.txt", Entries: 1, Got: ago(300 * 24 * time.Hour), Tried: ago(time.Minute)},
			{Name: "Publicités", Kind: "hosts", From: "hosts"},
		}})},
		{"lists-one", Lists(me, ListsView{Rows: []ListRow{{Name: "Nos pièges", Kind: "plain", From: "pieges.txt", Entries: 1, Got: ago(time.Hour), Tried: ago(time.Minute)}}})},
		{"lists-none", Lists(me, ListsView{})},
	}
}
