package post

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
)

// load reads at most limit bytes of a letter's file and takes it apart.
func (o *Outbox) load(id string, limit int64) (l Letter, raw []byte, err error) {
	f, err := os.Open(o.path(id))
	if err != nil {
		return Letter{}, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	all, err := io.ReadAll(io.LimitReader(f, limit))
	if err != nil {
		return Letter{}, nil, err
	}
	heading, raw, ok := bytes.Cut(all, []byte("\n"))
	if !ok {
		return Letter{}, nil, errors.New("post: outbox: a letter without a heading")
	}
	if err := json.Unmarshal(heading, &l); err != nil {
		return Letter{}, nil, err
	}
	if l.ID != id {
		return Letter{}, nil, errors.New("post: outbox: a letter under another's name")
	}
	return l, raw, nil
}
