package post

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
)

// Outbox is a Sender that stands in for a mail server: a folder with one file
// a message, named by the hash of its Message-ID. Handing over is one rename,
// so a message is wholly there or not at all, whatever happens to the machine,
// and Sent is exact. Sending a message again replaces it by itself.
type Outbox struct {
	dir string
	now func() time.Time
}

// Letter is one message of the outbox, without its text.
type Letter struct {
	ID        string    `json:"id"` // names it in Read; the hash of the Message-ID
	MessageID string    `json:"message_id"`
	From      string    `json:"from"` // of the envelope
	To        string    `json:"to"`
	At        time.Time `json:"at"` // UTC
	Size      int       `json:"size"`
}

// An outbox file is one line of JSON (the Letter), then the message.
const (
	outboxSuffix  = ".eml"
	outboxLimit   = 64 << 20 // bytes read back of one file
	outboxHeading = 64 << 10 // bytes of its first line
)

// OpenOutbox opens the folder dir and makes it where it is missing. The
// moments of the letters come from now.
func OpenOutbox(dir string, now func() time.Time) (*Outbox, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("post: outbox: %w", err)
	}
	return &Outbox{dir: dir, now: now}, nil
}

// letterID names a message's file.
func letterID(messageID string) string {
	sum := sha256.Sum256([]byte(messageID))
	return hex.EncodeToString(sum[:16])
}

// Send puts the mail into the folder.
func (o *Outbox) Send(ctx context.Context, m Mail, beforeHandOver func() error) error {
	if err := m.check(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fault.Wrap(fault.Unavailable, "fault.post-folder", err)
	}
	draft, err := o.draft(m)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "fault.post-folder", err)
	}
	if err := beforeHandOver(); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	if err := os.Rename(draft, o.path(letterID(m.MessageID))); err != nil {
		return fault.Wrap(fault.Unavailable, "fault.post-folder", errors.Join(err, os.Remove(draft)))
	}
	if err := syncDir(o.dir); err != nil {
		// The name is there, but a power cut could still take it away.
		return fault.Wrap(fault.Internal, "fault.post-in-doubt", errors.Join(ErrInDoubt, err))
	}
	return nil
}

func (o *Outbox) path(id string) string { return filepath.Join(o.dir, id+outboxSuffix) }

// draft writes the mail beside the letters, under a name List passes over.
func (o *Outbox) draft(m Mail) (name string, err error) {
	heading, err := json.Marshal(Letter{
		ID: letterID(m.MessageID), MessageID: m.MessageID, From: m.From, To: m.To,
		At: o.now().UTC(), Size: len(m.Raw),
	})
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp(o.dir, "draft-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(append(append(heading, '\n'), m.Raw...))
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// syncDir makes a rename in dir last.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Sent answers exactly.
func (o *Outbox) Sent(_ context.Context, messageID string) (State, error) {
	_, err := os.Stat(o.path(letterID(messageID)))
	switch {
	case err == nil:
		return Sent, nil
	case errors.Is(err, fs.ErrNotExist):
		return NotSent, nil
	}
	return Unknown, fault.Wrap(fault.Unavailable, "fault.post-folder", err)
}

// List gives the letters, the newest first, at most limit (0: all of them).
func (o *Outbox) List(limit int) ([]Letter, error) {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "fault.post-folder", err)
	}
	var letters []Letter
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), outboxSuffix)
		if !ok {
			continue
		}
		if l, _, err := o.load(id, outboxHeading); err == nil { // a foreign file is not ours to show
			letters = append(letters, l)
		}
	}
	slices.SortFunc(letters, func(a, b Letter) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.ID, b.ID))
	})
	if limit > 0 && len(letters) > limit {
		letters = letters[:limit]
	}
	return letters, nil
}

// Read gives one letter and its message.
func (o *Outbox) Read(id string) (Letter, []byte, error) {
	if raw, err := hex.DecodeString(id); err != nil || len(raw) != 16 {
		return Letter{}, nil, fault.New(fault.NotFound, "fault.post-not-found", nil)
	}
	l, raw, err := o.load(id, outboxLimit)
	if err != nil {
		return Letter{}, nil, fault.Wrap(fault.NotFound, "fault.post-not-found", err)
	}
	return l, raw, nil
}
