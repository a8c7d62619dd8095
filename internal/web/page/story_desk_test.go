package page

import (
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/verdict"
)

func queueStory(tab Tab, open string) QueueView {
	return QueueView{
		Tab: tab, Open: open, Counts: map[Tab]int{TabUrgent: 1, TabNew: 5, TabUnsure: 2, TabAnswered: 118}, Older: "/desk?tab=new&before=9",
		Today: Today{Answered: 23, Alone: 19, Median: 41 * time.Second, Thanks: 7},
		Rows: []QueueRow{
			{ID: "c1", Number: 1042, Person: "Lucas Perrin", Subject: "Avis de passage : votre colis n° 88213 attend", Since: ago(4 * time.Minute), Promise: at().Add(11 * time.Minute), Verdict: verdict.Phishing, Score: 0.994, Urgent: true, Reports: 3},
			{ID: "c2", Number: 1041, Person: "Maëlle Kerguelen-Montoya", Subject: "Facture F-2291 en retard, merci de régulariser avant ce soir", Since: ago(70 * time.Minute), Promise: ago(10 * time.Minute), Verdict: verdict.Unsure, Score: 0.55, Held: true, Reports: 1},
			{ID: "c5", Number: 1038, Person: "Inès Aubert", Subject: "Rappelez-moi", Since: ago(time.Minute), Promise: at().Add(9 * time.Minute), Urgent: true, Question: true, Reports: 1},
			{ID: "c3", Number: 1040, Person: "Tom Baker", Subject: "Your parcel", Since: ago(20 * time.Second), Promise: at().Add(time.Hour), Reports: 1},
			{ID: "c4", Number: 1039, Person: "Sofia Nunes", Subject: "", Since: ago(26 * time.Hour), Answered: ago(26*time.Hour - 38*time.Second), Verdict: verdict.Legitimate, Score: 0.03, Reports: 1},
			{ID: "c5", Number: 1038, Person: "Émile Roy", Subject: "Soldes d’été", Since: ago(300 * 24 * time.Hour), Answered: ago(300*24*time.Hour - 3*time.Hour), Verdict: verdict.Spam, Score: 0.85, Reports: 1},
			{ID: "c6", Number: 1037, Person: "Ana Costa", Subject: "Mot de passe", Since: ago(3 * time.Hour), Reports: 1, Question: true},
			{ID: "c7", Number: 1036, Person: "Noé Blanc", Subject: "Exercice", Since: ago(4 * time.Hour), Verdict: verdict.Simulation, Score: 0.5, Reports: 1, Decided: true},
		},
	}
}

func evidenceStory() *Evidence {
	return &Evidence{
		Verdict: verdict.Phishing, Score: 0.994, Confident: true, From: 0.863, To: 0.105, Wants: "Les mots demandent de s’occuper d’un colis.", Same: 3, Campaign: "/desk?campaign=x",
		Reasons: []Reason{
			{ID: "sender.lookalike", Pin: 1, Expert: "Le domaine de l’expéditeur ressemble à bastide.example sans lui appartenir.", Class: verdict.Danger, Weight: 3.4, Moved: 2.9, Main: true},
			{ID: "text.pressure", Pin: 2, Expert: "Un délai de 24 heures et une menace de perte.", Class: verdict.Danger, Weight: 1.2, Moved: 2.1, Main: true},
			{ID: "link.text-lies", Pin: 3, Expert: "Le texte du lien montre www.laposte.example, la cible est colis-suivi.example.", Class: verdict.Danger, Weight: 2.9, Moved: 1.2, Main: true},
			{ID: "file.true-type", Pin: 4, Expert: "La pièce jointe se dit PDF et contient du HTML.", Class: verdict.Danger, Weight: 0.8, Moved: 0.4, Hold: true},
			{ID: "auth.dmarc-pass", Expert: "DMARC passe pour le domaine de l’expéditeur.", Class: verdict.Trust, Weight: -1.1, Moved: -0.7},
			{ID: "auth.known", Expert: "Domaine connu.", Class: verdict.Trust, Weight: -3.3, Moved: -1.9},
			{ID: "auth.faint", Expert: "Signature présente.", Class: verdict.Trust, Weight: -0.3, Moved: -0.1},
			{ID: "auth.idle", Expert: "Sceau ancien.", Class: verdict.Trust, Weight: -0.3},
			{ID: "bulk.list", Expert: "En-tête de liste de diffusion.", Class: verdict.Bulk, Weight: 0.4},
			{ID: "exercise.mark", Expert: "Une marque d’exercice, sans seconde preuve.", Class: verdict.Exercise},
			{ID: "budget.links", Expert: "Plus de 2 000 liens, les autres n’ont pas été lus.", Class: verdict.Neutral},
		},
		Kin: []Kin{
			{Path: "/desk/c9", Number: 1029, Subject: "Avis de passage : votre paquet n° 77120 attend", Verdict: verdict.Phishing, Decided: true, Why: []string{"Leur texte est le même dans 64 suites de mots sur 100.", "Leur mise en page est la même, tableau par tableau."}},
			{Path: "/desk/c8", Number: 1033, Subject: "Avis de passage : votre colis n° 88217 attend", Verdict: verdict.Unsure, Twin: true},
		},
		Checks: []Check{{Name: "SPF", Outcome: "pass", Detail: "bulk.example", Good: true}, {Name: "DKIM", Outcome: "none"}, {Name: "DMARC", Outcome: "fail", Detail: "bastide-livraison.example", Bad: true}},
		Route:  []Hop{{From: "mx.bulk.example", IP: "192.0.2.7", By: "mx.bastide.example", At: ago(time.Hour)}, {From: "localhost", By: "mx.bulk.example"}},
	}
}

