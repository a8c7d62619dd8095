package attachment_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail"
)

func zipped(t *testing.T, n int, name string, body func(int) string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range n {
		f, err := w.Create(fmt.Sprintf(name, i))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(body(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestManyLinks puts links into many files: each file for itself has no more
// than a file may have.
func TestManyLinks(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"%d.html", "%d.eml"} {
		body := zipped(t, 50, kind, func(i int) string {
			var b strings.Builder
			b.WriteString("From: a@b.example\nSubject: x\nContent-Type: text/html\n\n")
			for j := range 100 {
				fmt.Fprintf(&b, "<a href=http://h%d.x%d.example/>x</a>", j, i)
			}
			return b.String()
		})
		found, v := looked(&mail.Message{Parts: []*mail.Part{{Name: "a.zip", Attachment: true, Body: body}}})
		if len(v.Links) != 2000 || !slices.Contains(found, "attachment.unread") {
			t.Errorf("%s: %d links of 5,000, and %v", kind, len(v.Links), found)
		}
	}
}

// TestDollsOfTwoKinds puts archives into mails into archives. How deep they
// stand is counted through both.
func TestDollsOfTwoKinds(t *testing.T) {
	t.Parallel()
	body := zipped(t, 1, "%d.exe", func(int) string { return "MZ" })
	for range 8 {
		inner := body
		body = zipped(t, 1, "%d.eml", func(int) string {
			return "From: a@b.example\nSubject: x\nContent-Type: application/zip; name=a.zip\nContent-Disposition: attachment\nContent-Transfer-Encoding: 8bit\n\n" + string(inner)
		})
	}
	found, _ := looked(&mail.Message{Parts: []*mail.Part{{Name: "a.zip", Attachment: true, Body: body}}})
	if !slices.Contains(found, "attachment.unread") || slices.Contains(found, "attachment.danger-in-archive") {
		t.Errorf("found %v", found)
	}
}
