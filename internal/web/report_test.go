package web

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/verdict"
)

func TestReportBecomesItsAnswer(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	a := emma.report("Is this real?", "", file{"mail.eml", phish()}).is(http.StatusSeeOther)
	page := a.Header().Get("Location")
	emma.get(page).is(http.StatusOK).says("Thank you, Emma. We have it.", "turns into the answer by itself")
	s.Do()
	emma.get(page).is(http.StatusOK).says("Well spotted, Emma!", "This mail is a trap.", "What gave it away", "Did this answer help you?")
	emma.get("/reports").is(http.StatusOK).says("It was a trap", "Votre compte est suspendu")
	emma.get("/").is(http.StatusOK).says("Your last report", "It was a trap")
	if len(s.Post.Mails()) != 1 {
		t.Errorf("%d mails left, want 1", len(s.Post.Mails()))
	}
}

func TestWhatTheProductThinksIsNotTold(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	id := emma.reported(puzzling())
	c, _ := s.Case(id)
	if c.State != cases.Waiting {
		t.Fatalf("the case is %s", c.State)
	}
	emma.get("/reports/"+string(id)).is(http.StatusOK).says("one of us is reading it", "11:00").saysNot("genuine", "trap")
	emma.get("/reports").says("We are looking at it").saysNot("genuine", "trap")
}

func TestWaysToReport(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	emma.report("", "\r\n\r\n"+string(phish())).is(http.StatusSeeOther)
	s.Do()
	emma.get("/").says("It was a trap")
	a := emma.report("My bank writes that my account is blocked. What should I do?", "").is(http.StatusSeeOther)
	s.Do()
	emma.get(a.Header().Get("Location")).says("Thank you, Emma")
	emma.report("", "", file{"a.eml", another(1)}, file{"b.eml", another(2)}).goesTo("/reports?done=several")
	s.Do()
	emma.get("/reports?done=several").says("we have them all", "Question 1", "Question 2")
}

func TestBadInputGetsAClearSentence(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	emma.report("", "").is(http.StatusUnprocessableEntity).says("Show us something")
	emma.report("I kept these words", "", file{"<b>photo.png", []byte("\x89PNG\r\n\x1a\n not a mail")}).
		is(http.StatusUnprocessableEntity).says("does not look like a mail", "<b>photo.png", "I kept these words")
	for _, name := range []string{"ls", "ls.eml", "letter.txt", "paper.pdf"} {
		raw := map[string]string{"letter.txt": "Dear all,\nsee you.\n", "paper.pdf": "%PDF-1.7\n1 0 obj\n"}[name]
		emma.report("These too", "", file{name, []byte(cmp.Or(raw, "\x7fELF\x02\x01\x01\x00"))}).
			is(http.StatusUnprocessableEntity).says("“"+name+"” does not look like a mail", "These too")
	}
	emma.report("", "no mail, only words", file{}).is(http.StatusUnprocessableEntity).says("does not look like a mail", "no mail, only words")
	emma.report("", "", file{"big.eml", bytes.Repeat([]byte("a"), s.site.fileLimit()+1)}).
		is(http.StatusRequestEntityTooLarge).says("more than the", "we can take")
	emma.report("", "", file{"huge.eml", bytes.Repeat([]byte("a"), 3*s.Org.MaxBytes)}).is(http.StatusRequestEntityTooLarge).says("we can take")
	many := make([]file, mostFiles+1)
	for i := range many {
		many[i] = file{fmt.Sprint(i, ".eml"), another(i + 1)}
	}
	emma.report("", "", many...).is(http.StatusRequestEntityTooLarge).says("at most 10 files")
	emma.post("/reports", "words", "x").is(http.StatusUnprocessableEntity)
	emma.lang = "fr"
	emma.report("", "").says("Montrez-nous quelque chose")
	s.Do()
	if len(s.Post.Mails()) != 0 {
		t.Errorf("%d mails left", len(s.Post.Mails()))
	}
}

// The largest file that the page promises to take is taken.
func TestTheLimitIsKept(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	raw := append(phish(), '\r', '\n')
	raw = append(raw, bytes.Repeat([]byte(strings.Repeat("x", 70)+"\r\n"), (s.site.fileLimit()-len(raw))/72)...)
	s.emma().report(strings.Repeat("w", mostWords), "", file{strings.Repeat("n", 200) + ".eml", raw}).is(http.StatusSeeOther)
}

func TestAnothersReportIsNotThere(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	id := string(s.emma().reported(phish()))
	hugo := s.person("hugo@atelier.example", "Atelier")
	for _, path := range []string{"/reports/" + id, "/rescue/" + id, "/reports/nothing"} {
		hugo.get(path).is(http.StatusNotFound).saysNot("compte est suspendu")
	}
	hugo.post("/reports/"+id+"/feedback", "helped", "no").is(http.StatusNotFound)
	hugo.post("/rescue/"+id, "act", "clicked").is(http.StatusNotFound)
	hugo.get("/desk/" + id).is(http.StatusForbidden)
	s.tom().get("/reports/" + id).is(http.StatusNotFound) // the team has the desk for it
}