func caseStory() CaseView {
	return CaseView{
		Queue: queueStory(TabNew, "c1"), ID: "c1", Number: 1042, Subject: "Avis de passage : votre colis n° 88213 attend",
		Person: Reporter{Name: "Lucas Perrin", Address: "lucas.perrin@bastide.example", Department: "Atelier", Lang: "fr", Reports: 4},
		Urgent: true, Acted: []Act{Clicked, Password}, Promise: at().Add(11 * time.Minute), CanSend: true,
		Held: []string{"La personne a cliqué : quelqu’un doit lui répondre.", "Le texte préparé ne passe pas le contrôle du ton."},
		Thread: []Entry{
			{Kind: EntryReport, Who: "Lucas Perrin", At: ago(4 * time.Minute), Text: "J’attendais un colis, j’ai cliqué et mis mon mot de passe… C’est grave ? http://colis-suivi.example/x", Guest: guestStory()},
			{Kind: EntryAnswer, Who: "Bienvu", Ours: true, Auto: true, At: ago(3 * time.Minute), State: Gone, Text: "Merci de nous l’avoir dit si vite, Lucas."},
			{Kind: EntryNote, Who: "Karim Haddad", Ours: true, At: ago(2 * time.Minute), Text: "Je l’appelle."},
			{Kind: EntryQuestion, Who: "Lucas Perrin", At: ago(time.Minute), Text: "Merci, je suis au 12 34."},
			{Kind: EntryFeedback, Who: "Lucas Perrin", At: ago(30 * time.Second), Text: "Oui, c’est clair"},
		},
		Evidence: evidenceStory(),
		Told: []Told{
			{Who: "Lucas Perrin", Subject: "Re: colis", At: ago(3 * time.Minute), State: Gone, Mail: "/outbox/1"},
			{Who: "Tom Baker", What: verdict.Legitimate, Subject: "Re: parcel", At: ago(30 * time.Hour), State: InDoubt, Resolve: "/desk/c1/mail/2"},
		},
	}
}

// hugeGuest is as large as a message may be after reading.
func hugeGuest() *Guest {
	g := guestStory()
	g.Text = strings.Repeat("http://a.example/ <&> ", 50_000)
	g.Headers[1].Value = strings.Repeat("a@b.example, ", 5000)
	for range 2000 {
		g.Links = append(g.Links, GuestLink{Text: strings.Repeat("é", 4000), URL: "http://a.example/" + strings.Repeat("x", 4000)})
	}
	for range 1000 {
		g.Files = append(g.Files, GuestFile{Name: strings.Repeat("n", 4000), Type: "application/pdf", Size: 1})
	}
	return g
}

