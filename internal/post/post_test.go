package post_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/post/posttest"
)

func none() error { return nil }

func TestFakeConforms(t *testing.T) {
	t.Parallel()
	posttest.Conform(t, func(*testing.T) posttest.Subject {
		f := &post.Fake{}
		return posttest.Subject{Sender: f, Arrived: f.Mails, Exact: true}
	})
	posttest.Conform(t, func(*testing.T) posttest.Subject {
		f := &post.Fake{Blind: true}
		return posttest.Subject{Sender: f, Arrived: f.Mails}
	})
}

func TestFakeLosesTheLine(t *testing.T) {
	t.Parallel()
	f := &post.Fake{Lose: func(post.Mail) bool { return true }}
	if err := f.Send(t.Context(), posttest.Mail("x@desk.example"), none); !errors.Is(err, post.ErrInDoubt) {
		t.Errorf("%v", err)
	}
	if state, _ := f.Sent(t.Context(), "x@desk.example"); state != post.Sent {
		t.Errorf("state %s", state)
	}
}

func outbox(t *testing.T) (*post.Outbox, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "outbox")
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	o, err := post.OpenOutbox(dir, func() time.Time { at = at.Add(time.Second); return at })
	if err != nil {
		t.Fatal(err)
	}
	return o, dir
}

func contents(t *testing.T, o *post.Outbox) []post.Mail {
	t.Helper()
	letters, err := o.List(0)
	if err != nil {
		t.Fatal(err)
	}
	var out []post.Mail
	for _, l := range letters {
		_, raw, err := o.Read(l.ID)
		if err != nil {
			t.Error(err)
		}
		out = append(out, post.Mail{From: l.From, To: l.To, MessageID: l.MessageID, Raw: raw})
	}
	return out
}

func TestOutboxConforms(t *testing.T) {
	t.Parallel()
	posttest.Conform(t, func(t *testing.T) posttest.Subject {
		t.Helper()
		at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		o, err := post.OpenOutbox(t.TempDir(), func() time.Time { return at })
		if err != nil {
			t.Fatal(err)
		}
		return posttest.Subject{Sender: o, Arrived: func() []post.Mail { return contents(t, o) }, Exact: true}
	})
}

func TestOutboxListsTheNewestFirst(t *testing.T) {
	t.Parallel()
	o, dir := outbox(t)
	for _, id := range []string{"1@x.example", "2@x.example", "3@x.example", "2@x.example"} {
		if err := o.Send(t.Context(), posttest.Mail(id), none); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"draft-1": "half", "notes.txt": "x", "zz.eml": "not a letter"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	letters, err := o.List(0)
	if err != nil || len(letters) != 3 {
		t.Fatalf("%v, %v", letters, err)
	}
	if letters[0].MessageID != "2@x.example" || letters[2].MessageID != "1@x.example" {
		t.Errorf("%v", letters)
	}
	if some, _ := o.List(1); len(some) != 1 || some[0].MessageID != "2@x.example" {
		t.Errorf("%v", some)
	}
}

// A name from a page's address must never lead out of the folder.
func TestOutboxReadsOnlyItsOwn(t *testing.T) {
	t.Parallel()
	o, dir := outbox(t)
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret.eml"), []byte("{}\nsecret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", "../secret", "..%2Fsecret", strings.Repeat("0", 32), "/etc/passwd", "x\x00"} {
		if _, _, err := o.Read(id); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// A crash between the draft and the rename leaves no letter and no lie.
func TestOutboxCrashBeforeHandOver(t *testing.T) {
	t.Parallel()
	o, dir := outbox(t)
	func() {
		defer func() { _ = recover() }()
		_ = o.Send(t.Context(), posttest.Mail("1@x.example"), func() error { panic("the machine stops") })
	}()
	if state, err := o.Sent(t.Context(), "1@x.example"); state != post.NotSent || err != nil {
		t.Errorf("%s, %v", state, err)
	}
	if len(contents(t, o)) != 0 {
		t.Error("half a letter is shown")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("expected the draft alone, got %v", entries)
	}
}

func TestOutboxFolderGone(t *testing.T) {
	t.Parallel()
	o, dir := outbox(t)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := o.Send(t.Context(), posttest.Mail("1@x.example"), none); !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

func TestSentencesInBothLanguages(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(post.Locale())
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"address", "away", "later", "refused", "in-doubt", "setting", "folder", "not-found"} {
		for _, lang := range []string{"en", "fr"} {
			if !c.Has(lang, "fault.post-"+key) {
				t.Errorf("%s: fault.post-%s is missing", lang, key)
			}
		}
	}
	if len(c.Keys("en")) != len(c.Keys("fr")) {
		t.Error("the languages differ")
	}
}
