package login_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/login"
)

// Who may do what, as one would tell it to a colleague: R reporter, S responder
// (staff), L lead, A admin.
func TestRightsOfRoles(t *testing.T) {
	t.Parallel()
	letters := map[login.Role]byte{login.Reporter: 'R', login.Responder: 'S', login.Lead: 'L', login.Admin: 'A'}
	want := map[login.Right]string{
		login.ReportSend: "RSLA", login.ReportReadOwn: "RSLA", login.ReportForAny: "",
		login.CaseRead: "SLA", login.CaseDecide: "SA", login.ReplySend: "SA", login.OutboxRead: "SLA",
		login.NumbersRead: "SLA", login.WordsWrite: "LA",
		login.SettingsWrite: "A", login.PeopleWrite: "A", login.TokenWrite: "A",
	}
	for _, right := range login.Rights() {
		got := ""
		for _, role := range login.Roles() {
			if login.Can(role, right) {
				got += string(letters[role])
			}
		}
		expected, known := want[right]
		if !known || got != expected {
			t.Errorf("%s: %q may, want %q", right, got, expected)
		}
	}
	if login.Can("owner", login.ReportSend) || login.Can(login.Admin, "everything") {
		t.Error("an unknown role or right must give nothing")
	}
}

func TestNobodyMayNothing(t *testing.T) {
	t.Parallel()
	for _, right := range login.Rights() {
		if (login.Who{}).May(right) || (login.Who{}).Need(right) == nil {
			t.Errorf("nobody may %s", right)
		}
	}
}