func deskStories(f Frame) []story {
	me := as(f, "responder", "/desk?tab=new")
	me.Live = "/live?page=/desk"
	open := caseStory()
	draft := open
	draft.Draft = &Draft{Verdict: verdict.Phishing, Recipients: 1, Lang: "fr", Subject: "Re: Avis de passage", Version: "3", Words: 62, Readable: 74,
		Text: "Merci de nous avoir prévenus si vite, Lucas. C’est un faux avis de passage.\n\n1. Changez votre mot de passe.\n\nKarim"}
	toned := open
	toned.Draft = &Draft{Verdict: verdict.Legitimate, Correction: true, Recipients: 3, Lang: "fr", Subject: "Re: Avis de passage", Words: 6, Readable: 90,
		Text:     "Merci, mais ce n’était rien.\nKarim",
		Problems: []ToneProblem{{Quote: "ce n’était rien", Why: "Cela diminue le geste de la personne.", Suggest: "« ce message est authentique »"}, {Why: "Rien ne dit quoi faire maintenant."}}}
	one := open
	one.Held, one.Urgent = nil, false
	one.Draft = &Draft{Verdict: verdict.Spam, Correction: true, Recipients: 1, Lang: "en", Text: "x", Problems: []ToneProblem{{Why: "Too short."}}}
	several := open
	several.Draft = &Draft{Verdict: verdict.Spam, Recipients: 4, Lang: "en", Text: "x"}
	question := CaseView{Queue: queueStory(TabUnsure, ""), ID: "c9", Number: 1030, Subject: "Une question", CanSend: true, Answered: ago(time.Hour),
		Person: Reporter{Name: "Ana", Address: "ana@elsewhere.example", Reports: 1, Outside: true}, Thread: []Entry{{Kind: EntryQuestion, Who: "Ana", At: ago(2 * time.Hour), Text: "Bonjour ?"}}}
	question.CanClose, question.CanWrite = true, true
	words := open
	words.Draft = &Draft{Own: true, Recipients: 1, Lang: "fr", Subject: "Re: Une question", Text: "Merci de nous avoir écrit, Ana !"}
	stranger := question
	stranger.Draft, stranger.Problem = &Draft{Verdict: verdict.Phishing, Nobody: true}, "Karim a modifié ce dossier il y a 2 minutes."
	stranger.Told = []Told{{Who: "Ana", At: ago(time.Hour), State: Failed, Resolve: "/desk/c9/letters/l1"}}
	paid := open
	paid.Acted = []Act{Opened, Paid, Replied}
	unsure := *evidenceStory()
	unsure.Verdict, unsure.Confident, unsure.Score, unsure.From, unsure.To = verdict.Unsure, false, 0.5, 0, 0
	paid.Evidence = &unsure
	shy, mild := open, open
	shown, proved := *evidenceStory(), *evidenceStory()
	shown.Confident = false
	proved.Verdict, proved.Confident, proved.Score = verdict.Legitimate, false, 0.02
	shy.Evidence, mild.Evidence = &shown, &proved
	byHand := open
	hand := *evidenceStory()
	hand.ByPerson, hand.Campaign, hand.Verdict, hand.Score = "Karim Haddad", "", verdict.Simulation, 0.25
	byHand.Evidence, byHand.CanSend = &hand, false
	huge := open
	huge.Thread = []Entry{{Kind: EntryReport, Who: "Lucas Perrin", At: ago(time.Minute), Guest: hugeGuest()}}
	all := []story{
		{"case-huge", Case(me, huge)},
		{"desk", Desk(me, queueStory(TabNew, ""))},
		{"desk-new-elsewhere", Desk(me, QueueView{Tab: TabNew, Counts: map[Tab]int{TabUnsure: 5}})},
		{"desk-urgent-elsewhere", Desk(me, QueueView{Tab: TabUrgent, Counts: map[Tab]int{TabNew: 1}})},
		{"desk-unsure-elsewhere", Desk(me, QueueView{Tab: TabUnsure, Counts: map[Tab]int{TabUrgent: 2}})},
		{"desk-quiet", Desk(me, QueueView{Tab: TabNew})},
		{"case", Case(me, open)},
		{"case-draft", Case(me, draft)},
		{"case-tone", Case(me, toned)},
		{"case-one", Case(me, one)},
		{"case-several", Case(me, several)},
		{"case-question", Case(me, question)},
		{"case-stranger", Case(me, stranger)},
		{"case-words", Case(me, words)},
		{"case-unsure", Case(me, paid)},
		{"case-by-hand", Case(me, byHand)},
		{"case-unshown", Case(me, shy)},
		{"case-unproved", Case(me, mild)},
	}
	for _, t := range Tabs() {
		all = append(all, story{"desk-empty-" + string(t), Desk(me, QueueView{Tab: t, Today: Today{Answered: 1, Alone: 1, Thanks: 1, Median: 3 * 24 * time.Hour}})})
	}
	return all
}

