package web

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/web/page"
)

const (
	mostFiles  = 10       // in one form; each becomes a report of its own
	keptInside = 16 << 20 // bytes of a form kept in memory; the rest waits in a temporary file
	mostWords  = 20_000   // bytes of what a person writes
)

// fileLimit is the largest file taken. Inside a mail it grows by the lines of
// base64: 57 bytes become 78 (RFC 2045 6.8).
func (s *site) fileLimit() int { return max(0, s.Desk.Org.MaxBytes-mostWords*2-4096) / 78 * 57 }

// shown is what a person shows us by the form.
type shown struct {
	words, source, choice string
	acted                 []string
	files                 []desk.Upload
}

// sendReport takes what a person shows us: files, a pasted source, or words.
func (s *site) sendReport(v *visit) error {
	form, err := v.readShown()
	if err == nil {
		var receipts []desk.Receipt
		if receipts, err = v.receive(form); err == nil {
			return v.thank(receipts)
		}
	}
	f := fault.Of(err)
	switch f.Kind {
	case fault.Invalid, fault.TooMuch:
		view := page.HomeView{Source: form.source, Words: form.words, Problem: v.t(f.Key, i18n.Args(f.Args))}
		if err := v.fillHome(&view); err != nil {
			return err
		}
		status := http.StatusUnprocessableEntity
		if f.Kind == fault.TooMuch {
			status = http.StatusRequestEntityTooLarge
		}
		return v.showAs(status, page.Home(v.frame(), view))
	case fault.Unauthenticated, fault.Forbidden, fault.NotFound, fault.Conflict, fault.Unavailable, fault.Internal:
	}
	return err
}

// readShown reads the form, never more of it than we take.
func (v *visit) readShown() (shown, error) {
	limit := v.fileLimit()
	body := v.r.Body
	v.r.Body = http.MaxBytesReader(v.w, body, int64(limit)+2*mostWords+64<<10)
	if err := v.r.ParseMultipartForm(keptInside); err != nil {
		if _, big := errors.AsType[*http.MaxBytesError](err); big {
			// Browsers show our answer only once they have sent theirs.
			_, _ = io.CopyN(io.Discard, body, int64(limit)*4)
			return shown{}, v.tooBig()
		}
		return shown{}, fault.Wrap(fault.Invalid, "web.fault.form", err)
	}
	defer func() { _ = v.r.MultipartForm.RemoveAll() }()
	form := shown{
		words: cut(strings.TrimSpace(v.r.PostFormValue("words")), mostWords), source: v.r.PostFormValue("source"),
		choice: v.r.PostFormValue("choice"), acted: knownActs(v.r.PostForm["acted"]),
	}
	for i, header := range v.r.MultipartForm.File["file"] {
		if i == mostFiles {
			return form, fault.New(fault.TooMuch, "web.fault.too-many", fault.Args{"n": mostFiles})
		}
		up, err := v.readFile(header)
		if err != nil {
			return form, err
		}
		if len(up.File) > 0 {
			form.files = append(form.files, up)
		}
	}
	if source := strings.TrimLeft(form.source, " \t\r\n"); source != "" {
		form.files = append(form.files, desk.Upload{Name: "source.eml", File: []byte(source)})
	}
	return form, nil
}

func (v *visit) readFile(header *multipart.FileHeader) (desk.Upload, error) {
	if header.Size > int64(v.fileLimit()) {
		return desk.Upload{}, v.tooBig()
	}
	file, err := header.Open()
	if err != nil {
		return desk.Upload{}, err
	}
	defer func() { _ = file.Close() }()
	raw, err := io.ReadAll(file)
	return desk.Upload{Name: header.Filename, File: raw}, err
}

func (v *visit) tooBig() error {
	return fault.New(fault.TooMuch, "web.fault.too-big", fault.Args{"size": v.frame().Size(v.fileLimit())})
}

// receive hands each file to the desk; without any, the words alone.
func (v *visit) receive(form shown) ([]desk.Receipt, error) {
	if len(form.files) == 0 {
		if form.words == "" {
			return nil, fault.New(fault.Invalid, "web.fault.nothing", nil)
		}
		form.files = []desk.Upload{{}}
	}
	mails := make([][]byte, len(form.files))
	for i, up := range form.files { // all are looked at before one is taken
		up.From, up.Comment = v.person, form.words
		if len(up.File) == 0 {
			up.Subject = headline(form.words)
		}
		if len(up.File) > 0 && len(unwrap.Dropped(up.Name, up.File)) == 0 { // as the API judges it
			return nil, fault.New(fault.Invalid, "web.fault.no-mail", fault.Args{"name": page.Defang(cut(up.Name, 100))})
		}
		raw, err := v.Desk.Wrap(up, v.now)
		if err != nil {
			return nil, err
		}
		mails[i] = raw
	}
	var receipts []desk.Receipt
	for _, raw := range mails {
		r, err := v.Desk.Receive(v.ctx, desk.Incoming{
			Channel: cases.ByWeb, Raw: raw, RemoteIP: "", Person: v.who.Person,
			Acted: form.acted, Choice: form.choice, Language: v.lang,
		})
		if err != nil {
			return nil, err
		}
		receipts = append(receipts, r)
	}
	return receipts, nil
}

// headline is how words without a mail are called in a list: their first line,
// shortened between two words.
func headline(words string) string {
	const long = 60 // characters
	line, _, _ := strings.Cut(words, "\n")
	runes := []rune(strings.Join(strings.Fields(line), " "))
	if len(runes) <= long {
		return string(runes)
	}
	short := string(runes[:long])
	if at := strings.LastIndexByte(short, ' '); at > 0 {
		short = short[:at]
	}
	return short + "…"
}

// thank goes to the page that turns into the answer.
func (v *visit) thank(receipts []desk.Receipt) error {
	if len(receipts) == 1 {
		return v.goTo("/reports/" + string(receipts[0].Case))
	}
	return v.goTo("/reports?done=several")
}

// knownActs keeps what a person can have done.
func knownActs(list []string) []string {
	var known []string
	for _, one := range list {
		if page.Act(one).Valid() {
			known = append(known, one)
		}
	}
	return known
}

// cut shortens a text to at most n bytes of valid UTF-8.
func cut(text string, n int) string {
	if len(text) > n {
		text = text[:n]
	}
	return string(bytes.ToValidUTF8([]byte(text), nil))
}
