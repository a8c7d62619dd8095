package lists

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/feed"
)

const columns = `name, source, etag, modified, tried_at, got_at, entries, skipped, cut, problem, failures`

func scan(row db.Scanner) (State, error) {
	var s State
	var tried, got int64
	err := row.Scan(&s.Name, &s.Source, &s.ETag, &s.Modified, &tried, &got, &s.Entries, &s.Skipped, &s.Cut, &s.Problem, &s.Failures)
	s.Tried, s.Got = db.Time(tried), db.Time(got)
	return s, err
}

// All gives the state of every list that was ever tried, by name.
func All(ctx context.Context, tx *db.Tx) ([]State, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM lists ORDER BY name`)
}

// Of gives the state of one list; a list that was never tried has the zero State.
func Of(ctx context.Context, tx *db.Tx, name string) (State, error) {
	s, err := db.One(ctx, tx, scan, `SELECT `+columns+` FROM lists WHERE name = $1`, name)
	if fault.Is(err, fault.NotFound) {
		return State{Name: name}, nil
	}
	return s, err
}

// Copy gives the last good copy of a list, got at its State's Got; nil when
// there is none that this version understands.
func Copy(ctx context.Context, tx *db.Tx, name string) (*feed.List, error) {
	type row struct {
		packed []byte
		got    int64
	}
	r, err := db.One(ctx, tx, func(s db.Scanner) (row, error) {
		var r row
		return r, s.Scan(&r.packed, &r.got)
	}, `SELECT packed, got_at FROM lists WHERE name = $1`, name)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l, err := feed.Unpack(r.packed)
	if err != nil {
		return nil, nil //nolint:nilerr // of another version, or none yet: it is read again when due
	}
	return l.Confirmed(db.Time(r.got)), nil
}

// Keep writes a new copy of a list down in place of the last one.
func Keep(ctx context.Context, tx *db.Tx, f Feed, l *feed.List, etag, modified string, now time.Time) error {
	packed, err := l.Pack()
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO lists (name, source, etag, modified, tried_at, got_at, entries, skipped, cut, packed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (name) DO UPDATE SET source = excluded.source, etag = excluded.etag, modified = excluded.modified,
			tried_at = excluded.tried_at, got_at = excluded.got_at, entries = excluded.entries, skipped = excluded.skipped,
			cut = excluded.cut, packed = excluded.packed, problem = '', failures = 0`,
		f.Name, f.Source(), etag, modified, db.Micros(now), db.Micros(l.Got), l.Entries, l.Skipped, l.Cut, packed)
	return err
}

// Confirm notes that the copy still is what its source says, as of got.
func Confirm(ctx context.Context, tx *db.Tx, name string, got, now time.Time) error {
	_, err := db.Exec(ctx, tx, `UPDATE lists SET tried_at = $2, got_at = $3, problem = '', failures = 0 WHERE name = $1`, name, db.Micros(now), db.Micros(got))
	return err
}

// Fail notes what went wrong, as the key of a sentence. The copy stays, unless
// the list now comes from elsewhere.
func Fail(ctx context.Context, tx *db.Tx, f Feed, problem string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO lists (name, source, tried_at, problem, failures) VALUES ($1, $2, $3, $4, 1)
		ON CONFLICT (name) DO UPDATE SET tried_at = excluded.tried_at, problem = excluded.problem,
			failures = CASE WHEN lists.source = excluded.source THEN lists.failures + 1 ELSE 1 END,
			got_at = CASE WHEN lists.source = excluded.source THEN lists.got_at ELSE 0 END,
			packed = CASE WHEN lists.source = excluded.source THEN lists.packed ELSE NULL END,
			entries = CASE WHEN lists.source = excluded.source THEN lists.entries ELSE 0 END,
			skipped = CASE WHEN lists.source = excluded.source THEN lists.skipped ELSE 0 END,
			cut = (lists.source = excluded.source AND lists.cut),
			etag = CASE WHEN lists.source = excluded.source THEN lists.etag ELSE '' END,
			modified = CASE WHEN lists.source = excluded.source THEN lists.modified ELSE '' END,
			source = excluded.source`,
		f.Name, f.Source(), db.Micros(now), problem)
	return err
}

// Forget removes a list that is no longer configured.
func Forget(ctx context.Context, tx *db.Tx, name string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM lists WHERE name = $1`, name)
	return err
}

// AgeOf gives what is remembered of a domain; the zero Age when nothing is.
func AgeOf(ctx context.Context, tx *db.Tx, domain string) (Age, error) {
	a, err := db.One(ctx, tx, func(row db.Scanner) (Age, error) {
		a := Age{Domain: domain}
		var registered, asked int64
		err := row.Scan(&registered, &asked)
		a.Registered, a.Asked = db.Time(registered), db.Time(asked)
		return a, err
	}, `SELECT registered_at, asked_at FROM list_ages WHERE domain = $1`, domain)
	if fault.Is(err, fault.NotFound) {
		return Age{Domain: domain}, nil
	}
	return a, err
}

// SaveAge remembers what a registry said.
func SaveAge(ctx context.Context, tx *db.Tx, a Age) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO list_ages (domain, registered_at, asked_at) VALUES ($1, $2, $3)
		ON CONFLICT (domain) DO UPDATE SET registered_at = excluded.registered_at, asked_at = excluded.asked_at`,
		a.Domain, db.Micros(a.Registered), db.Micros(a.Asked))
	return err
}

// ForgetAges removes what is too old to count.
func ForgetAges(ctx context.Context, tx *db.Tx, now time.Time) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM list_ages WHERE asked_at < $1`, db.Micros(now.Add(-rememberKnown)))
	return err
}