func otherStories(f Frame) []story {
	lead := as(f, "lead", "/numbers")
	var weeks []Week
	for i := range 26 {
		weeks = append(weeks, Week{Start: ago(time.Duration(26-i) * 7 * 24 * time.Hour), Reports: 18 + (i*7)%23 + i, Threats: 3 + (i*5)%9, ThreatPeople: 3 + (i*5)%9, Median: time.Duration(35+i) * time.Second, People: 12 + i})
	}
	weeks[0].People = 2
	numbers := NumbersView{From: ago(26 * 7 * 24 * time.Hour), To: at(), Reports: 1184, People: 213, Answered: 1170, Alone: 980, Median: 41 * time.Second, Slow: 18 * time.Minute, Threats: 187, ThreatPeople: 90, Helped: 240, DidNot: 12, Weeks: weeks,
		Kinds:  []KindCount{{verdict.Phishing, 187, 90}, {verdict.Spam, 402, 120}, {verdict.Legitimate, 498, 130}, {verdict.Simulation, 83, 60}, {verdict.Unsure, 14, 4}},
		Lesson: &LessonView{Day: ago(72 * time.Hour), Decisions: 212, Held: 42, Before: 9, After: 5, MayForget: true}}
	quiet := numbers
	quiet.Helped, quiet.DidNot, quiet.Weeks = 2, 1, weeks[:1]
	var mails []MailRow
	for i, s := range SendStates() {
		mails = append(mails, MailRow{Path: "/outbox/" + string(s), To: "ines.morel@bastide.example", Subject: "Re: Avis de passage : votre colis n° 88213 attend", At: ago(time.Duration(i) * 7 * time.Hour), State: s})
	}
	box := as(f, "responder", "/outbox")
	demo := box
	demo.Demo = true
	return []story{
		{"numbers", Numbers(lead, numbers)},
		{"numbers-quiet", Numbers(lead, quiet)},
		{"numbers-few", Numbers(lead, NumbersView{From: ago(24 * time.Hour), To: at(), People: 4, Reports: 9})},
		{"outbox", Outbox(box, OutboxView{Mails: mails, Older: "/outbox?before=2"})},
		{"outbox-empty", Outbox(demo, OutboxView{})},
		{"mail", Mail(box, MailView{MailRow: mails[1], From: "Équipe sécurité <signaler@bastide.example>", HTML: "/outbox/gone/html", Own: "http://127.0.0.1:8080/",
			Text:    "Bien vu, Inès !\n\nCe mail est un piège.\n\nCela vous a-t-il aidé ? http://127.0.0.1:8080/a/abc.\nPas : https://evil.example/x",
			Headers: []Field{{"Message-ID", "<abc@bastide.example>"}, {"Auto-Submitted", "auto-replied"}}})},
		{"api", APIReference(f, APIView{Title: "Bienvu REST API", Version: "1.0", Description: "Report a mail, read its answer.", Document: "/api/v1/openapi.yaml", Operations: []Operation{{
			ID: "createReport", Method: "POST", Path: "/api/v1/reports", Summary: "Report a message", Description: "Takes the raw message.", Right: "report:send",
			Parameters: []Parameter{{Name: "lang", In: "query", Type: "string", Description: "Language of the answer"}, {Name: "Idempotency-Key", In: "header", Type: "string", Required: true}},
			Bodies:     []Body{{Type: "message/rfc822", Description: "The message as received", Example: "From: …"}},
			Responses:  []Response{{Status: "201", Description: "Taken", Example: `{"id":"…"}`}}}}})},
	}
}
