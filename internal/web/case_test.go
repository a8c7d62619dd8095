package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

var (
	draftText = regexp.MustCompile(`(?s)<textarea[^>]*id="draft-text"[^>]*>(.*?)</textarea>`)
	version   = regexp.MustCompile(`name="version" value="(\d+)"`)
)

// draft reads the prepared answer from the page, as a browser would send it.
func (a answered) draft() (body, seen string) {
	a.t.Helper()
	b, v := draftText.FindStringSubmatch(a.Body.String()), version.FindStringSubmatch(a.Body.String())
	if b == nil || v == nil {
		a.t.Fatalf("no answer is prepared:\n%s", text(a.Body.String()))
	}
	return html.UnescapeString(b[1]), v[1]
}

// decide prepares the answer of a verdict and sends it as it is.
func (g *guest) decide(id string, v verdict.Verdict) answered {
	g.s.t.Helper()
	body, seen := g.get("/desk/" + id + "?answer=" + string(v)).is(http.StatusOK).draft()
	return g.post("/desk/"+id+"/answer", "verdict", string(v), "version", seen, "text", strings.ReplaceAll(body, "\n", "\r\n"), "do", "send").
		is(http.StatusSeeOther)
}

func TestCasePage(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	id := string(s.emma().reported(phish()))
	a := s.tom().get("/desk/" + id).is(http.StatusOK)
	a.says("Votre compte est suspendu", "Emma Petit", "emma@atelier.example", "Is this real?", "hxxp://192[.]0[.]2[.]7/connexion", "Phishing", "Who was told what", "Sent")
	if strings.Contains(a.Body.String(), `href="http://192.0.2.7`) {
		t.Error("the dangerous link can be followed")
	}
	if !strings.Contains(a.Body.String(), `data-pin="1"`) {
		t.Error("no finding is pointed out")
	}
	if strings.Contains(a.Body.String(), "/a/A") {
		t.Error("the page shows one-click links that are signed for the reporter")
	}
}

func TestAnsweringACase(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, tom := s.emma(), s.tom()
	id := emma.reported(puzzling())
	s.Do()
	left := len(s.Post.Mails())
	body, _ := tom.get("/desk/" + string(id) + "?answer=legitimate").is(http.StatusOK).draft()
	if c, _ := s.Case(id); c.State != cases.Waiting || len(s.Post.Mails()) != left || !strings.Contains(body, "Emma") {
		t.Fatalf("choosing a verdict did something: %s, %d mails, text %q", c.State, len(s.Post.Mails())-left, body)
	}
	tom.decide(string(id), verdict.Legitimate).goesTo("/desk/" + string(id) + "?tab=unsure&done=sent")
	s.Do()
	c, sent := s.Case(id)
	last := sent[len(sent)-1]
	if c.State != cases.Answered || c.DecidedBy != tom.id || last.State != letters.Sent || last.Verdict != verdict.Legitimate || !strings.Contains(last.Text, "Tom") {
		t.Errorf("%s by %q; %s tells %s:\n%s", c.State, c.DecidedBy, last.State, last.Verdict, last.Text)
	}
	tom.get("/desk/"+string(id)+"?done=sent").says("Your answer is on its way.", "Decided by Tom Petit", "Verdict: Genuine")
	emma.get("/reports/"+string(id)).says("This mail is genuine", "Tom Petit")
}

// Invariant: no sentence leaves without a tone check that passed, or a named
// person's override.
func TestATextThatHurtsDoesNotLeave(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	id, tom := s.emma().reported(puzzling()), s.tom()
	s.Do()
	before, left := s.snapshot(id), len(s.Post.Mails())
	const hurts = "Emma, as explained in the policy, you should not have clicked."
	send := func(more ...string) answered {
		return tom.post("/desk/"+string(id)+"/answer", append([]string{"verdict", "legitimate", "text", hurts, "do", "send"}, more...)...)
	}
	send().is(http.StatusUnprocessableEntity).says("not ready to leave", hurts, "to mend before it leaves", "you should not have")
	tom.post("/desk/"+string(id)+"/answer", "verdict", "legitimate", "text", hurts, "do", "check").is(http.StatusOK).says(hurts, "to mend before it leaves")
	s.Do()
	if after := s.snapshot(id); after != before || len(s.Post.Mails()) != left {
		t.Fatalf("something left: %s", after)
	}
	send("override", "yes").is(http.StatusSeeOther)
	s.Do()
	_, sent := s.Case(id)
	if l := sent[len(sent)-1]; l.TonePass || l.ApprovedBy != tom.id || l.State != letters.Sent {
		t.Errorf("the letter: pass %t, approved by %q, %s", l.TonePass, l.ApprovedBy, l.State)
	}
}

