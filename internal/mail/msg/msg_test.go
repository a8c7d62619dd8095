package msg_test

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/mail/msg"
	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
	"github.com/bienvu/bienvu/internal/mail/msg/msgtest"
)

const travelled = "Microsoft Mail Internet Headers Version 2.0\r\n" +
	"Received: from mx.supplier.example ([192.0.2.7]) by mx.corp.example;\r\n\tMon, 1 Jan 2024 10:00:00 +0000\r\n" +
	"From: =?utf-8?q?Ren=C3=A9?= <rene@supplier.example>\r\nTo: emma@corp.example\r\nSubject: Facture\r\n" +
	"Content-Type: multipart/mixed;\r\n\tboundary=\"old\"\r\nContent-Transfer-Encoding: 7bit\r\nMIME-Version: 1.0\r\n\r\n" +
	"--old\r\nContent-Type: text/plain\r\n"

func full() msgtest.Message {
	return msgtest.Message{
		Headers: travelled, Subject: "Facture", Body: "Bonjour Emma", HTML: "<p>Bonjour <b>Emma</b></p>",
		Attachments: []msgtest.Attachment{
			{Name: "relevé d’été.pdf", Type: "application/pdf", Data: bytes.Repeat([]byte("%PDF-1.4 "), 900)},
			{Name: "logo.png", ContentID: "logo@x", Data: []byte("\x89PNG")},
			{Message: &msgtest.Message{Subject: "Inside", FromName: "Paul", FromAddr: "paul@other.example", Body: "inner"}},
		},
	}
}

// part is what a test sees of one part.
type part struct{ Type, Name, Body string }

func read(t *testing.T, raw []byte) (mail.Header, []part) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v in %q", err, raw[:min(300, len(raw))])
	}
	return m.Header, parts(t, map[string][]string(m.Header), m.Body)
}

func parts(t *testing.T, h map[string][]string, body io.Reader) []part {
	t.Helper()
	get := func(k string) string { return strings.Join(h[k], "") }
	kind, params, err := mime.ParseMediaType(get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		b, _ := io.ReadAll(body)
		_, disp, _ := mime.ParseMediaType(get("Content-Disposition"))
		return []part{{kind, disp["filename"], decode(t, get("Content-Transfer-Encoding"), b)}}
	}
	var out []part
	for r := multipart.NewReader(body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err != nil {
			return out
		}
		out = append(out, parts(t, p.Header, p)...)
	}
}

func TestConvertWithHeaders(t *testing.T) {
	t.Parallel()
	c, err := msg.Convert(msgtest.Write(full()), 0)
	if err != nil || !c.Headers {
		t.Fatal(err, c.Headers)
	}
	h, got := read(t, c.RFC822)
	if h.Get("Received") == "" || h.Get("From") != "=?utf-8?q?Ren=C3=A9?= <rene@supplier.example>" || h.Get("Subject") != "Facture" {
		t.Errorf("header: %v", h)
	}
	if strings.Contains(string(c.RFC822), `"old"`) || len(h["Mime-Version"]) != 1 {
		t.Error("the old body's fields are still there")
	}
	inner := got[len(got)-1]
	if inner.Type != "message/rfc822" || !strings.HasPrefix(inner.Body, "From: \"Paul\" <paul@other.example>\r\nSubject: Inside\r\n") {
		t.Errorf("embedded: %+v", inner)
	}
	want := []part{
		{"text/plain", "", "Bonjour Emma"}, {"text/html", "", "<p>Bonjour <b>Emma</b></p>"},
		{"application/pdf", "relevé d’été.pdf", strings.Repeat("%PDF-1.4 ", 900)}, {"image/png", "logo.png", "\x89PNG"},
	}
	if d := cmp.Diff(want, got[:len(got)-1]); d != "" {
		t.Error(d)
	}
}

func TestConvertWithoutHeaders(t *testing.T) {
	t.Parallel()
	c, err := msg.Convert(msgtest.Write(msgtest.Message{
		Subject: "Réunion\r\nBcc: x@evil.example", FromName: "Zoé \"Z\" Martin", FromAddr: "zoe@corp.example",
		To:   []msgtest.Recipient{{Kind: 1, Name: "Emma", Addr: "emma@corp.example"}, {Kind: 2, Name: "Paul", Addr: "paul@corp.example"}, {Kind: 1, Name: "No Address"}},
		Sent: time.Date(2024, 3, 1, 9, 30, 0, 0, time.UTC), Body: "x",
	}), 0)
	if err != nil || c.Headers {
		t.Fatal(err, c.Headers)
	}
	h, _ := read(t, c.RFC822)
	want := map[string]string{
		"From": "Zoé \"Z\" Martin <zoe@corp.example>", "To": `"Emma" <emma@corp.example>, "No Address" <>`,
		"Cc": `"Paul" <paul@corp.example>`, "Date": "Fri, 01 Mar 2024 09:30:00 +0000", "Bcc": "",
		"Subject": "Réunion  Bcc: x@evil.example",
	}
	for k, v := range want {
		got, err := new(mime.WordDecoder).DecodeHeader(h.Get(k))
		if err != nil || got != v {
			t.Errorf("%s: %q, want %q (%v)", k, got, v, err)
		}
	}
}

func TestConvertCodepage(t *testing.T) {
	t.Parallel()
	raw, err := msg.ToRFC822(msgtest.Write(msgtest.Message{
		Narrow: true, Codepage: 1251, Subject: "\xCF\xF0\xE8\xE2\xE5\xF2", HTML: "<p>\xCF\xF0\xE8\xE2\xE5\xF2</p>",
	}), 0)
	if err != nil {
		t.Fatal(err)
	}
	h, got := read(t, raw)
	if s, _ := new(mime.WordDecoder).DecodeHeader(h.Get("Subject")); s != "Привет" {
		t.Errorf("subject %q", s)
	}
	if got[0].Body != "<p>Привет</p>" {
		t.Errorf("body %q", got[0].Body)
	}
}

func TestConvertSigned(t *testing.T) {
	t.Parallel()
	entity := "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n"
	raw, err := msg.ToRFC822(msgtest.Write(msgtest.Message{
		Class: "IPM.Note.SMIME.MultipartSigned", Subject: "s", Attachments: []msgtest.Attachment{{Name: "smime.p7m", Data: []byte(entity)}},
	}), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, got := read(t, raw); len(got) != 1 || strings.TrimSpace(got[0].Body) != "hello" {
		t.Errorf("%+v", got)
	}
}

func TestConvertRefuses(t *testing.T) {
	t.Parallel()
	if _, err := msg.Convert(msgtest.CFB(&msgtest.Node{Name: "Root Entry", Children: []*msgtest.Node{{Name: "WordDocument", Data: []byte("x")}}}), 0); !errors.Is(err, msg.ErrNotMsg) {
		t.Errorf("a Word document: %v", err)
	}
	if _, err := msg.Convert(msgtest.Write(full()), 2000); !errors.Is(err, mapi.ErrTooBig) {
		t.Errorf("over the limit: %v", err)
	}
	if _, err := msg.Convert([]byte("From: a\r\n\r\n"), 0); !errors.Is(err, msg.ErrNotMsg) {
		t.Errorf("a mail: %v", err)
	}
}

func TestConvertDamaged(t *testing.T) {
	t.Parallel()
	raw := msgtest.Write(full())
	for i := 24; i < len(raw); i += 7 {
		bad := bytes.Clone(raw)
		bad[i] ^= 0xFF
		_, _ = msg.Convert(bad, 0)
		_, _ = msg.Convert(raw[:i], 0)
	}
}

// A directory of storages inside storages: the depth is capped, and the cost
// must not grow with its square.
func TestConvertDeepDirectory(t *testing.T) {
	t.Parallel()
	n := &msgtest.Node{Name: "x"}
	for range 30000 {
		n = &msgtest.Node{Name: "x", Children: []*msgtest.Node{n}}
	}
	if _, err := msg.Convert(msgtest.CFB(n), 0); !errors.Is(err, msg.ErrNotMsg) {
		t.Error(err)
	}
}

func FuzzConvert(f *testing.F) {
	f.Add(msgtest.Write(full()))
	f.Add(msgtest.Write(msgtest.Message{Body: "x"}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := msg.Convert(raw, 1<<20)
		if err == nil && len(c.RFC822) > 4<<20 {
			t.Errorf("%d bytes from %d", len(c.RFC822), len(raw))
		}
	})
}
