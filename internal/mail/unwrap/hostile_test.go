package unwrap_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
)

// TestManyBombs packs a little into much, many times over: each archive for
// itself is within what one may hold.
func TestManyBombs(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("From: Emma <emma@corp.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n")
	var block strings.Builder
	for i := range 900 {
		fmt.Fprintf(&block, "%x.", i*i*i)
	}
	for i := range 5 {
		var entries []string
		for j := range 8 {
			entries = append(entries, fmt.Sprintf("%d.eml", j), fmt.Sprintf("%sX-N: %d.%d\r\n\r\n%s", lure, i, j, strings.Repeat(block.String()+"\r\n", 700)))
		}
		fmt.Fprintf(&b, "--b\r\nContent-Type: application/zip; name=\"%d.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n", i, base64.StdEncoding.EncodeToString(zipOf(entries...)))
	}
	d := unwrap.Unwrap(mail.Read([]byte(b.String()+"--b--\r\n"), mail.DefaultBudget()))
	told := slices.ContainsFunc(d.Originals, func(o unwrap.Original) bool { return o.Raw == nil && o.Note == unwrap.NoteEncrypted })
	if sum := total(d.Originals); sum > 100<<20 || !told {
		t.Errorf("%d originals of %d bytes, and told %v that there were more", len(d.Originals), sum, told)
	}
	raws := unwrap.Dropped("a.zip", zipOf("a.eml", lure+lureBody))
	if len(raws) != 1 || raws[0].Note != "" {
		t.Errorf("a file of one mail: %+v", raws)
	}
}

func total(all []unwrap.Original) (n int) {
	for _, o := range all {
		n += len(o.Raw)
	}
	return n
}
