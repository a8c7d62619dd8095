package mail_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
)

func TestAutomatic(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name, value, envelope string
		want                  string
	}{
		"a person":                 {"", "", "ana@firm.example", ""},
		"a person, unknown sender": {"", "", "", ""},
		"null sender":              {"", "", "<>", "null-sender"},
		"null return path":         {"Return-Path", "<>", "", "null-sender"},
		"daemon":                   {"", "", "MAILER-DAEMON@mx.example", "null-sender"},
		"auto-replied":             {"Auto-Submitted", "auto-replied (vacation)", "a@firm.example", "auto-submitted"},
		"auto-generated":           {"Auto-Submitted", "Auto-Generated; owner=x", "a@firm.example", "auto-submitted"},
		"not automatic":            {"Auto-Submitted", "No", "a@firm.example", ""},
		"bulk":                     {"Precedence", "Bulk", "a@firm.example", "precedence"},
		"auto_reply":               {"Precedence", "auto_reply", "a@firm.example", "precedence"},
		"first class":              {"Precedence", "first-class", "a@firm.example", ""},
		"list id":                  {"List-Id", "<l.example>", "a@firm.example", "mailing-list"},
		"list unsubscribe":         {"List-Unsubscribe", "<https://l.example>", "a@firm.example", "mailing-list"},
		"x-autoreply":              {"X-Autoreply", "yes", "a@firm.example", "auto-reply"},
		"x-autoreply no":           {"X-Autoreply", "no", "a@firm.example", ""},
		"failed recipients":        {"X-Failed-Recipients", "x@y.example", "a@firm.example", "auto-reply"},
		"loop mark":                {"X-Loop", "a@firm.example", "a@firm.example", "auto-reply"},
		"suppress all":             {"X-Auto-Response-Suppress", "DR, All", "a@firm.example", "suppressed"},
		"suppress out of office":   {"X-Auto-Response-Suppress", "RN, OOF", "a@firm.example", "suppressed"},
		"suppress nothing":         {"X-Auto-Response-Suppress", "None", "a@firm.example", ""},
		"suppress receipts only":   {"X-Auto-Response-Suppress", "DR, RN, NRN", "a@firm.example", ""},
		"no-reply author":          {"From", "No-Reply@firm.example", "a@firm.example", "bounce-address"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := mailtest.New("hello", "Ana <ana@firm.example>", "desk@firm.example").Text("hi")
			if test.name != "" {
				b.Header(test.name, test.value)
			}
			if got := mail.Automatic(b.Read(t), test.envelope); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAutomaticByContentType(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"multipart/report; report-type=delivery-status; boundary=b":          "delivery-report",
		"multipart/report; report-type=disposition-notification; boundary=b": "delivery-report",
		"multipart/report; report-type=\"Feedback-Report\"; boundary=b":      "",
		"message/delivery-status":       "delivery-report",
		"text/calendar; method=REPLY":   "calendar-reply",
		"text/calendar; method=REQUEST": "",
		"multipart/mixed; boundary=b":   "",
	}
	for kind, want := range tests {
		m := mail.Read([]byte("From: a@firm.example\nContent-Type: "+kind+"\n\n--b\n\nx\n--b--\n"), mail.DefaultBudget())
		if got := mail.Automatic(m, "a@firm.example"); got != want {
			t.Errorf("%s: got %q, want %q", kind, got, want)
		}
	}
}