// Nobody may send the danger itself, in whose name ever.
func TestTheDangerNeverLeaves(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	id, tom := string(s.emma().reported(phish())), s.tom()
	s.Do()
	left := len(s.Post.Mails())
	tom.post("/desk/"+id+"/answer", "verdict", "spam", "override", "yes", "do", "send",
		"text", "Thank you, Emma! This is advertising. Look: http://192.0.2.7/connexion").is(http.StatusUnprocessableEntity)
	s.Do()
	if len(s.Post.Mails()) != left {
		t.Error("it left")
	}
}

func TestTwoColleaguesAtOnce(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	id, tom := string(s.emma().reported(puzzling())), s.tom()
	nina := s.person("nina@atelier.example", "Atelier", login.Responder)
	body, seen := tom.get("/desk/" + id + "?answer=spam").draft()
	s.Clock = s.Clock.Add(1e9)
	nina.decide(id, verdict.Legitimate)
	s.Do()
	left := len(s.Post.Mails())
	words := strings.Replace(body, "Thank", "Many thanks and thank", 1)
	a := tom.post("/desk/"+id+"/answer", "verdict", "spam", "version", seen, "text", words, "do", "send").is(http.StatusConflict)
	a.says("Nina Petit changed this case", "Verdict: Genuine", "Nothing was sent")
	if kept, fresh := a.draft(); kept != words || fresh == seen {
		t.Errorf("the text became %q, the version %s", kept, fresh)
	}
	s.Do()
	if len(s.Post.Mails()) != left {
		t.Error("it was sent all the same")
	}
}

// Invariant: a changed verdict reaches everyone who was told otherwise, once.
func TestCorrectionIsSentOnce(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, hugo, tom := s.emma(), s.person("hugo@atelier.example", "Atelier"), s.tom()
	first, second := emma.reported(phish()), hugo.reported(phish())
	tom.get("/desk/" + string(first) + "?answer=legitimate").says("The correction, for 2 people")
	for range 2 {
		s.Clock = s.Clock.Add(1e9)
		tom.decide(string(first), verdict.Legitimate)
		s.Do()
	}
	for _, id := range []cases.ID{first, second} {
		c, sent := s.Case(id)
		n := 0
		for _, l := range sent {
			if l.Situation == "corrected" {
				n++
			}
		}
		if n != 1 || c.Verdict != verdict.Legitimate {
			t.Errorf("%d corrections, verdict %s", n, c.Verdict)
		}
	}
}

// Somebody who reported twice is one person.
func TestPersonsAreCountedNotCases(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, hugo, tom := s.emma(), s.person("hugo@atelier.example", "Atelier"), s.tom()
	id := string(emma.reported(phish()))
	hugo.reported(phish())
	for range 2 {
		s.Clock = s.Clock.Add(1e9)
		hugo.reported(phish())
	}
	tom.get("/desk/" + id + "?answer=legitimate").says("The correction, for 2 people")
}

// An empty list says what waits in the others, and leads there.
func TestEmptyListPointsToWhatWaits(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, tom := s.emma(), s.tom()
	tom.get("/desk?tab=new").says("All answered. Time for a coffee.")
	emma.reported(puzzling())
	a := tom.get("/desk?tab=new").says("Nothing new. One case waits for a decision").saysNot("coffee")
	if !strings.Contains(a.Body.String(), `<a href="/desk?tab=unsure">One case waits`) {
		t.Error("no link to it")
	}
}

func TestStrangersAreNeverWrittenTo(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	tom := s.tom()
	r := s.Mail("eve@outside.example", mailtest.New("?", "Eve <eve@outside.example>", "report@atelier.example").Nest("m.eml", phish()).Bytes())
	id := string(r.Case)
	a := tom.get("/desk/"+id+"?answer=phishing").is(http.StatusOK).says("There is nobody to write to", "Keep this verdict")
	if draftText.MatchString(a.Body.String()) {
		t.Error("a text to a stranger is offered")
	}
	seen := version.FindStringSubmatch(a.Body.String())
	tom.post("/desk/"+id+"/answer", "verdict", "phishing", "version", seen[1], "do", "send").goesTo("/desk/" + id + "?tab=unsure&done=noted")
	s.Do()
	if c, sent := s.Case(r.Case); c.State != cases.Answered || len(sent)+len(s.Post.Mails()) != 0 {
		t.Errorf("%s, %d letters", c.State, len(sent))
	}
}

