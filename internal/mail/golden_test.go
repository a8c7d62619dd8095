package mail_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/bienvu/bienvu/internal/mail"
)

var update = flag.Bool("update", false, "write the expected files anew")

// TestGolden reads each message of testdata/read and compares what was
// understood. Each new file is a new test.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil || len(files) < 20 {
		t.Fatalf("golden files: %d, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			golden(t, file)
		})
	}
}

func golden(t *testing.T, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var raw []byte
	var want string
	for _, f := range archive.Files {
		switch f.Name {
		case "in.eml": // as it stands, with LF line ends
			raw = f.Data
		case "in.crlf": // with CRLF line ends and \xNN for other bytes
			raw = unescape(t, strings.ReplaceAll(string(f.Data), "\n", "\r\n"))
		case "want":
			want = string(f.Data)
		}
	}
	got := dump(mail.Read(raw, mail.DefaultBudget()), "")
	if *update {
		archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
		archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
		if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// unescape turns \xNN into the byte; nothing else is special.
func unescape(t *testing.T, s string) []byte {
	t.Helper()
	var out []byte
	for {
		before, after, found := strings.Cut(s, `\x`)
		out = append(out, before...)
		if !found {
			return out
		}
		n, err := strconv.ParseUint(after[:2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		out, s = append(out, byte(n)), after[2:]
	}
}

// dump writes what was understood, one fact a line; what is empty is left out.
func dump(m *mail.Message, in string) string {
	var b strings.Builder
	line := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "[]" {
			fmt.Fprintf(&b, "%s%s: %s\n", in, name, s)
		}
	}
	quoted := func(name, value string) {
		if value != "" {
			line(name, strconv.Quote(value))
		}
	}
	quoted("subject", m.Subject)
	for _, list := range []struct {
		name string
		all  []mail.Address
	}{{"from", m.From}, {"reply-to", m.ReplyTo}, {"to", m.To}, {"cc", m.Cc}} {
		for _, a := range list.all {
			line(list.name, fmt.Sprintf("%q <%s>", a.Name, a.Addr))
		}
	}
	if m.Sender != nil {
		line("sender", fmt.Sprintf("%q <%s>", m.Sender.Name, m.Sender.Addr))
	}
	line("return-path", m.ReturnPath)
	line("message-id", m.MessageID)
	line("in-reply-to", m.InReplyTo)
	line("references", m.References)
	if !m.Date.IsZero() {
		line("date", m.Date.UTC().Format(time.RFC3339))
	}
	for _, h := range m.Route {
		line("hop", fmt.Sprintf("from=%s ip=%s by=%s with=%s at=%s", h.From, h.IP, h.By, h.With, h.At.UTC().Format(time.RFC3339)))
	}
	for _, a := range m.Auth {
		line("auth", fmt.Sprintf("%s %v", a.Server, a.Results))
	}
	for _, p := range m.Parts {
		line("part", fmt.Sprintf("%s %s true=%s charset=%s disposition=%s name=%q cid=%s size=%d attachment=%v",
			p.Path, p.Type, p.TrueType, p.Charset, p.Disposition, p.Name, p.ContentID, p.Size, p.Attachment))
		if p.Message != nil {
			b.WriteString(dump(p.Message, in+"    "))
		}
	}
	quoted("text", m.Text)
	if m.Shown != m.Text {
		quoted("shown", m.Shown)
	}
	quoted("hidden", m.Hidden)
	for _, l := range m.Links {
		line("link", fmt.Sprintf("%s %s %q part=%d", l.Source, l.URL, l.Text, l.Part))
	}
	for _, d := range m.Defects {
		line("defect", d.ID+" "+d.Path)
	}
	line("automatic", mail.Automatic(m, ""))
	return b.String()
}
