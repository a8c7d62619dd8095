package campaign

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
)

const (
	perBand        = 40  // the newest under one key: what millions share finds nothing
	mostCandidates = 200 // that are compared
)

// candidate is a message that shares a key.
type candidate struct {
	report   cases.ReportID
	campaign ID
	print    similar.Print
	bytes    []byte
}

func (c candidate) same(p similar.Print) bool { return bytes.Equal(c.bytes, p.Bytes()) }

// scanCandidate reads one. A fingerprint of a form that is not read any more
// comes back empty, and is like nothing.
func scanCandidate(row db.Scanner) (candidate, error) {
	var c candidate
	err := row.Scan(&c.report, &c.campaign, &c.bytes)
	if p, bad := similar.Parse(c.bytes); bad == nil {
		c.print = p
	}
	return c, err
}

// candidates reads who shares most keys, the newest first.
func candidates(ctx context.Context, tx *db.Tx, keys []int64) ([]candidate, error) {
	args := make([]any, len(keys))
	for i, k := range keys {
		args[i] = k
	}
	return db.All(ctx, tx, scanCandidate, lookup(len(keys)), args...)
}

// lookup is the query for so many keys: each asks for its newest alone, so that
// no key costs more than another, however many messages share it.
func lookup(keys int) string {
	var b strings.Builder
	b.WriteString(`SELECT m.report_id, m.campaign, m.print FROM campaign_members m JOIN (SELECT member, COUNT(*) AS shared FROM (`)
	for i := range keys {
		if i > 0 {
			b.WriteString(` UNION ALL `)
		}
		fmt.Fprintf(&b, `SELECT * FROM (SELECT member FROM campaign_bands WHERE band = $%d ORDER BY member DESC LIMIT %d) b%d`, i+1, perBand, i)
	}
	fmt.Fprintf(&b, `) found GROUP BY member ORDER BY shared DESC, member DESC LIMIT %d) near ON near.member = m.id
		ORDER BY near.shared DESC, m.id DESC`, mostCandidates)
	return b.String()
}

// memberOf is the campaign that a report belongs to, "" for none.
func memberOf(ctx context.Context, tx *db.Tx, report cases.ReportID) (ID, error) {
	all, err := db.All(ctx, tx, db.Scan[ID], `SELECT campaign FROM campaign_members WHERE report_id = $1`, report)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// add keeps a member and the keys under which it is found.
func add(ctx context.Context, tx *db.Tx, report cases.ReportID, id ID, p similar.Print, keys []int64) error {
	member, err := db.One(ctx, tx, db.Scan[int64], `INSERT INTO campaign_members (report_id, campaign, print) VALUES ($1, $2, $3) RETURNING id`,
		report, id, p.Bytes())
	if err != nil || len(keys) == 0 {
		return err
	}
	args := []any{member}
	var rows []string
	for _, k := range keys {
		args = append(args, k)
		rows = append(rows, fmt.Sprintf(`($%d, $1)`, len(args)))
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO campaign_bands (band, member) VALUES `+strings.Join(rows, ", ")+` ON CONFLICT DO NOTHING`, args...)
	return err
}

// oldestOf is the campaign whose first member came first.
func oldestOf(ctx context.Context, tx *db.Tx, all []ID) (ID, error) {
	oldest, first := ID(""), int64(0)
	for _, id := range all {
		came, err := db.One(ctx, tx, db.Scan[int64], `SELECT COALESCE(MIN(id), 0) FROM campaign_members WHERE campaign = $1`, id)
		if err != nil {
			return "", err
		}
		if came > 0 && (oldest == "" || came < first) {
			oldest, first = id, came
		}
	}
	return oldest, nil
}

// rename makes one campaign part of another.
func rename(ctx context.Context, tx *db.Tx, from, to ID) error {
	if _, err := db.Exec(ctx, tx, `UPDATE campaign_members SET campaign = $2 WHERE campaign = $1`, from, to); err != nil {
		return err
	}
	return cases.RenameCampaign(ctx, tx, string(from), string(to))
}