func TestAQuestionGetsAPersonsOwnWords(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, tom := s.emma(), s.tom()
	a := emma.report("How do I get the report button on my phone?", "").is(http.StatusSeeOther)
	s.Do()
	mine := a.Header().Get("Location")
	id := strings.TrimPrefix(mine, "/reports/")
	tom.get("/desk/"+id).is(http.StatusOK).says("A question", "Write in my own words", "How do I get the report button")
	body, seen := tom.get("/desk/" + id + "?answer=words").is(http.StatusOK).says("in your own words").draft()
	left := len(s.Post.Mails())
	send := func(text string) answered {
		return tom.post("/desk/"+id+"/answer", "verdict", "words", "version", seen, "text", text, "do", "send")
	}
	send(body).is(http.StatusUnprocessableEntity).says("Please write your answer")
	send("You should have read the policy.").is(http.StatusUnprocessableEntity).says("not ready to leave")
	s.Do()
	if n := len(s.Post.Mails()); n != left {
		t.Fatalf("%d mails left", n-left)
	}
	send(strings.Replace(body, "here is my answer.", "here is my answer.\r\n\r\nOpen the store on your phone and look for our name.", 1)).is(http.StatusSeeOther)
	s.Do()
	if n := len(s.Post.Mails()); n != left+1 {
		t.Errorf("%d mails left, want 1", n-left)
	}
	emma.get(mine).is(http.StatusOK).says("Emma, here is the answer from Tom Petit", "Open the store on your phone", "Did this answer help you?")
	emma.get("/reports").says("How do I get the report button")
}

func TestClosing(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	r := s.Mail("eve@outside.example", mailtest.New("?", "Eve <eve@outside.example>", "report@atelier.example").Text("Hello").Bytes())
	lead := s.person("lead@atelier.example", "Atelier", login.Lead)
	lead.post("/desk/" + string(r.Case) + "/close").is(http.StatusForbidden)
	s.tom().post("/desk/" + string(r.Case) + "/close").goesTo("/desk/" + string(r.Case) + "?done=closed")
	s.tom().get("/desk/"+string(r.Case)+"?done=closed").says("Nobody was written to", "Closed without writing")
	if c, _ := s.Case(r.Case); c.State != cases.Closed {
		t.Errorf("the case is %s", c.State)
	}
}

// evil is a mail that tries to run in every field it has.
func evil() []byte {
	const x = `<script>alert(1)</script>`
	return mailtest.New(`Hi "><img src=x onerror=alert(2)>`+x, `"><svg onload=alert(3)> <eve@evil.example>`, "emma@atelier.example").
		Header("Reply-To", `"</td>`+x+`" <a@evil.example>`).
		HTML(`<html><head><base href="http://evil.example/"><style>@import "http://evil.example/x.css";</style></head>
			<body onload="alert(4)" style="background:url(http://evil.example/bg.png)"><script>alert(5)</script>
			<p style="color:red;background-image:url(http://evil.example/p)">Your account is suspended, confirm your password now</p>
			<a href="javascript:alert(6)" onclick="alert(7)">click</a><a href="http://evil.example/x">bank</a>
			<img src="http://evil.example/pixel.gif"><img src="data:image/png;base64,iVBORw0KGgo=" alt="ok">
			<iframe src="http://evil.example/f"></iframe><form action="http://evil.example/post"><input name=p></form>
			<object data="http://evil.example/o"></object><svg><script>alert(8)</script></svg><meta http-equiv=refresh content="0;url=http://evil.example">`).
		Attach(`"><script>alert(9)</script>.pdf`, "application/pdf", []byte("%PDF-1.4")).Bytes()
}

// Invariant: a reported message never harms.
func TestNothingOfAReportRuns(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, tom := s.emma(), s.tom()
	id := emma.reported(evil())
	tom.decide(string(id), verdict.Phishing)
	s.Do()
	for _, a := range []answered{
		tom.get("/desk"), tom.get("/desk?tab=answered"), tom.get("/desk/" + string(id)), tom.get("/desk/" + string(id) + "?answer=spam"),
		tom.get("/outbox"), emma.get("/"), emma.get("/reports"), emma.get("/reports/" + string(id)), emma.get("/rescue/" + string(id)),
	} {
		a.is(http.StatusOK)
		for _, live := range live(t, a.Body.String()) {
			t.Errorf("in the page stands %s", live)
		}
	}
}

// live lists what of a page could run or lead elsewhere.
func live(t *testing.T, body string) []string {
	t.Helper()
	doc, err := xhtml.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for n := range doc.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		if n.Data == "script" && n.FirstChild != nil || n.Data == "style" || n.Data == "base" || n.Data == "object" {
			found = append(found, "<"+n.Data+">")
		}
		for _, a := range n.Attr {
			leads := a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction"
			own := strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "#") || strings.HasPrefix(a.Val, "mailto:report@")
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || leads && !own {
				found = append(found, n.Data+" "+a.Key+"="+a.Val)
			}
		}
	}
	return found
}

