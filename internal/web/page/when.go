package page

import (
	"strconv"
	"time"
)

// local is t where the organisation is.
func (f Frame) local(t time.Time) time.Time {
	if f.Location == nil {
		return t.UTC()
	}
	return t.In(f.Location)
}

// Clock writes the time of day: "15:30", « 15 h 30 ».
func (f Frame) Clock(t time.Time) string {
	t = f.local(t)
	if f.Lang == "fr" && t.Minute() == 0 {
		return strconv.Itoa(t.Hour()) + "\u00a0h"
	}
	return f.T("time.clock", "hour", t.Hour(), "minute", t.Format("04"))
}

// Day writes a date, with its year only when it is not this one.
func (f Frame) Day(t time.Time) string {
	l := f.local(t)
	if l.Year() == f.local(f.Now).Year() {
		return f.dayMonth(t)
	}
	month := f.T("month." + strconv.Itoa(int(l.Month())))
	return f.T("time.day-year", "day", f.dayOf(l), "month", month, "year", l.Year())
}

// dayMonth writes a date without its year, where the year goes without saying.
func (f Frame) dayMonth(t time.Time) string {
	t = f.local(t)
	return f.T("time.day", "day", f.dayOf(t), "month", f.T("month."+strconv.Itoa(int(t.Month()))))
}

// dayOf is the day of the month; French says « 1er ».
func (f Frame) dayOf(t time.Time) string {
	if f.Lang == "fr" && t.Day() == 1 {
		return "1er"
	}
	return strconv.Itoa(t.Day())
}

// Exact writes the whole of it, for hovering and for screen readers.
func (f Frame) Exact(t time.Time) string {
	l := f.local(t)
	return f.T("time.exact",
		"weekday", f.T("weekday."+strconv.Itoa(int(l.Weekday()))),
		"day", f.dayOf(l), "month", f.T("month."+strconv.Itoa(int(l.Month()))), "year", l.Year(),
		"clock", f.Clock(t), "zone", l.Format("MST"))
}

// days is how many midnights lie between now and t; negative for the past.
func (f Frame) days(t time.Time) int {
	a, b := f.local(f.Now), f.local(t)
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(b).Sub(day(a)).Hours() / 24)
}

// Ago says a moment of the past as people do: "4 minutes ago", "yesterday at 9:12".
func (f Frame) Ago(t time.Time) string {
	switch since := f.Now.Sub(t); {
	case since < 45*time.Second:
		return f.T("time.now")
	case since < time.Hour:
		return f.T("time.minutes-ago", "n", max(1, int(since.Round(time.Minute)/time.Minute)))
	}
	switch f.days(t) {
	case 0:
		return f.T("time.today", "clock", f.Clock(t))
	case -1:
		return f.T("time.yesterday", "clock", f.Clock(t))
	}
	return f.Day(t)
}

// Short says a moment of the past in the width of a list: "4 min", "9:12", "3 May".
func (f Frame) Short(t time.Time) string {
	switch since := f.Now.Sub(t); {
	case since < time.Minute:
		return f.T("time.now")
	case since < time.Hour:
		return f.Span(since)
	case f.days(t) == 0:
		return f.Clock(t)
	}
	return f.Day(t)
}

// By says until when something is promised: "before 15:30 today".
func (f Frame) By(t time.Time) string {
	switch f.days(t) {
	case 0:
		return f.T("time.by-today", "clock", f.Clock(t))
	case 1:
		return f.T("time.by-tomorrow", "clock", f.Clock(t))
	}
	return f.T("time.by-day", "day", f.Day(t), "clock", f.Clock(t))
}

// Span says how long something takes: "41 s", "4 min", "2 h 10 min", "3 days".
func (f Frame) Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return f.T("span.seconds", "n", max(1, int(d/time.Second))) // "0 s" reads like a fault
	case d < time.Hour:
		return f.T("span.minutes", "n", int(d/time.Minute))
	case d < 48*time.Hour && d%time.Hour < time.Minute:
		return f.T("span.hours", "n", int(d/time.Hour))
	case d < 48*time.Hour:
		return f.T("span.hours-minutes", "hours", int(d/time.Hour), "minutes", int(d%time.Hour/time.Minute))
	}
	return f.T("span.days", "n", int(d/(24*time.Hour)))
}

// machine is t for a datetime attribute.
func machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }
