package tnef_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail/tnef"
	"github.com/bienvu/bienvu/internal/mail/tnef/tneftest"
)

func sample() tneftest.File {
	return tneftest.File{
		Subject: "Facture échue", Body: "Voir la pièce jointe.", HTML: "<p>Voir la pièce</p>",
		Headers: "From: A <a@supplier.example>\r\nSubject: Facture\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\n" +
			"Content-Type: application/ms-tnef\r\n",
		Attachments: []tneftest.Attachment{
			{Name: "facture février.pdf", Data: []byte("%PDF-1.4 hello")},
			{Name: "inner", Message: &tneftest.File{Subject: "Inside", Body: "inner body"}},
		},
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	c, err := tnef.Read(tneftest.Write(sample()), 0)
	if err != nil || c.Cut {
		t.Fatal(err, c.Cut)
	}
	if c.Subject != "Facture échue" || c.Text != "Voir la pièce jointe." || c.HTML != "<p>Voir la pièce</p>" {
		t.Errorf("bodies: %q %q %q", c.Subject, c.Text, c.HTML)
	}
	if len(c.Attachments) != 2 || c.Attachments[0].Name != "facture février.pdf" ||
		string(c.Attachments[0].Data) != "%PDF-1.4 hello" || c.Attachments[0].Type != "application/pdf" {
		t.Fatalf("attachments: %+v", c.Attachments)
	}
	if in := string(c.Attachments[1].Message); !strings.Contains(in, "Subject: Inside\r\n") {
		t.Errorf("embedded: %s", in)
	}
	if out := string(c.RFC822); !strings.HasPrefix(out, "From: A <a@supplier.example>\r\n") || strings.Contains(out, "ms-tnef") {
		t.Errorf("message: %s", out)
	}
	if !c.Headers {
		t.Error("the transport headers were there")
	}
}

func TestReadCutAnywhere(t *testing.T) {
	t.Parallel()
	raw := tneftest.Write(sample())
	for n := 6; n < len(raw); n++ {
		if _, err := tnef.Read(raw[:n], 0); err != nil {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
	if c, _ := tnef.Read(raw[:len(raw)/2], 0); !c.Cut {
		t.Error("half a stream is not said to be cut")
	}
}

func TestReadOverLimit(t *testing.T) {
	t.Parallel()
	c, err := tnef.Read(tneftest.Write(tneftest.File{Attachments: []tneftest.Attachment{{Name: "a", Data: make([]byte, 5000)}}}), 1000)
	if err != nil || !c.Cut || len(c.Attachments) != 0 {
		t.Errorf("err %v cut %v attachments %d", err, c.Cut, len(c.Attachments))
	}
}

func TestReadOther(t *testing.T) {
	t.Parallel()
	if _, err := tnef.Read([]byte("PK\x03\x04 and more"), 0); err == nil {
		t.Error("a zip file was taken for TNEF")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(tneftest.Write(sample()))
	f.Add([]byte{0x78, 0x9F, 0x3E, 0x22, 0, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := tnef.Read(raw, 1<<20)
		if err == nil && len(c.RFC822) > 4<<20 {
			t.Errorf("%d bytes from %d", len(c.RFC822), len(raw))
		}
	})
}
