package known

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/lesson"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/people"
)

// Lesson is an attempt to learn from decisions.
type Lesson struct {
	ID      string
	By      people.ID // who asked for it; "" for the desk by itself
	Made    time.Time
	Revoked time.Time // when somebody took it back; zero when nobody did
	Adopted bool      // it was good enough, and no later trial showed it to be dangerous
	Figures lesson.Figures
	Learned learn.Correction // nil when it was not adopted
}

// Teach keeps a lesson.
func Teach(ctx context.Context, tx *db.Tx, l Lesson) error {
	figures, err := json.Marshal(l.Figures)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO known_lessons (id, by_id, made_at, adopted, decisions, figures, packed)
		VALUES ($1, NULLIF($2, ''), $3, $4, $5, $6, $7)`,
		l.ID, l.By, db.Micros(l.Made), l.Adopted, l.Figures.Decisions, string(figures), pack(l.Learned))
	return err
}

// Unlearn takes every lesson back: what was learned so far is not used any more,
// and the decisions up to now are not learned from again.
func Unlearn(ctx context.Context, tx *db.Tx, now time.Time) (int, error) {
	return db.Exec(ctx, tx, `UPDATE known_lessons SET revoked_at = $1, packed = NULL WHERE revoked_at = 0`, db.Micros(now))
}

// Withdraw stops using a lesson that newer decisions show to be dangerous.
func Withdraw(ctx context.Context, tx *db.Tx, id string) error {
	_, err := db.Exec(ctx, tx, `UPDATE known_lessons SET adopted = FALSE, packed = NULL WHERE id = $1`, id)
	return err
}

const lessonColumns = `id, COALESCE(by_id, ''), made_at, revoked_at, adopted, figures`

func scanLesson(row db.Scanner) (Lesson, error) {
	var l Lesson
	var made, revoked int64
	var figures string
	if err := row.Scan(&l.ID, &l.By, &made, &revoked, &l.Adopted, &figures); err != nil {
		return l, err
	}
	l.Made, l.Revoked = db.Time(made), db.Time(revoked)
	return l, json.Unmarshal([]byte(figures), &l.Figures)
}

// Lessons lists the newest, without what was learned.
func Lessons(ctx context.Context, tx *db.Tx, most int) ([]Lesson, error) {
	return db.All(ctx, tx, scanLesson, `SELECT `+lessonColumns+` FROM known_lessons ORDER BY made_at DESC, id DESC LIMIT $1`, most)
}

// Current gives the lesson that is in use, without what was learned; the zero
// Lesson when there is none.
func Current(ctx context.Context, tx *db.Tx) (Lesson, error) {
	l, err := db.One(ctx, tx, scanLesson, `SELECT `+lessonColumns+` FROM known_lessons
		WHERE adopted AND revoked_at = 0 ORDER BY made_at DESC, id DESC LIMIT 1`)
	if fault.Is(err, fault.NotFound) {
		return Lesson{}, nil
	}
	return l, err
}

// Learned gives what a lesson taught; nil when this version can't read it.
func Learned(ctx context.Context, tx *db.Tx, id string) (learn.Correction, error) {
	packed, err := db.One(ctx, tx, db.Scan[[]byte], `SELECT packed FROM known_lessons WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	c, _ := unpack(packed)
	return c, nil
}

// Taught says from when on decisions are to be learned from (zero: from the
// beginning), and when a lesson was last tried.
func Taught(ctx context.Context, tx *db.Tx) (from, last time.Time, err error) {
	all, err := db.All(ctx, tx, func(row db.Scanner) ([2]int64, error) {
		var t [2]int64
		return t, row.Scan(&t[0], &t[1])
	}, `SELECT COALESCE(MAX(revoked_at), 0), COALESCE(MAX(made_at), 0) FROM known_lessons`)
	if err != nil || len(all) == 0 {
		return from, last, err
	}
	return db.Time(all[0][0]), db.Time(all[0][1]), nil
}

// form names how a correction is packed, and of which features: it changes when
// these do, so that nothing is read amiss.
const form = "bienvu-lesson-1\n"

// negligible is the weight below which a feature is not worth its bytes.
const negligible = 1e-3

// pack writes a correction: pairs of an index and a weight, by index.
func pack(c learn.Correction) []byte {
	if c == nil {
		return nil
	}
	out := []byte(form)
	for _, i := range slices.Sorted(maps.Keys(c)) {
		if w := c[i]; math.Abs(float64(w)) >= negligible {
			out = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(out, i), math.Float32bits(w))
		}
	}
	return out
}

func unpack(packed []byte) (learn.Correction, error) {
	rest, ok := bytes.CutPrefix(packed, []byte(form))
	if !ok || len(rest)%8 != 0 {
		return nil, fmt.Errorf("known: no lesson of this form")
	}
	c := make(learn.Correction, len(rest)/8)
	for ; len(rest) > 0; rest = rest[8:] {
		w := math.Float32frombits(binary.LittleEndian.Uint32(rest[4:]))
		if math.IsNaN(float64(w)) || math.IsInf(float64(w), 0) {
			return nil, fmt.Errorf("known: a lesson without measure")
		}
		c[binary.LittleEndian.Uint32(rest)] = w
	}
	return c, nil
}
