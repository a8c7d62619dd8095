package sender_test

import (
	"context"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/sender"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// A mail that was forwarded inline has lost its Message-ID on the way to us:
// nobody can say that it never had one.
func TestMissingIDIsAClueOnlyInWhatTravelled(t *testing.T) {
	t.Parallel()
	const head = "From: Ana <ana@roc.example>\r\nTo: emma@corp.example\r\nSubject: a\r\n\r\nBonjour."
	const hop = "Received: from out.roc.example by mx.corp.example; Fri, 20 Nov 2026 10:00:00 +0000\r\n"
	for raw, want := range map[string]bool{head: false, hop + head: true, hop + "Message-ID: <1@roc.example>\r\n" + head: false} {
		m := mail.Read([]byte(raw), mail.DefaultBudget())
		var ids strings.Builder
		for _, f := range sender.Check(context.Background(), view.New(subject.Subject{Message: m})) {
			ids.WriteString(f.ID + " ")
		}
		if got := strings.Contains(ids.String(), "sender.id-missing"); got != want {
			t.Errorf("%q: %t, found %s", raw, got, ids.String())
		}
	}
}
