package mailtest_test

import (
	"bytes"
	"testing"

	"github.com/bienvu/bienvu/internal/mail/mailtest"
)

func TestBuilder(t *testing.T) {
	t.Parallel()
	inner := mailtest.New("in", "x@bad.example", "ana@firm.example").Text("plain").HTML("<b>html</b>").Attach("i.bin", "application/x-i", []byte{1})
	b := mailtest.New("Colis arrivé", "Ana <ana@firm.example>", "desk@firm.example").
		Header("From", "Bo <bo@firm.example>").
		Header("X-Twice", "1").Header("X-Twice", "2").
		Top("Received", "from a by b; Mon, 2 Mar 2026 09:00:00 +0000").
		Text("texte à lire").HTML("<p>lire</p>").
		Attach("a.pdf", "application/pdf", bytes.Repeat([]byte("%PDF"), 100)).
		Nest("in.eml", inner.Bytes())
	m := b.Read(t)
	if len(m.Defects) > 0 || len(m.From) != 1 || m.Author().Name != "Bo" || len(m.All("X-Twice")) != 2 || m.Header[0].Name != "Received" {
		t.Errorf("%v %v %v", m.Defects, m.From, m.Header)
	}
	if m.Subject != "Colis arrivé" || m.Plain != "texte à lire" || m.HTML != "<p>lire</p>" || len(m.Parts) != 4 {
		t.Fatalf("%q %q %q %d", m.Subject, m.Plain, m.HTML, len(m.Parts))
	}
	if p := m.Parts[2]; p.Name != "a.pdf" || p.Size != 400 || !p.Attachment {
		t.Errorf("%+v", p)
	}
	if in := m.Parts[3].Message; in == nil || in.Plain != "plain" || in.HTML != "<b>html</b>" || len(in.Parts) != 3 {
		t.Errorf("%+v", in)
	}
	if !bytes.Equal(b.Bytes(), b.Bytes()) {
		t.Error("two calls, two messages")
	}
}
