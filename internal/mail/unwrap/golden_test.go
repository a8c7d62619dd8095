package unwrap_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
)

var update = flag.Bool("update", false, "rewrite the expected deliveries")

// shown is a delivery as a golden file holds it: of each original what a
// reader finds in it.
type shown struct {
	Source       string          `json:"source,omitempty"`
	Question     bool            `json:"question,omitempty"`
	Choice       string          `json:"choice,omitempty"`
	ReporterHint string          `json:"reporterHint,omitempty"`
	Comment      string          `json:"comment,omitempty"`
	Acted        []string        `json:"acted,omitempty"`
	Originals    []shownOriginal `json:"originals,omitempty"`
}

type shownOriginal struct {
	Shape    string   `json:"shape"`
	Complete bool     `json:"complete,omitempty"`
	Note     string   `json:"note,omitempty"`
	From     string   `json:"from,omitempty"`
	To       string   `json:"to,omitempty"`
	Subject  string   `json:"subject,omitempty"`
	Date     string   `json:"date,omitempty"`
	Text     string   `json:"text,omitempty"`
	HTML     string   `json:"html,omitempty"`
	Links    []string `json:"links,omitempty"`
	Files    []string `json:"files,omitempty"`
	Received int      `json:"received,omitempty"`
}

// TestGolden reads every mail in testdata and compares what was understood.
// A new file there is a new test; -update writes what is understood now.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 45 {
		t.Fatalf("%d golden files, %v", len(files), err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			golden(t, path)
		})
	}
}

func golden(t *testing.T, path string) {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil || len(a.Files) == 0 || a.Files[0].Name != "mail" {
		t.Fatalf("no mail in %s: %v", path, err)
	}
	d := unwrap.Unwrap(mail.Read(incoming(t, a.Files[0].Data), mail.DefaultBudget()))
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(show(d)); err != nil {
		t.Fatal(err)
	}
	if *update {
		a.Files = []txtar.File{a.Files[0], {Name: "delivery.json", Data: out.Bytes()}}
		if err := os.WriteFile(path, txtar.Format(a), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(a.Files) < 2 {
		t.Fatalf("%s has no expected delivery; got:\n%s", path, out.String())
	}
	if diff := cmp.Diff(string(a.Files[1].Data), out.String()); diff != "" {
		t.Error(diff)
	}
}

// built is where a golden file has a built attachment: {{name}}.
var built = regexp.MustCompile(`\{\{([a-z0-9-]+)\}\}`)

func incoming(t *testing.T, text []byte) []byte {
	t.Helper()
	raw := built.ReplaceAllFunc(text, func(m []byte) []byte {
		f, ok := attachments[string(m[2:len(m)-2])]
		if !ok {
			t.Fatalf("nobody builds %s", m)
		}
		return []byte(base64Lines(f()))
	})
	return bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
}

func show(d unwrap.Delivery) shown {
	out := shown{
		Source: d.Source, Question: d.Question, Choice: d.Choice, ReporterHint: d.ReporterHint, Comment: d.Comment, Acted: d.Acted,
	}
	for _, o := range d.Originals {
		out.Originals = append(out.Originals, showOriginal(o))
	}
	return out
}

func showOriginal(o unwrap.Original) shownOriginal {
	s := shownOriginal{Shape: o.Shape, Complete: o.Complete, Note: o.Note}
	if o.Raw == nil {
		return s
	}
	m := mail.Read(o.Raw, mail.DefaultBudget())
	s.From, s.To, s.Subject, s.Received = addresses(m.From), addresses(m.To), m.Subject, len(m.Route)
	if !m.Date.IsZero() {
		s.Date = m.Date.UTC().Format("2006-01-02 15:04")
	}
	s.Text, s.HTML = strings.TrimSpace(m.Text), strings.TrimSpace(m.HTML)
	for _, l := range m.Links {
		if !strings.HasPrefix(l.URL, "mailto:") {
			s.Links = append(s.Links, l.URL)
		}
	}
	for _, p := range m.Parts {
		switch {
		case p.Message != nil:
			s.Files = append(s.Files, p.Type+" "+p.Message.Subject)
		case p.Attachment || p.Name != "":
			s.Files = append(s.Files, p.Type+" "+p.Name)
		}
	}
	return s
}

func addresses(list []mail.Address) string {
	var out []string
	for _, a := range list {
		out = append(out, strings.TrimSpace(a.Name+" <"+a.Addr+">"))
	}
	return strings.Join(out, ", ")
}
