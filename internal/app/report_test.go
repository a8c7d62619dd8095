package app

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/intake/smtpd"
	"github.com/bienvu/bienvu/internal/mail"
)

// standIn stands in for a demo: an SMTP door that keeps what it is given, and an
// outbox that answers the second time it is asked.
type standIn struct {
	smtp, http string
	mu         sync.Mutex
	got        smtpd.Delivery
	asked      int
}

func newDesk(t *testing.T) *standIn {
	t.Helper()
	d := &standIn{}
	door, err := smtpd.New(smtpd.Config{
		Hostname: "localhost", Addresses: []string{demoReports}, MaxBytes: 10 << 20, Now: time.Now,
		Log: slog.New(slog.DiscardHandler),
		Deliver: func(_ context.Context, m smtpd.Delivery) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.got = m
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = door.Serve(l) }()
	t.Cleanup(func() { _ = door.Shutdown(context.Background()) })
	web := httptest.NewServer(http.HandlerFunc(d.outbox))
	t.Cleanup(web.Close)
	d.smtp, d.http = l.Addr().String(), web.URL
	return d
}

func (d *standIn) outbox(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked++
	answers := []answer{}
	id := r.URL.Query().Get("in_reply_to")
	if d.asked > 1 && r.URL.Path == "/outbox.json" && id == mail.Read(d.got.Raw, mail.DefaultBudget()).MessageID {
		answers = append(answers, answer{InReplyTo: id, To: d.got.From, Subject: "Re: x", Text: "Well spotted!\x1b[2J\n\nCamille\n"})
	}
	_ = json.NewEncoder(w).Encode(answers)
}

func TestReportSendsAndPrintsTheAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := filepath.Join(folder(t, map[string]string{"Été.eml": lure}), "Été.eml")
	code, out, bad := call(t, "", nil, "report", file, "--smtp", d.smtp, "--http", d.http, "--comment", "Est-ce vrai ?")
	if code != done || !strings.Contains(out, "Well spotted![2J\n\nCamille\n") {
		t.Fatalf("status %d %q %q", code, out, bad)
	}
	m := mail.Read(d.got.Raw, mail.DefaultBudget())
	if d.got.From != demoReporter || !strings.Contains(m.Text, "Est-ce vrai ?") || !strings.HasPrefix(m.Subject, "Fwd: Votre compte") {
		t.Errorf("from %q, subject %q, text %q", d.got.From, m.Subject, m.Text)
	}
	if p := m.Parts[len(m.Parts)-1]; p.Type != "message/rfc822" || p.Name != "Été.eml" || p.Message == nil || p.Message.From[0].Addr != "alerte@ma-banque-securite.example" {
		t.Errorf("the attachment is %s %q", p.Type, p.Name)
	}
}

// What SMTP can't carry as it is arrives unchanged too.
func TestReportKeepsOddBytes(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"long.eml": "Subject: x\r\n\r\n" + strings.Repeat("y", 2000) + "\r\n", "nul.eml": "Subject: x\r\n\r\na\x00b\r\n",
		"cr.eml": "Subject: x\r\n\r\na\rb\r\n", "outlook.msg": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "dot.eml": "Subject: x\r\n\r\n.\r\n..\r\n",
	} {
		d := newDesk(t)
		file := filepath.Join(folder(t, map[string]string{name: text}), name)
		if code, _, bad := call(t, "", nil, "report", file, "--smtp", d.smtp, "--http", d.http); code != done {
			t.Errorf("%s: status %d %s", name, code, bad)
			continue
		}
		parts := mail.Read(d.got.Raw, mail.DefaultBudget()).Parts
		if got := string(parts[len(parts)-1].Body); got != text {
			t.Errorf("%s arrived as %q", name, got)
		}
	}
}

func TestReportSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := filepath.Join(folder(t, map[string]string{"a.eml": lure}), "a.eml")
	gone := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(gone.Close)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"report", file + "x"}, "can’t be read"},
		{[]string{"report", file, "--from", "nobody"}, "nobody is not a mail address"},
		{[]string{"report", file, "--from", "a@b\r\nX: y"}, "is not a mail address"},
		{[]string{"report", file, "--smtp", "127.0.0.1:1"}, "Is `bienvu demo` running?"},
		{[]string{"report", file, "--smtp", d.smtp, "--to", "else@where.example"}, "was refused"},
		{[]string{"report", file, "--smtp", d.smtp, "--http", gone.URL}, "shows no outbox"},
	} {
		code, _, bad := call(t, "", nil, test.args...)
		if code != failed || !strings.Contains(bad, test.want) {
			t.Errorf("%q: status %d %q", test.args, code, bad)
		}
	}
}

// No answer within the time is said as such, and not as a failure of the outbox.
func TestReportGivesUpKindly(t *testing.T) {
	t.Parallel()
	none := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("[]")) }))
	t.Cleanup(none.Close)
	ctx, stop := context.WithTimeout(t.Context(), 2*answerEvery)
	defer stop()
	_, err := (&reportCommand{HTTP: none.URL}).wait(ctx, "x@y")
	if err == nil || !strings.Contains(err.Error(), "app.report.no-answer") {
		t.Error(err)
	}
}
