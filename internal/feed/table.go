package feed

import (
	"slices"
	"strings"
)

// Where the columns stand when no heading says so.
//
//nolint:gochecknoglobals // a constant table
var columns = map[Format]struct{ address, note int }{
	URLhaus:   {2, 5}, // id, dateadded, url, url_status, last_online, threat, tags, …
	PhishTank: {1, 7}, // phish_id, url, phish_detail_url, submission_time, verified, verification_time, online, target
}

// table reads CSV (RFC 4180, one record a line), or JSON where it begins so.
func (p *reading) table() error {
	if head, err := p.in.Peek(1); err == nil && (head[0] == '{' || head[0] == '[') {
		return p.objects([]string{"url", "threat", "target"}, func(o map[string]string) {
			if o["url"] != "" {
				p.add(o["threat"]+o["target"], Understand(o["url"])...)
			}
		})
	}
	at := columns[p.format]
	return p.lines(func(line string) {
		fields := cells(strings.TrimSpace(strings.TrimPrefix(line, "#")))
		if i := slices.Index(fields, "url"); i >= 0 {
			at.address, at.note = i, max(slices.Index(fields, "threat"), slices.Index(fields, "target"))
			return
		}
		if line[0] == '#' {
			return
		}
		if at.address >= len(fields) {
			p.out.Skipped++
			return
		}
		note := ""
		if at.note >= 0 && at.note < len(fields) {
			note = fields[at.note]
		}
		p.add(note, webAddress(fields[at.address])...)
	})
}

// webAddress is the entry of a column that can hold nothing but addresses.
func webAddress(text string) []Entry {
	if !strings.Contains(text, "://") {
		return nil
	}
	return Understand(text)
}

// cells splits one record. A quote that is never closed ends with the line.
func cells(line string) []string {
	var all []string
	for {
		var cell string
		if strings.HasPrefix(line, `"`) {
			cell, line = quoted(line[1:])
		} else {
			end := strings.IndexByte(line, ',')
			if end < 0 {
				end = len(line)
			}
			cell, line = line[:end], line[end:]
		}
		all = append(all, cell)
		if line == "" {
			return all
		}
		line = strings.TrimSpace(line[1:]) // the comma
	}
}

// quoted reads a cell after its opening quote; rest begins with the comma.
func quoted(line string) (cell, rest string) {
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] != '"':
			b.WriteByte(line[i])
		case i+1 < len(line) && line[i+1] == '"':
			b.WriteByte('"')
			i++
		default:
			rest = line[i+1:]
			if comma := strings.IndexByte(rest, ','); comma >= 0 {
				return b.String(), rest[comma:]
			}
			return b.String(), ""
		}
	}
	return b.String(), ""
}
