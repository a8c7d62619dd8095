// Package posttest holds what every post.Sender must do.
package posttest

import (
	"context"
	"errors"
	"testing"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/post"
)

// Subject is a sender under test and a look at what arrived on the other side.
type Subject struct {
	Sender  post.Sender
	Arrived func() []post.Mail // what the other side has, in any order; MessageID may be empty
	Exact   bool               // Sent knows; else it answers Unknown
}

// Mail is one to send.
func Mail(id string) post.Mail {
	return post.Mail{
		From: "report@desk.example", To: "emma@corp.example", MessageID: id,
		Raw: []byte("Message-ID: <" + id + ">\r\nSubject: Hello\r\n\r\nOne\r\n.\r\n..two\r\nthe end\r\n"),
	}
}

// Conform runs the suite; open makes a fresh subject for each test.
func Conform(t *testing.T, open func(t *testing.T) Subject) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Subject){
		"sends": sends, "calls before the hand-over": calls, "stops when told": stops,
		"refuses what is not a mail": refuses, "obeys its context": obeys, "sends many": sendsMany,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func none() error { return nil }

func sends(t *testing.T, s Subject) {
	t.Helper()
	m := Mail("a1@desk.example")
	s.expect(t, m.MessageID, post.NotSent)
	if err := s.Sender.Send(t.Context(), m, none); err != nil {
		t.Fatal(err)
	}
	s.expect(t, m.MessageID, post.Sent)
	got := s.Arrived()
	if len(got) != 1 || got[0].To != m.To || got[0].From != m.From || string(got[0].Raw) != string(m.Raw) {
		t.Errorf("arrived: %q", got)
	}
}

func (s Subject) expect(t *testing.T, id string, want post.State) {
	t.Helper()
	if !s.Exact {
		want = post.Unknown
	}
	if got, err := s.Sender.Sent(t.Context(), id); err != nil || got != want {
		t.Errorf("Sent: %s, %v; want %s", got, err, want)
	}
}

func calls(t *testing.T, s Subject) {
	t.Helper()
	count := 0
	err := s.Sender.Send(t.Context(), Mail("b1@desk.example"), func() error {
		if count++; len(s.Arrived()) != 0 {
			t.Error("it arrived before the caller was told")
		}
		return nil
	})
	if err != nil || count != 1 {
		t.Errorf("called %d times, %v", count, err)
	}
}

func stops(t *testing.T, s Subject) {
	t.Helper()
	stop := errors.New("stop")
	if err := s.Sender.Send(t.Context(), Mail("c1@desk.example"), func() error { return stop }); !errors.Is(err, stop) {
		t.Errorf("want the caller's own error, got %v", err)
	}
	if got := s.Arrived(); len(got) != 0 {
		t.Errorf("sent all the same: %v", got)
	}
	s.expect(t, "c1@desk.example", post.NotSent)
	if err := s.Sender.Send(t.Context(), Mail("c1@desk.example"), none); err != nil {
		t.Errorf("the second try: %v", err)
	}
}

func refuses(t *testing.T, s Subject) {
	t.Helper()
	for name, change := range map[string]func(*post.Mail){
		"a recipient with a line end": func(m *post.Mail) { m.To = "a@b.example>\r\nRCPT TO:<c@d.example" },
		"a sender with a bracket":     func(m *post.Mail) { m.From = "a@b.example> SIZE=1" },
		"no recipient":                func(m *post.Mail) { m.To = "" },
		"no identifier":               func(m *post.Mail) { m.MessageID = "" },
		"no text":                     func(m *post.Mail) { m.Raw = nil },
	} {
		m := Mail("d1@desk.example")
		change(&m)
		err := s.Sender.Send(t.Context(), m, func() error { t.Errorf("%s was handed over", name); return nil })
		if err == nil || fault.Is(err, fault.Unavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func obeys(t *testing.T, s Subject) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Sender.Send(ctx, Mail("e1@desk.example"), none); !fault.Is(err, fault.Unavailable) {
		t.Errorf("want unavailable, got %v", err)
	}
	if got := s.Arrived(); len(got) != 0 {
		t.Errorf("sent all the same: %v", got)
	}
}

func sendsMany(t *testing.T, s Subject) {
	t.Helper()
	done := make(chan error)
	for i := range 10 {
		go func() {
			done <- s.Sender.Send(context.WithoutCancel(t.Context()), Mail(string(rune('a'+i))+"@desk.example"), none)
		}()
	}
	for range 10 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if got := s.Arrived(); len(got) != 10 {
		t.Errorf("%d arrived", len(got))
	}
}
