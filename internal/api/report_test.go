package api_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/client"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/mail/msg/msgtest"
)

func TestReportIsTakenJudgedAndAnswered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := houseOn(t, d)
		before := func() client.Receipt {
			r, err := h.as("emma").Report(t.Context(), strings.NewReader(lure), client.Options{})
			must(t, err)
			return r
		}()
		if r := h.get("emma", before.ID); r.State != "new" || r.Verdict != "" || len(r.Answers) != 0 || r.Effect != nil {
			t.Errorf("before it is judged: %+v", r)
		}
		h.Do()
		r := h.get("emma", before.ID)
		if r.Verdict != client.Phishing || r.State != "answered" || r.Answered.IsZero() || !r.Promised.IsZero() {
			t.Errorf("after: %+v", r)
		}
		if len(r.Answers) != 1 || r.Answers[0].Verdict != client.Phishing || !strings.Contains(r.Answers[0].Text, "Emma") {
			t.Errorf("answers: %+v", r.Answers)
		}
		if len(r.Messages) != 1 || r.Messages[0].Sender != "alert@bank-help.example" || r.Subject != "Your account is suspended" {
			t.Errorf("messages: %+v", r.Messages)
		}
		if r.Page != before.Page || r.Page != "https://bienvu.atelier.example/reports/"+before.ID || r.Number != before.Number {
			t.Errorf("page %q, receipt %+v", r.Page, before)
		}
		if len(h.Post.Mails()) != 1 {
			t.Errorf("%d letters left", len(h.Post.Mails()))
		}
	})
}

// What was already there is not taken twice; what adds something is.
func TestAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clicked := client.Options{Acted: []string{"clicked"}}
	first := h.report("emma", "", client.Options{})
	h.later(time.Hour)
	for name, c := range map[string]struct {
		as, mark string
		o        client.Options
		again    bool
	}{
		"the same":          {"emma", "", client.Options{}, true},
		"another's":         {"paul", "", client.Options{}, false},
		"another message":   {"emma", "x", client.Options{}, false},
		"with a comment":    {"emma", "", client.Options{Comment: "Is it real?"}, false},
		"I clicked meant":   {"emma", "", clicked, false},
		"a choice":          {"emma", "", client.Options{Choice: "spam"}, false},
		"in another format": {"emma", "", client.Options{Name: "a.eml"}, false},
	} {
		got := h.report(c.as, c.mark, c.o)
		if got.Again != c.again || c.again != (got.ID == first.ID) {
			t.Errorf("%s: %+v, first %s", name, got, first.ID)
		}
	}
	if got := h.report("emma", "", clicked); !got.Again {
		t.Errorf("the second “I clicked” is new: %+v", got)
	}
	answer, _ := h.send("emma", http.MethodPost, "/api/v1/reports", "message/rfc822", lure)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Location") != "/api/v1/reports/"+first.ID {
		t.Errorf("%d %s", answer.StatusCode, answer.Header.Get("Location"))
	}
}

func TestFormKeepsWhatThePersonSays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.report("emma", "", client.Options{
		Name: "été;\r\nBcc: x@y.example.eml", Comment: "J'ai cliqué, désolée.\n--\nEmma", Choice: "phishing", Acted: []string{"clicked", "password"},
		Language: "fr", More: []client.File{{Name: "b.eml", Content: strings.NewReader(strings.ReplaceAll(lure, "account", "parcel"))}},
	})
	r := h.get("emma", got.ID)
	if !r.Urgent || r.Kind != "rescue" || r.State != "waiting" || r.Language != "fr" || len(r.Messages) != 2 {
		t.Errorf("%+v", r)
	}
	for _, m := range r.Messages {
		if m.Choice != "phishing" {
			t.Errorf("choice of %q: %q", m.Subject, m.Choice)
		}
	}
	c, _ := h.Case(cases.ID(got.ID))
	if !slices.Equal(c.Acted, []string{"clicked", "password"}) {
		t.Errorf("acted: %q", c.Acted)
	}
	must(t, h.DB.Read(t.Context(), func(tx *db.Tx) error {
		all, err := cases.Deliveries(t.Context(), tx, c.ID)
		if err != nil || len(all) != 1 || all[0].Channel != cases.ByAPI || !strings.Contains(all[0].Comment, "J'ai cliqué") {
			t.Errorf("%+v, %v", all, err)
		}
		return nil
	}))
}