func TestForeignHTMLStaysBehindGlass(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	tom := s.tom()
	id := string(s.emma().reported(evil()))
	frame := regexp.MustCompile(`<iframe[^>]*src="([^"]+)"`).FindStringSubmatch(tom.get("/desk/" + id).Body.String())
	if frame == nil {
		t.Fatal("the message's HTML is not offered")
	}
	a := tom.get(frame[1]).is(http.StatusOK)
	if got := a.Header().Get("Content-Security-Policy"); got != page.GuestPolicy || !strings.Contains(got, "sandbox") || !strings.Contains(got, "default-src 'none'") {
		t.Errorf("policy %q", got)
	}
	body := a.Body.String()
	for _, banned := range []string{"script", "http:", "https:", "javascript", "onload", "onclick", "href", "iframe", "form", "object", "<base", "@import", "url(", "refresh"} {
		if strings.Contains(strings.ToLower(body), banned) {
			t.Errorf("%q survives in:\n%s", banned, body)
		}
	}
	if !strings.Contains(body, "color: red") || !strings.Contains(body, "data:image/png") || !strings.Contains(body, "confirm your password") {
		t.Errorf("what draws the mail is gone:\n%s", body)
	}
	s.emma().get(frame[1]).is(http.StatusForbidden)
	s.visitor().get(frame[1]).is(http.StatusSeeOther)
	tom.get("/desk/" + id + "/html/nothing").is(http.StatusNotFound)
}

// Invariant: one account never sees another's.
func TestAccountsAreApart(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	hugo := s.person("hugo@atelier.example", "Factory")
	mine, others := string(hugo.reported(another(1))), string(emma.reported(phish()))
	frame := regexp.MustCompile(`<iframe[^>]*src="([^"]+)"`).FindStringSubmatch(s.tom().get("/desk/" + others).Body.String())
	zoe := s.person("zoe@atelier.example", "Factory")
	err := s.DB.Write(t.Context(), func(tx *db.Tx) error {
		c, err := cases.Get(t.Context(), tx, cases.ID(mine))
		if err != nil {
			return err
		}
		return login.GrantRole(t.Context(), tx, zoe.id, login.Grant{Role: login.Responder, Account: c.Account}, s.Clock)
	})
	if err != nil {
		t.Fatal(err)
	}
	zoe.get("/desk/" + mine).is(http.StatusOK)
	_, sent := s.Case(cases.ID(others))
	for _, path := range []string{"/desk/" + others, "/desk/" + others + "?answer=spam", frame[1], "/outbox/" + string(sent[0].ID), "/outbox/" + string(sent[0].ID) + "/html"} {
		zoe.get(path).is(http.StatusNotFound)
	}
	for _, path := range []string{"/answer", "/close", "/letters/" + string(sent[0].ID)} {
		zoe.post("/desk/"+others+path, "verdict", "spam", "text", "x", "left", "no").is(http.StatusNotFound)
	}
	zoe.post("/desk/"+mine+"/letters/"+string(sent[0].ID), "left", "no").is(http.StatusNotFound)
	for _, tab := range page.Tabs() {
		zoe.get("/desk?tab="+string(tab)).is(http.StatusOK).saysNot("compte est suspendu", "Emma")
	}
	zoe.get("/outbox").is(http.StatusOK).saysNot("emma@atelier.example")
	zoe.get("/desk?tab=unsure").says("Question 1")
	s.tom().get("/desk?tab=answered").says("compte est suspendu")
}

func TestStuckLetters(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	tom := s.tom()
	for word, want := range map[string]letters.State{"yes": letters.Sent, "no": letters.Ready} {
		id := s.emma().reported(another(len(word)))
		_, sent := s.Case(id)
		l := sent[len(sent)-1]
		err := s.DB.Write(t.Context(), func(tx *db.Tx) error {
			_, err := letters.Move(t.Context(), tx, l.ID, letters.Sent, letters.Doubtful, s.Clock, "")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		tom.get("/desk/"+string(id)).says("Perhaps sent", "It arrived", "Send it again")
		tom.post("/desk/"+string(id)+"/letters/"+string(l.ID), "left", word).is(http.StatusSeeOther)
		if _, sent := s.Case(id); sent[len(sent)-1].State != want {
			t.Errorf("%s: the letter is %s, want %s", word, sent[len(sent)-1].State, want)
		}
	}
}
