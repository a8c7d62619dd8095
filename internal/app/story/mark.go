package story

import (
	"context"
	"encoding/json"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
)

// mark is how far the story is told. It stands in the table settings.
type mark struct {
	Begun int64 `json:"begun"` // microseconds since 1970; 0 before the first start
	Done  int   `json:"done"`  // steps told
}

const markName = "demo.story"

func readMark(ctx context.Context, tx *db.Tx) (mark, error) {
	var m mark
	text, err := db.One(ctx, tx, db.Scan[string], `SELECT value FROM settings WHERE name = $1`, markName)
	if fault.Is(err, fault.NotFound) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal([]byte(text), &m)
}

func (m mark) write(ctx context.Context, tx *db.Tx) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO settings (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, markName, string(text))
	return err
}
