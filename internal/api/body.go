package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/people"
)

const (
	typeMail    = "message/rfc822"
	typeOutlook = "application/vnd.ms-outlook"
	typeForm    = "multipart/form-data"
)

// accepts lists the content types of a report, for people and for Accept-Post.
const accepts = typeMail + ", " + typeOutlook + ", " + typeForm

// errMediaType marks the one failure that has a status of its own.
var errMediaType = fault.New(fault.Invalid, "fault.api-media-type", fault.Args{"types": accepts})

const (
	maxFiles   = 20
	maxComment = 64 << 10
	maxField   = 320 // the longest address (RFC 3696 errata 1690 says 254; some write more)
)

// limit is how large the body of a report may be. It is less than the desk's
// own limit, which counts the mail that the report becomes.
func (s *server) limit() int {
	most := fits(s.Desk.Org.MaxBytes)
	if s.MaxBytes > 0 {
		most = min(most, s.MaxBytes)
	}
	return most
}

// read takes the body in, up to the limit and not a byte more.
func (s *server) read(w http.ResponseWriter, c call) (upload, error) {
	limit := s.limit()
	kind, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if err != nil || !slices.Contains([]string{typeMail, typeOutlook, typeForm}, kind) {
		return upload{}, errMediaType
	}
	if c.ContentLength > int64(limit) {
		return upload{}, tooBig(limit)
	}
	body := http.MaxBytesReader(w, c.Body, int64(limit))
	var u upload
	if kind == typeForm {
		u, err = readForm(multipart.NewReader(body, params["boundary"]))
	} else {
		u, err = readRaw(body, kind)
	}
	if _, over := errors.AsType[*http.MaxBytesError](err); over {
		return u, tooBig(limit)
	}
	return u, err
}

// tooBig tells the limit in whole megabytes, rounded down; nobody sets one below.
func tooBig(limit int) error {
	return fault.New(fault.TooMuch, "fault.api-too-big", fault.Args{"limit": max(limit>>20, 1)})
}

func readRaw(body io.Reader, kind string) (upload, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return upload{}, brokenOff(err)
	}
	name := "message.eml"
	if kind == typeOutlook {
		name = "message.msg"
	}
	return upload{files: []file{{name, raw}}}, nil
}

// brokenOff says that a body ended too early; one over the limit stays what it is.
func brokenOff(err error) error {
	if _, over := errors.AsType[*http.MaxBytesError](err); over {
		return err
	}
	return fault.Wrap(fault.Invalid, "fault.api-broken-form", err)
}

func readForm(form *multipart.Reader) (upload, error) {
	var u upload
	seen := map[string]bool{}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		if err != nil {
			return u, brokenOff(err)
		}
		name := part.FormName()
		if seen[name] && !fields[name].many {
			return u, fault.New(fault.Invalid, "fault.api-field-twice", fault.Args{"field": name})
		}
		seen[name] = true
		if err := u.take(name, part); err != nil {
			return u, err
		}
	}
}

// field is one field of the form.
type field struct {
	many   bool
	limit  int      // characters
	values []string // none: any
	set    func(u *upload, value string)
}

//nolint:gochecknoglobals // a constant table
var fields = map[string]field{
	"file":     {many: true},
	"comment":  {limit: maxComment, set: func(u *upload, v string) { u.comment = v }},
	"choice":   {limit: maxField, values: choices(), set: func(u *upload, v string) { u.choice = v }},
	"acted":    {many: true, limit: maxField, values: acts(), set: func(u *upload, v string) { u.acted = append(u.acted, v) }},
	"language": {limit: maxField, set: func(u *upload, v string) { u.language = v }},
	"reporter": {limit: maxField, set: func(u *upload, v string) { u.reporter = people.Normal(v) }},
}

func choices() []string {
	return []string{unwrap.ChoicePhishing, unwrap.ChoiceSpam, unwrap.ChoiceLegitimate, unwrap.ChoiceUnknown}
}

func acts() []string {
	return []string{unwrap.ActedClicked, unwrap.ActedPassword, unwrap.ActedOpened, unwrap.ActedPaid, unwrap.ActedReplied}
}

// take reads one part of the form into its field.
func (u *upload) take(name string, part *multipart.Part) error {
	f, known := fields[name]
	switch {
	case !known:
		return fault.New(fault.Invalid, "fault.api-field", fault.Args{"field": short(name), "fields": names()})
	case f.set == nil:
		return u.takeFile(part)
	}
	value, err := readText(part, name, f.limit)
	if err != nil || value == "" {
		return err
	}
	if f.values != nil && !slices.Contains(f.values, value) {
		return fault.New(fault.Invalid, "fault.api-value",
			fault.Args{"value": short(value), "field": name, "values": strings.Join(f.values, ", ")})
	}
	f.set(u, value)
	return nil
}

func (u *upload) takeFile(part *multipart.Part) error {
	raw, err := io.ReadAll(part)
	if err != nil {
		return brokenOff(err)
	}
	if len(raw) == 0 && part.FileName() == "" {
		return nil // what a browser sends for a file field left empty
	}
	if len(u.files) == maxFiles {
		return fault.New(fault.Invalid, "fault.api-files", fault.Args{"limit": maxFiles})
	}
	u.files = append(u.files, file{name: fileName(part), raw: raw})
	return nil
}

// fileName is the name a file came with, or one that fits its type.
func fileName(part *multipart.Part) string {
	if name := part.FileName(); name != "" {
		return short(name)
	}
	if kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind == typeOutlook {
		return "message.msg"
	}
	return "message.eml"
}

// readText reads a field of at most limit characters.
func readText(r io.Reader, name string, limit int) (string, error) {
	raw, err := io.ReadAll(io.LimitReader(r, int64(utf8.UTFMax*limit)+1))
	if err != nil {
		return "", brokenOff(err)
	}
	text := strings.ToValidUTF8(string(raw), "\uFFFD")
	if utf8.RuneCountInString(text) > limit {
		return "", fault.New(fault.Invalid, "fault.api-field-long", fault.Args{"field": name, "limit": limit})
	}
	if name == "comment" {
		return text, nil
	}
	return strings.TrimSpace(text), nil
}

func names() string {
	var all []string
	for name := range fields {
		all = append(all, name)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// short keeps a stranger's word short enough to repeat; the end of a file's
// name, which tells its type, stays.
func short(s string) string {
	const most = 120
	s = strings.ToValidUTF8(s, "\uFFFD")
	if runes := []rune(s); len(runes) > most {
		return string(runes[len(runes)-most:])
	}
	return s
}