func TestFormatsOfAMessage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	outlook := string(msgtest.Write(msgtest.Message{Subject: "Your account is suspended", FromName: "Bank", FromAddr: "alert@bank-help.example", Body: "Confirm"}))
	for name, c := range map[string]struct {
		contentType, body string
	}{
		"raw":                {"message/rfc822", lure},
		"raw with charset":   {"message/rfc822; charset=utf-8", lure + "1"},
		"raw with LF":        {"message/rfc822", strings.ReplaceAll(lure, "\r\n", "\n")},
		"outlook":            {"application/vnd.ms-outlook", outlook},
		"outlook named mail": {"message/rfc822", outlook},
		"a zip in a form":    form(t, "file", "mails.zip", zipped(t, "a.eml", lure)),
		"a file that is bin": form(t, "file", "blob", lure),
	} {
		answer, body := h.send("emma", http.MethodPost, "/api/v1/reports", c.contentType, c.body)
		if answer.StatusCode/100 != 2 {
			t.Errorf("%s: %d %s", name, answer.StatusCode, body)
			continue
		}
		id := strings.TrimPrefix(answer.Header.Get("Location"), "/api/v1/reports/")
		if r := h.get("emma", id); r.Subject != "Your account is suspended" || len(r.Messages) != 1 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestQuestionNeedsNoFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got, err := h.as("emma").Report(t.Context(), nil, client.Options{Comment: "How do I install the report button on my phone?"})
	must(t, err)
	h.Do()
	if r := h.get("emma", got.ID); r.Kind != "question" || r.State != "waiting" || r.Promised.IsZero() {
		t.Errorf("%+v", r)
	}
}

// A service vouches for the reporter it names, within its rights.
func TestServiceReportsForOthers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.token(login.Token{Name: "dumb", Rights: []login.Right{login.ReportSend}})
	for name, c := range map[string]struct {
		as, reporter string
		want         error
		key          string
	}{
		"a known person":           {"button", "Emma@Atelier.example", nil, ""},
		"somebody new":             {"button", "nora@atelier.example", nil, ""},
		"of a subdomain":           {"button", "nora@lyon.atelier.example", nil, ""},
		"nobody named":             {"button", "", client.Invalid, "fault.api-reporter-needed"},
		"a stranger":               {"button", "eve@evil.example", client.Forbidden, "fault.api-reporter-outside"},
		"a stranger, disguised":    {"button", "eve@evil.example>,x@atelier.example", client.Forbidden, "fault.api-reporter-outside"},
		"no name before the at":    {"button", "@atelier.example", client.Forbidden, "fault.api-reporter-outside"},
		"without the right":        {"dumb", "emma@atelier.example", client.Forbidden, "fault.api-right"},
		"of another account":       {"annex bot", "emma@atelier.example", client.Forbidden, "fault.api-reporter-outside"},
		"of its own account":       {"annex bot", "paul@atelier.example", nil, ""},
		"a person for another":     {"emma", "paul@atelier.example", client.Forbidden, "fault.api-reporter-yours"},
		"a person for oneself":     {"emma", "emma@atelier.example", nil, ""},
		"new, of the own account":  {"annex bot", "zoe@atelier.example", nil, ""},
		"new to another's service": {"bot", "yves@atelier.example", nil, ""},
	} {
		_, err := h.as(c.as).Report(t.Context(), strings.NewReader(lure+name), client.Options{Reporter: c.reporter})
		if !errors.Is(err, c.want) || c.want != nil && errorOf(t, err).Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.Do()
	if n := len(h.Post.Mails()); n != 7 { // each report that was taken is answered: the service vouched
		t.Errorf("%d answers", n)
	}
}

