package mail

import (
	"bytes"
	"strings"
)

// Read reads any bytes as a mail. It does not fail: an input that is no mail at
// all is a message without header whose text is the input. Its cost grows
// linearly with the input, and stops at the budget; zero limits of the budget
// mean those of DefaultBudget.
func Read(raw []byte, b Budget) *Message {
	t := &tally{budget: b.filled()}
	r := t.begin(raw)
	r.convert()
	return r.read(0)
}

// filled puts the default where a limit is not set.
func (b Budget) filled() Budget {
	d := DefaultBudget()
	for _, limit := range [][2]*int{
		{&b.Depth, &d.Depth},
		{&b.Parts, &d.Parts},
		{&b.HeaderBytes, &d.HeaderBytes},
		{&b.PartBytes, &d.PartBytes},
		{&b.TotalBytes, &d.TotalBytes},
		{&b.Links, &d.Links},
	} {
		if *limit[0] <= 0 {
			*limit[0] = *limit[1]
		}
	}
	return b
}

// tally is what has been spent, over a message and all messages inside it.
type tally struct {
	budget Budget
	parts  int
	bytes  int
	links  int
}

// maxDefects keeps a hostile message from filling the memory with its faults.
const maxDefects = 100

// reading is the reading of one message.
type reading struct {
	*tally
	m         *Message
	source    []byte          // the RFC 5322 form of m.Raw
	documents []document      // the inline texts, in order
	groups    int             // how many multipart/alternative were met
	shownIDs  map[string]bool // Content-IDs that the HTML shows
}

// document is one inline text part and what can be seen of it.
type document struct {
	group  int // the alternative it belongs to; a document alone has its own
	html   bool
	text   string
	hidden string
}

// begin prepares the reading of one message.
func (t *tally) begin(raw []byte) *reading {
	return &reading{tally: t, m: &Message{Raw: raw}, source: raw}
}

// read reads the message that begin and convert have prepared.
func (r *reading) read(depth int) *Message {
	if len(r.source) == 0 {
		r.defect("message.empty", "", "there is nothing")
	}
	split := headerSplitter{limit: r.budget.HeaderBytes, usual: usualFields, defect: func(id, note string) { r.defect(id, "", note) }}
	body := split.split(trimStart(oldMac(r.source)))
	r.m.Header = decodeHeader(split.fields)
	r.fields()
	r.headerLinks()
	whole := entity{header: r.m.Header, body: body, depth: depth}
	if len(r.m.Header) == 0 && binary(body) {
		r.defect("message.binary", "", "a file, not a mail")
		whole.kind = "application/octet-stream"
	}
	r.entity(whole)
	r.texts()
	r.pictures()
	return r.m
}

// binary reports whether bytes without a header are a file rather than text.
func binary(body []byte) bool {
	kind := TrueType(body)
	return kind != "" && !strings.HasPrefix(kind, "text/") || bytes.IndexByte(body[:min(len(body), sniffed)], 0) >= 0
}

// defect notes one thing wrong; the same thing at the same place only once in
// a row, and not more than a person would read.
func (r *reading) defect(id, path, note string) {
	d := Defect{ID: id, Path: path, Note: note}
	list := r.m.Defects
	if n := len(list); n > 0 && list[n-1].ID == id && list[n-1].Path == path {
		return
	}
	if len(list) < maxDefects || strings.HasPrefix(id, "budget.") && !r.m.Defective(id) {
		r.m.Defects = append(list, d)
	}
}

// decodeHeader fills in the decoded values.
func decodeHeader(fields Header) Header {
	for i := range fields {
		fields[i].Value = decodeWords(fields[i].Raw)
	}
	return fields
}

// fields fills the message from its header.
func (r *reading) fields() {
	m := r.m
	m.Subject = m.Get("Subject")
	m.From = r.addresses("From")
	m.ReplyTo = r.addresses("Reply-To")
	m.To = r.addresses("To")
	m.Cc = r.addresses("Cc")
	if sender := r.addresses("Sender"); len(sender) > 0 {
		m.Sender = &sender[0]
	}
	m.ReturnPath = returnPath(m.Header.GetRaw("Return-Path"))
	m.Date = parseDate(m.Get("Date"))
	if ids := messageIDs(m.Header.GetRaw("Message-ID")); len(ids) > 0 {
		m.MessageID = ids[0]
	}
	m.InReplyTo = messageIDs(m.Header.GetRaw("In-Reply-To"))
	m.References = messageIDs(m.Header.GetRaw("References"))
	for i := range m.Header {
		switch f := &m.Header[i]; {
		case strings.EqualFold(f.Name, "Authentication-Results"):
			m.Auth = append(m.Auth, ParseAuthResults(f.Value))
		case strings.EqualFold(f.Name, "Received"):
			m.Route = append(m.Route, parseReceived(f.Value))
		}
	}
	for _, name := range onlyOnce {
		if m.Header.count(name) > 1 {
			r.defect("header.double-"+strings.ToLower(name), "", "the field "+name+" stands more than once")
		}
	}
}

// onlyOnce are fields that RFC 5322 allows once; two of them is a way to show
// one thing to a filter and another to a person.
//
//nolint:gochecknoglobals // a constant table
var onlyOnce = []string{"From", "Sender", "Reply-To", "To", "Subject", "Date", "Message-ID", "Content-Type"}

// addresses reads all fields of that name as one list.
func (r *reading) addresses(name string) []Address {
	var list []Address
	for i := range r.m.Header {
		if strings.EqualFold(r.m.Header[i].Name, name) {
			list = append(list, ParseAddresses(r.m.Header[i].Raw)...)
		}
	}
	return list
}

func returnPath(raw string) string {
	if strings.HasPrefix(strings.TrimSpace(raw), "<>") {
		return "<>"
	}
	return ParseAddress(raw).Addr
}

// messageIDs gives the identifiers of a field without their brackets; what has
// no brackets is taken word by word.
func messageIDs(raw string) []string {
	var ids []string
	if !strings.Contains(raw, "<") {
		return strings.Fields(raw)
	}
	for {
		_, rest, found := strings.Cut(raw, "<")
		if !found {
			return ids
		}
		id, after, closed := strings.Cut(rest, ">")
		if !closed {
			id, after = rest, ""
		}
		if id = strings.Join(strings.Fields(id), ""); id != "" {
			ids = append(ids, id)
		}
		raw = after
	}
}
