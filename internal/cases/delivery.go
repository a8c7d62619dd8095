package cases

import (
	"context"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
)

// DeliveryID names a delivery.
type DeliveryID string

// Channel is the door a delivery came through.
type Channel string

// The doors.
const (
	BySMTP Channel = "smtp"
	ByWeb  Channel = "web"
	ByAPI  Channel = "api"
)

// Delivery is one thing handed to us: a mail, an upload, a form.
type Delivery struct {
	ID           DeliveryID
	Case         ID
	Channel      Channel
	Blob         string // hash of the bytes as they came
	Once         string // equal for the same mail handed over twice
	EnvelopeFrom string
	RemoteIP     string
	Helo         string
	Person       people.ID // signed in, so proved; "" when it came by mail
	From         string    // the address it claims
	MessageID    string
	References   []string // for threading our answer, oldest first
	Subject      string
	Comment      string // the reporter's own words
	Acted        []string
	Automatic    string // why it is never answered, "" when it may be
	Received     time.Time
	Assessed     time.Time
}

const deliveryColumns = `id, case_id, channel, blob, once, envelope_from, remote_ip, helo, COALESCE(person_id, ''),
	from_address, message_id, refs, subject, comment, acted, automatic, received_at, assessed_at`

func scanDelivery(row db.Scanner) (Delivery, error) {
	var d Delivery
	var refs, acted string
	var received, assessed int64
	err := row.Scan(&d.ID, &d.Case, &d.Channel, &d.Blob, &d.Once, &d.EnvelopeFrom, &d.RemoteIP, &d.Helo, &d.Person,
		&d.From, &d.MessageID, &refs, &d.Subject, &d.Comment, &acted, &d.Automatic, &received, &assessed)
	d.References, d.Acted = strings.Fields(refs), split(acted)
	d.Received, d.Assessed = db.Time(received), db.Time(assessed)
	return d, err
}

// AddDelivery keeps a delivery.
func AddDelivery(ctx context.Context, tx *db.Tx, d Delivery) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO deliveries (id, case_id, channel, blob, once, envelope_from, remote_ip, helo,
			person_id, from_address, message_id, refs, subject, comment, acted, automatic, received_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULLIF($9, ''), $10, $11, $12, $13, $14, $15, $16, $17)`,
		d.ID, d.Case, d.Channel, d.Blob, d.Once, d.EnvelopeFrom, d.RemoteIP, d.Helo, d.Person, d.From, d.MessageID,
		strings.Join(d.References, " "), d.Subject, d.Comment, join(d.Acted), d.Automatic, db.Micros(d.Received))
	return err
}

// GetDelivery reads one delivery; none is a fault.NotFound.
func GetDelivery(ctx context.Context, tx *db.Tx, id DeliveryID) (Delivery, error) {
	return db.One(ctx, tx, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE id = $1`, id)
}

// DeliveredOnce finds the delivery of that once-key; none is a fault.NotFound.
func DeliveredOnce(ctx context.Context, tx *db.Tx, once string) (Delivery, error) {
	return db.One(ctx, tx, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE once = $1`, once)
}

// Deliveries reads those of one case, oldest first.
func Deliveries(ctx context.Context, tx *db.Tx, id ID) ([]Delivery, error) {
	return db.All(ctx, tx, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE case_id = $1 ORDER BY received_at, id`, id)
}

// NotAssessed reads the deliveries received before a moment that nobody has
// judged yet.
func NotAssessed(ctx context.Context, tx *db.Tx, before time.Time) ([]Delivery, error) {
	return db.All(ctx, tx, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries
		WHERE assessed_at = 0 AND received_at < $1 ORDER BY received_at, id`, db.Micros(before))
}

// Assessed marks a delivery as judged. It reports false when it already was.
func Assessed(ctx context.Context, tx *db.Tx, id DeliveryID, now time.Time) (bool, error) {
	n, err := db.Exec(ctx, tx, `UPDATE deliveries SET assessed_at = $2 WHERE id = $1 AND assessed_at = 0`, id, db.Micros(now))
	return n == 1, err
}