func TestFeedbackOnThePage(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	id := string(emma.reported(phish()))
	emma.post("/reports/"+id+"/feedback", "helped", "perhaps").is(http.StatusUnprocessableEntity)
	emma.post("/reports/"+id+"/feedback", "helped", "yes").is(http.StatusSeeOther)
	emma.get("/reports/" + id).says("Good to know that it helped")
}

// Links in our letters are opened by mail scanners: that records nothing.
func TestLinksInLettersActOnlyWhenPressed(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	id := emma.reported(phish())
	_, sent := s.Case(id)
	var pages []string
	for n := range 3 {
		pages = append(pages, s.linkIn(sent[0].Text, "/a/", n))
	}
	before := s.snapshot(id)
	for range 2 {
		for _, page := range pages {
			s.visitor().get(page).is(http.StatusOK)
			s.visitor().send(own(head(page)))
		}
	}
	if after := s.snapshot(id); after != before {
		t.Fatalf("opening a link changed the case:\n%s\n%s", before, after)
	}
	helped, clicked := s.find(pages, "did this help", "press, and we know it helped"), s.find(pages, "may we help", "Yes, help me")
	s.visitor().get(clicked).says("Close that page", "Something else happened?").saysNot("What happened?") // helps at once
	s.visitor().get(helped).says("Yes, this helps me").saysNot("Yes, it’s clear")
	s.visitor().post(helped, "helped", "yes", "phrase", "Clear, thank you").is(http.StatusOK).says("Thank you, we read every word.")
	s.visitor().post(clicked, "act", "password", "step", "0").goesTo(clicked + "?act=password&step=1")
	c, _ := s.Case(id)
	if !c.Urgent || !c.Has("password") || c.Hold != cases.HoldActed {
		t.Errorf("urgent %v, acted %v, held for %q", c.Urgent, c.Acted, c.Hold)
	}
	s.visitor().get(clicked).saysNot("Yes, help me") // we know already
	s.visitor().get(clicked+"?act=password&step=1").is(http.StatusOK).says("Step 1 of 3", "Change that password now")
	s.Do()
	mails := len(s.Post.Mails())
	s.visitor().post(clicked, "act", "password", "step", "0").is(http.StatusSeeOther) // pressed again
	s.visitor().post(clicked, "act", "password", "step", "1", "do", "done").goesTo(clicked + "?act=password&step=2")
	s.Do()
	if n := len(s.Post.Mails()); n != mails {
		t.Errorf("pressing again sent %d mails more", n-mails)
	}
	s.visitor().post(clicked, "act", "password", "step", "2", "do", "call").is(http.StatusSeeOther)
	s.visitor().get(clicked + "?act=password&step=2").says("Camille calls you")
}

func head(path string) *http.Request {
	r, _ := http.NewRequest(http.MethodHead, path, nil)
	r.Host = "example.com"
	return r
}

// find gives the page that says so.
func (s *stand) find(pages []string, what, says string) string {
	s.t.Helper()
	for _, p := range pages {
		if strings.Contains(text(s.visitor().get(p).Body.String()), says) {
			return p
		}
	}
	s.t.Fatalf("no page asks %q", what)
	return ""
}

// snapshot is all that a case holds.
func (s *stand) snapshot(id cases.ID) string {
	s.t.Helper()
	c, sent := s.Case(id)
	var said []cases.Entry
	err := s.DB.Read(s.t.Context(), func(tx *db.Tx) (err error) {
		said, err = cases.Conversation(s.t.Context(), tx, id)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprint(c, len(sent), said)
}

func TestBadLinksAreKind(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	id := s.emma().reported(phish())
	_, sent := s.Case(id)
	link := s.linkIn(sent[0].Text, "/a/", 0)
	s.visitor().get(link[:len(link)-3]+"xyz").is(http.StatusForbidden).says("not complete", "I clicked on something")
	s.Clock = s.Clock.AddDate(1, 0, 0)
	s.visitor().get(link).is(http.StatusForbidden).says("too old", "answer the message", "I clicked on something")
	s.visitor().post(link, "helped", "yes").is(http.StatusForbidden)
}

func TestRescueForEveryone(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	v := s.visitor()
	v.get("/rescue").is(http.StatusOK).says("What happened?", "01 23 45 67 89")
	v.post("/rescue", "act", "opened", "step", "0").goesTo("/rescue?act=opened&step=1")
	v.get("/rescue?act=opened&step=1").says("Take the computer off the network")
	v.get("/rescue?act=nonsense&step=99").is(http.StatusOK).says("What happened?")
	v.get("/rescue?act=paid&step=99").is(http.StatusOK).says("You did everything right")
	v.post("/rescue", "do", "call").goesTo("/sign-in?next=/rescue")
	emma := s.emma()
	a := emma.post("/rescue", "act", "paid", "step", "0").is(http.StatusSeeOther)
	s.Do()
	emma.get(a.Header().Get("Location")).is(http.StatusOK).says("Call your bank now")
	tom := s.tom()
	tom.get("/desk").is(http.StatusOK).says("Emma Petit", "Needs help", "I paid, or gave card details")
}

func TestCorrectionIsShown(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, tom := s.emma(), s.tom()
	id := string(emma.reported(phish()))
	tom.decide(id, verdict.Legitimate)
	s.Do()
	emma.get("/reports/"+id).says("This mail is genuine", "We first told you it was a trap. We were wrong")
}
