package unwrap

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/forward"
)

// feedback finds the machine-readable part of an abuse report (RFC 5965). The
// whole must be a report: the same part as an attachment of a forwarded lure
// means nothing.
func feedback(m *mail.Message) *mail.Part {
	if !strings.HasPrefix(strings.ToLower(strings.TrimSpace(m.Get("Content-Type"))), "multipart/report") {
		return nil
	}
	for _, p := range m.Parts {
		if p.Type == "message/feedback-report" {
			return p
		}
	}
	return nil
}

func matchARF(r *report) bool { return feedback(r.m) != nil }

// feedbackTypes say what a machine or a person chose (RFC 5965, 6430, 6591).
//
//nolint:gochecknoglobals // a constant table
var feedbackTypes = map[string]string{
	"abuse": ChoiceSpam, "fraud": ChoicePhishing, "virus": ChoicePhishing, "phishing": ChoicePhishing, "spam": ChoiceSpam,
	"not-spam": ChoiceLegitimate, "other": ChoiceUnknown, "auth-failure": ChoiceUnknown, "content": ChoiceUnknown,
}

func readARF(r *report) {
	text := string(feedback(r.m).Body)
	f := fields(text, "Feedback-Type", "User-Agent", "Original-Rcpt-To", "Original-Mail-From")
	r.delivery.Choice = feedbackTypes[strings.ToLower(first(f["feedback-type"]))]
	r.delivery.ReporterHint = forward.ParseMailbox(first(f["original-rcpt-to"])).Addr
	for i := range r.delivery.Originals {
		r.delivery.Originals[i].Shape = ShapeARF
	}
}

func first(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return strings.TrimSpace(s)
}

// xarf is what is read of an XARF report, version 3 and 4 together; names
// that differ only in case are one to encoding/json.
type xarf struct {
	Version     string `json:"xarf_version"`
	ReportClass string `json:"ReportClass"`
	Reporter    struct {
		Contact string `json:"contact"`
	} `json:"reporter"`
	ReporterInfo struct {
		Email string `json:"ReporterOrgEmail"`
	} `json:"ReporterInfo"`
	Type     string       `json:"type"`
	URL      string       `json:"url"`
	Subject  string       `json:"subject"`
	Evidence []xarfSample `json:"evidence"`
	Report   struct {
		ReportType string       `json:"ReportType"`
		SourceURL  string       `json:"SourceUrl"`
		Source     source       `json:"Source"`
		Attachment []xarfSample `json:"Attachment"`
		Samples    []xarfSample `json:"Samples"`
	} `json:"Report"`
}

// source is an address, or something else that is not read.
type source string

// UnmarshalJSON keeps a text.
func (s *source) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) == nil {
		*s = source(text)
	}
	return nil
}

// xarfSample is one piece of evidence; the two versions name it differently.
type xarfSample struct {
	ContentType  string `json:"content_type"`
	ContentType3 string `json:"ContentType"`
	Payload      string `json:"payload"`
	Data         string `json:"Data"`
}

func readXARFPart(m *mail.Message) (xarf, bool) {
	if feedback(m) == nil {
		return xarf{}, false
	}
	for _, p := range m.Parts {
		if !strings.HasSuffix(p.Type, "json") && !strings.HasSuffix(p.Name, ".json") {
			continue
		}
		var x xarf
		if err := json.Unmarshal(p.Body, &x); err == nil && (x.Version != "" || x.Report.ReportType != "") {
			return x, true
		}
	}
	return xarf{}, false
}

func matchXARF(r *report) bool {
	_, ok := readXARFPart(r.m)
	return ok
}

func readXARF(r *report) {
	x, _ := readXARFPart(r.m)
	r.delivery.Choice = feedbackTypes[strings.ToLower(x.Type+x.Report.ReportType)]
	r.delivery.ReporterHint = forward.ParseMailbox(x.Reporter.Contact + " " + x.ReporterInfo.Email).Addr
	c := collection{room: r.room}
	for _, s := range append(append(x.Evidence, x.Report.Attachment...), x.Report.Samples...) {
		kind := strings.ToLower(s.ContentType + s.ContentType3)
		if raw := s.bytes(); strings.HasPrefix(kind, "message/") || isMessage("", raw) {
			c.raw("", ShapeXARF, raw)
		}
	}
	for _, f := range c.files {
		r.add(f.Original)
	}
	if url := firstOf(x.URL, x.Report.SourceURL, string(x.Report.Source)); len(r.delivery.Originals) == 0 && url != "" {
		r.add(Original{Raw: rebuilt{subject: x.Subject, text: url}.bytes(), Shape: ShapeXARF, Note: NoteSummary})
	}
}

// bytes decodes a payload; it is base64 by the specification and plain text
// from some senders.
func (s xarfSample) bytes() []byte {
	payload := firstOf(s.Payload, s.Data)
	if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(payload), "")); err == nil {
		return raw
	}
	return []byte(payload)
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
