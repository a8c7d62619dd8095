package cases

import (
	"context"
	"encoding/json"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// ReportID names a report.
type ReportID string

// Reported is one person's report of one message.
type Reported struct {
	ID        ReportID
	Case      ID
	Delivery  DeliveryID
	Person    people.ID // "" for somebody we don't know
	Blob      string    // hash of the original
	Shape     string    // how it was delivered: unwrap.Original.Shape
	Complete  bool      // the original's own header is there
	Choice    string    // what the reporter takes it for
	Subject   string
	Sender    string
	Campaign  string // equal for messages that belong together
	Verdict   verdict.Verdict
	Judgement json.RawMessage // of the analysis, nil before
	Created   time.Time
}

const reportColumns = `id, case_id, delivery_id, COALESCE(person_id, ''), blob, shape, complete, choice, subject, sender,
	campaign, verdict, judgement, created_at`

func scanReport(row db.Scanner) (Reported, error) {
	var r Reported
	var judgement string
	var created int64
	err := row.Scan(&r.ID, &r.Case, &r.Delivery, &r.Person, &r.Blob, &r.Shape, &r.Complete, &r.Choice, &r.Subject,
		&r.Sender, &r.Campaign, &r.Verdict, &judgement, &created)
	r.Judgement, r.Created = json.RawMessage(judgement), db.Time(created)
	return r, err
}

// AddReport keeps a report.
func AddReport(ctx context.Context, tx *db.Tx, r Reported) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO reports (id, case_id, delivery_id, person_id, blob, shape, complete, choice,
			subject, sender, created_at)
		VALUES ($1, $2, $3, NULLIF($4, ''), $5, $6, $7, $8, $9, $10, $11)`,
		r.ID, r.Case, r.Delivery, r.Person, r.Blob, r.Shape, r.Complete, r.Choice, r.Subject, r.Sender, db.Micros(r.Created))
	return err
}

// SaveJudgement keeps what the analysis said of a report.
func SaveJudgement(ctx context.Context, tx *db.Tx, r Reported) error {
	_, err := db.Exec(ctx, tx, `UPDATE reports SET campaign = $2, verdict = $3, judgement = $4 WHERE id = $1`,
		r.ID, r.Campaign, r.Verdict, string(r.Judgement))
	return err
}

// RenameCampaign makes one campaign part of another.
func RenameCampaign(ctx context.Context, tx *db.Tx, from, to string) error {
	_, err := db.Exec(ctx, tx, `UPDATE reports SET campaign = $2 WHERE campaign = $1`, from, to)
	return err
}

// SaveVerdicts writes one verdict on all reports of a case.
func SaveVerdicts(ctx context.Context, tx *db.Tx, id ID, v verdict.Verdict) error {
	_, err := db.Exec(ctx, tx, `UPDATE reports SET verdict = $2 WHERE case_id = $1`, id, v)
	return err
}

// Reports reads those of one case, oldest first.
func Reports(ctx context.Context, tx *db.Tx, id ID) ([]Reported, error) {
	return db.All(ctx, tx, scanReport, `SELECT `+reportColumns+` FROM reports WHERE case_id = $1 ORDER BY created_at, id`, id)
}

// ReportsOf reads those of one delivery, in their order.
func ReportsOf(ctx context.Context, tx *db.Tx, id DeliveryID) ([]Reported, error) {
	return db.All(ctx, tx, scanReport, `SELECT `+reportColumns+` FROM reports WHERE delivery_id = $1 ORDER BY id`, id)
}

// Wave is what other people reported of the same campaign.
type Wave struct {
	Earlier int  // other people who reported it before
	Later   int  // other people who reported it after
	Own     bool // the person reported it before themselves
}

// WaveAround counts the other people of the organisation who reported
// a campaign before and after the moment at.
func WaveAround(ctx context.Context, tx *db.Tx, campaign string, person people.ID, at time.Time) (Wave, error) {
	if campaign == "" {
		return Wave{}, nil
	}
	return db.One(ctx, tx, func(row db.Scanner) (Wave, error) {
		var w Wave
		err := row.Scan(&w.Earlier, &w.Later, &w.Own)
		return w, err
	}, `SELECT COUNT(DISTINCT CASE WHEN created_at < $3 AND person_id <> $2 THEN person_id END),
			COUNT(DISTINCT CASE WHEN created_at > $3 AND person_id <> $2 THEN person_id END),
			COUNT(CASE WHEN created_at < $3 AND person_id = $2 THEN 1 END) > 0
		FROM reports WHERE campaign = $1`, campaign, person, db.Micros(at))
}

// History is a person's past as a reporter.
type History struct {
	Reports     int // before this one
	Last        time.Time
	LastVerdict verdict.Verdict
	FalseAlarms int // in a row, up to the last one
}

// HistoryBefore reads what a person reported before the moment at.
func HistoryBefore(ctx context.Context, tx *db.Tx, person people.ID, at time.Time) (History, error) {
	all, err := db.All(ctx, tx, func(row db.Scanner) (History, error) {
		var h History
		var last int64
		err := row.Scan(&last, &h.LastVerdict)
		h.Last = db.Time(last)
		return h, err
	}, `SELECT created_at, verdict FROM reports WHERE person_id = $1 AND created_at < $2 ORDER BY created_at DESC`,
		person, db.Micros(at))
	if err != nil || len(all) == 0 {
		return History{}, err
	}
	h := all[0]
	h.Reports = len(all)
	for h.FalseAlarms < len(all) && all[h.FalseAlarms].LastVerdict == verdict.Legitimate {
		h.FalseAlarms++
	}
	return h, nil
}

// Ruling is what a person of the team decided before on a message like one.
type Ruling struct {
	Case    ID
	Verdict verdict.Verdict
	Same    bool // on the very same bytes
	Sender  bool // on a message of the same sender
}

// RulingsBefore reads the newest decisions of persons on the same bytes, then
// on the same campaign: those on the same sender first, at most 20.
func RulingsBefore(ctx context.Context, tx *db.Tx, r Reported) ([]Ruling, error) {
	return db.All(ctx, tx, func(row db.Scanner) (Ruling, error) {
		var found Ruling
		err := row.Scan(&found.Case, &found.Verdict, &found.Same, &found.Sender)
		return found, err
	}, `SELECT d.case_id, d.verdict, r.blob = $1, r.sender = $3 FROM decisions d JOIN reports r ON r.case_id = d.case_id
		WHERE d.by_id IS NOT NULL AND r.shape <> 'encrypted'
			AND (r.blob = $1 OR (r.campaign = $2 AND r.campaign <> ''))
			AND 1 = (SELECT COUNT(*) FROM reports n WHERE n.case_id = d.case_id)
		ORDER BY CASE WHEN r.blob = $1 THEN 0 WHEN r.sender = $3 THEN 1 ELSE 2 END, d.at DESC, d.id DESC LIMIT 20`,
		r.Blob, r.Campaign, r.Sender)
}

// Other is another case that holds a report of the same bytes or campaign.
type Other struct {
	ID    ID
	Bytes bool // of the very same bytes
}

// Alike lists the other cases that hold a report of the same bytes or campaign;
// with sameSender only those whose reported message has the same sender too.
func Alike(ctx context.Context, tx *db.Tx, id ID, sameSender bool) ([]Other, error) {
	return db.All(ctx, tx, func(row db.Scanner) (Other, error) {
		var o Other
		err := row.Scan(&o.ID, &o.Bytes)
		return o, err
	}, `SELECT o.case_id, MAX(CASE WHEN o.blob = r.blob THEN 1 ELSE 0 END) = 1 FROM reports r
		JOIN reports o ON o.case_id <> r.case_id AND o.shape <> 'encrypted'
			AND (o.blob = r.blob OR (o.campaign = r.campaign AND r.campaign <> ''))
		WHERE r.case_id = $1 AND r.shape <> 'encrypted' AND (NOT $2 OR o.sender = r.sender)
		GROUP BY o.case_id ORDER BY o.case_id`, id, sameSender)
}
