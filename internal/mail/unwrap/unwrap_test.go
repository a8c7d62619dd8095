package unwrap_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
)

// with is a report with one attachment.
func with(name string, data []byte) *mail.Message {
	raw := "From: emma@corp.example\r\nSubject: look\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: application/octet-stream; name=" + name + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64Lines(data) + "\r\n--b--\r\n"
	return mail.Read([]byte(raw), mail.DefaultBudget())
}

// An archive that unpacks to much more than it is gives only its beginning.
func TestZipBomb(t *testing.T) {
	t.Parallel()
	bomb := attachments["zip-bomb"]()
	d := unwrap.Unwrap(with("bomb.zip", bomb))
	if len(d.Originals) != 1 || d.Originals[0].Note != unwrap.NoteCut || d.Originals[0].Complete {
		t.Fatalf("%d originals", len(d.Originals))
	}
	if got, most := len(d.Originals[0].Raw), max(1<<20, 200*len(bomb)); got > most {
		t.Errorf("%d bytes out of %d", got, len(bomb))
	}
}

// An archive of many entries is opened only so far.
func TestZipManyEntries(t *testing.T) {
	t.Parallel()
	var entries []string
	for i := range 5000 {
		entries = append(entries, strings.Repeat("x", i%50+1)+".txt", "nothing")
	}
	// What is left is the archive itself, as a file that somebody shows.
	d := unwrap.Unwrap(with("many.zip", zipOf(append(entries, "a.eml", lure+lureBody)...)))
	if len(d.Originals) != 1 || d.Originals[0].Shape != unwrap.ShapeDescribed {
		t.Errorf("found behind 5,000 entries: %d originals", len(d.Originals))
	}
}

// 30 MB go through whole.
func TestLargeOriginal(t *testing.T) {
	t.Parallel()
	big := []byte(lure + "MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		strings.Repeat(strings.Repeat("QUFB", 19)+"\r\n", 30<<20/78))
	d := unwrap.Unwrap(with("big.eml", big))
	if len(d.Originals) != 1 || !bytes.Equal(d.Originals[0].Raw, big) || !d.Originals[0].Complete {
		t.Errorf("%d originals", len(d.Originals))
	}
}

func TestDropped(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"eml parcel.eml": unwrap.ShapeEML, "eml parcel": unwrap.ShapeEML, "msg-headers item.msg": unwrap.ShapeMSG, "zip-eml a.zip": unwrap.ShapeZip,
		"tnef-message winmail.dat": unwrap.ShapeTNEF, "zip-encrypted a.zip": unwrap.ShapeZip,
	} {
		builder, file, _ := strings.Cut(name, " ")
		got := unwrap.Dropped(file, attachments[builder]())
		if len(got) != 1 || got[0].Shape != want {
			t.Errorf("%s: %d originals", name, len(got))
		}
	}
	if got := unwrap.Dropped("photo.png", []byte("\x89PNG\r\n")); len(got) != 0 {
		t.Errorf("a picture was taken for %d messages", len(got))
	}
}

// A mail must never be harder to read than it is long: these nest and repeat
// what the parsers look for.
func TestHostile(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"labels":       strings.Repeat("From: a@b.example\n", 200000),
		"header lines": strings.Repeat("Received: x\n", 3) + strings.Repeat("to:\n", 500000),
		"separators":   strings.Repeat("-----BEGIN REPORTER AGENT-----\n", 50000),
		"key values":   "-----BEGIN REPORTER AGENT-----\nReporting User: x\n" + strings.Repeat("more\n", 500000),
		"quotes":       strings.Repeat(">", 1<<20),
		"attributions": strings.Repeat("On 1 Jan a@b.example wrote:\n\n", 50000),
		"words":        strings.Repeat("i did not clicked ", 200000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := mail.Read([]byte("From: a@b.example\r\nSubject: Fwd: x\r\n\r\n"+text), mail.DefaultBudget())
			if d := unwrap.Unwrap(m); len(d.Originals) > 50 {
				t.Errorf("%d originals", len(d.Originals))
			}
		})
	}
}

func FuzzUnwrap(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		mailText := txtar.Parse(raw).Files[0].Data
		f.Add(built.ReplaceAllFunc(mailText, func(m []byte) []byte { return []byte(base64Lines(attachments[string(m[2:len(m)-2])]())) }))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := unwrap.Unwrap(mail.Read(raw, mail.DefaultBudget()))
		for _, o := range d.Originals {
			if o.Raw == nil && o.Note != unwrap.NoteEncrypted {
				t.Errorf("an original without bytes: %+v", o)
			}
		}
		if d.Question != (len(d.Originals) == 0) {
			t.Error("a question is what reports nothing")
		}
	})
}