func TestNobodyReadsWhatIsNotTheirs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	own := h.report("emma", "", client.Options{})
	sent := h.report("bot", "x", client.Options{Reporter: "emma@atelier.example"})
	for _, id := range []string{own.ID, sent.ID} {
		for who, want := range map[string]error{
			"emma": nil, "bot": nil, "paul": client.NotFound, "annex bot": client.NotFound, "button": client.Forbidden,
		} {
			if _, err := h.as(who).Get(t.Context(), id); !errors.Is(err, want) {
				t.Errorf("%s reads: %v", who, err)
			}
		}
	}
	theirs, not := errorOf(t, h.getError("paul", own.ID)), errorOf(t, h.getError("paul", "none"))
	if *theirs != *not {
		t.Errorf("another's report is told from one that is not there: %+v, %+v", theirs, not)
	}
}

func (h *house) getError(as, id string) error {
	_, err := h.as(as).Get(h.t.Context(), id)
	return err
}

func TestPaging(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var want []int
	for i := range 5 {
		h.later(time.Minute)
		want = append(want, h.report("emma", fmt.Sprint(i), client.Options{}).Number)
	}
	h.report("paul", "", client.Options{})
	slices.Reverse(want)
	var got []int
	for offset := 0; ; offset += 2 {
		p, err := h.as("emma").Reports(t.Context(), 2, offset)
		must(t, err)
		for _, r := range p.Reports {
			got = append(got, r.Number)
		}
		if p.Next == "" {
			break
		}
		if p.Next != fmt.Sprintf("/api/v1/reports?limit=2&offset=%d", offset+2) {
			t.Errorf("next: %s", p.Next)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, bad := range []string{"limit=0", "limit=101", "limit=x", "offset=-1", "offset=9999999999999999999"} {
		if answer, body := h.send("emma", http.MethodGet, "/api/v1/reports?"+bad, "", ""); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "fault.api-paging") {
			t.Errorf("%s: %d %s", bad, answer.StatusCode, body)
		}
	}
	if _, err := h.as("bot").Reports(t.Context(), 10, 0); !errors.Is(err, client.Forbidden) || errorOf(t, err).Key != "fault.api-service-list" {
		t.Errorf("a service's list: %v", err)
	}
}

// No figure about fewer than five people.
func TestEffect(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.report("emma", "", client.Options{})
	for i := range 5 {
		if e := h.get("emma", first.ID).Effect; e == nil || !e.First || e.Colleagues != 0 {
			t.Errorf("with %d others: %+v", i, e)
		}
		h.later(time.Second)
		h.report("bot", "", client.Options{Reporter: fmt.Sprintf("person%d@atelier.example", i)})
	}
	if e := h.get("emma", first.ID).Effect; e == nil || e.Colleagues != 5 {
		t.Errorf("with five others: %+v", e)
	}
	h.later(time.Second)
	last := h.report("paul", "", client.Options{})
	if e := h.get("paul", last.ID).Effect; e == nil || e.First || e.Colleagues != 6 {
		t.Errorf("the last: %+v", e)
	}
}

// What failed is not said to be taken, and what is said to be taken is safe.
func TestNothingIsPromisedBeforeItIsSafe(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	order := []string{}
	h.Step = func(name string) { order = append(order, name) }
	r := httptest.NewRequest(http.MethodPost, "/api/v1/reports", strings.NewReader(lure))
	r.Header.Set("Authorization", "Bearer "+h.tokens["emma"])
	r.Header.Set("Content-Type", "message/rfc822")
	h.handler.ServeHTTP(&watched{httptest.NewRecorder(), func(status int) { order = append(order, fmt.Sprint(status)) }}, r)
	if n := len(order); n < 2 || order[n-1] != "201" || order[n-2] != "receive.committed" {
		t.Errorf("%q", order)
	}
	h.Blobs = blob.Store(broken{h.Blobs})
	answer, body := h.send("emma", http.MethodPost, "/api/v1/reports", "message/rfc822", lure+"other")
	if answer.StatusCode != http.StatusInternalServerError || strings.Contains(body, "no room") || strings.Contains(body, "is safe") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

// watched sees when the status is said.
type watched struct {
	http.ResponseWriter
	said func(int)
}

func (w *watched) WriteHeader(status int) { w.said(status); w.ResponseWriter.WriteHeader(status) }

func errorOf(t *testing.T, err error) *client.Error {
	t.Helper()
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		t.Fatalf("no refusal: %v", err)
	}
	return e
}

func zipped(t *testing.T, name, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	must(t, err)
	_, err = w.Write([]byte(content))
	must(t, err)
	must(t, z.Close())
	return b.String()
}
