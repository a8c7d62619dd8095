package mail

import (
	"net/mail"
	"strings"
	"time"
)

// dateLayouts are forms that RFC 5322 does not allow and mailers write.
//
//nolint:gochecknoglobals // a constant table
var dateLayouts = []string{
	"Mon, 2 Jan 2006 15:04:05 -07:00", "2 Jan 2006 15:04:05 -07:00", "Mon, 2 Jan 2006 15:04:05 GMT-0700",
	"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04", "Mon, 2-Jan-2006 15:04:05 -0700",
	"Mon, 2-Jan-06 15:04:05 MST", "Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 MST 2006", "Mon Jan 2 15:04:05 -0700 2006",
	"Mon, Jan 2 2006 15:04:05 -0700", "Monday, January 2, 2006 3:04 PM", "Monday, 2 January 2006 15:04:05 -0700",
	"Mon, 2 January 2006 15:04:05 -0700", "2 January 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15.04.05 -0700",
	"02-01-2006 15:04:05", "02-01-2006 15:04", "02-01-2006", "Mon, 2 Jan 2006",
	"Mon, 2 Jan 06 15:04:05", "2006/01/02 Mon 15:04:05", time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02", "1/2/2006 3:04:05 PM",
}

// usual is the form that nearly every mailer writes (RFC 5322 section 3.3).
const usual = "Mon, 2 Jan 2006 15:04:05 -0700"

// parseDate reads a Date value; the zero time when it cannot.
func parseDate(value string) time.Time {
	value = strings.Join(strings.Fields(stripComments(value)), " ")
	if len(value) < 8 || len(value) > 100 {
		return time.Time{}
	}
	if t, err := time.Parse(usual, value); err == nil { // before all the others, as each that fails costs as much
		return sensible(t)
	}
	if t, err := mail.ParseDate(value); err == nil {
		return sensible(t)
	}
	if t, err := mail.ParseDate(strings.TrimRight(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ ") + " +0000"); err == nil {
		return sensible(t)
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, value); err == nil {
			return sensible(t)
		}
	}
	return time.Time{}
}

// sensible refuses years that no database column and no reader wants.
func sensible(t time.Time) time.Time {
	if t.Year() < 1970 || t.Year() > 2200 {
		return time.Time{}
	}
	return t
}
