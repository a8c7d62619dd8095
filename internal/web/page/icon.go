package page

import "github.com/bienvu/bienvu/internal/verdict"

// icons is our own small set: strokes of 1.75 on a grid of 24. Each stands
// beside words, so all are hidden from screen readers.
//
//nolint:gochecknoglobals // a constant table
var icons = map[string]string{
	"eye":     "M2.500 12.500c2.600-4.300 5.700-6.500 9.500-6.500s6.900 2.200 9.500 6.500c-2.600 3.900-5.700 5.800-9.500 5.800s-6.900-1.900-9.500-5.800zM8.800 12.300l2.300 2.300 4.200-4.500",
	"mail":    "M4 6h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM3.500 7.500 12 13.500l8.500-6",
	"drop":    "M12 4v11M7.500 11 12 15.500 16.500 11M4 17v2a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-2",
	"check":   "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.300l2.800 2.800 5.200-5.600",
	"alert":   "M12 4 2.800 19.500h18.400L12 4zM12 10v4.500M12 17v.1",
	"ad":      "M4 10v4h3l7 4V6l-7 4H4zM17.500 9.500a4 4 0 0 1 0 5M7.500 14.500l1 5",
	"flag":    "M6 21V4M6 5c4-2.500 7 2.500 12 0v9c-5 2.500-8-2.500-12 0",
	"clock":   "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.500V12l3 2",
	"buoy":    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5.600 5.600l3.500 3.500M14.900 14.900l3.500 3.500M18.400 5.600l-3.500 3.500M9.100 14.900l-3.500 3.500",
	"next":    "M5 12h14M13 6l6 6-6 6",
	"back":    "M19 12H5M11 6l-6 6 6 6",
	"phone":   "M6 3h3l2 5-2.500 1.500a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
	"file":    "M7 3h7l5 5v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5",
	"link":    "M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1",
	"send":    "M21 3 10 14M21 3l-7 18-4-7-7-4 18-7z",
	"person":  "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500",
	"heart":   "M12 20S4 15 4 9.300A4.300 4.300 0 0 1 12 7a4.300 4.300 0 0 1 8 2.300C20 15 12 20 12 20z",
	"key":     "M3 7h18v10H3zM6.500 10.500v.1M10 10.500v.1M13.500 10.500v.1M17 10.500v.1M8 13.800h8",
	"chart":   "M4 20h16M7 16v-5M12 16V6M17 16v-8",
	"pen":     "M4 20l1-4L16 5l3 3L8 19l-4 1zM14 7l3 3",
	"talk":    "M4 5h16v11h-8l-5 4v-4H4z",
	"hidden":  "M3 12.500c2.400-4 5.400-6 9-6 1.500 0 2.900.4 4.200 1M20 10c.6.700 1 1.500 1.500 2.500-2.600 3.900-5.700 5.800-9.500 5.800-1 0-2-.1-2.900-.4M4.500 20 19.500 4.500",
	"code":    "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500H14zM17.500 17.500H20V20h-2.500zM20 14v.1M14 20v.1",
	"sparkle": "M12 3l2 6.500L20.500 12 14 14.500 12 21l-2-6.500L3.500 12 10 9.500z",
}

// stroke is the path of an icon.
func stroke(name string) string { return icons[name] }

// verdictIcon is the icon that stands beside a verdict's words.
func verdictIcon(v verdict.Verdict) string {
	switch v {
	case verdict.Phishing:
		return "alert"
	case verdict.Spam:
		return "ad"
	case verdict.Legitimate:
		return "check"
	case verdict.Simulation:
		return "flag"
	case verdict.Unsure:
		return "clock"
	}
	return "clock"
}

// verdictOr is v, or Unsure while there is none.
func verdictOr(v verdict.Verdict) verdict.Verdict {
	if v.Valid() {
		return v
	}
	return verdict.Unsure
}

// tint is the class that colours a verdict; the words and the icon say the same.
func tint(v verdict.Verdict) string { return "v-" + string(verdictOr(v)) }

// actIcon is the icon of what a person did.
func actIcon(a Act) string {
	switch a {
	case Clicked:
		return "link"
	case Password:
		return "key"
	case Opened:
		return "file"
	case Paid:
		return "send"
	case Replied:
		return "talk"
	}
	return "buoy"
}
