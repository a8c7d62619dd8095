package mail_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
)

// hostile are inputs that have brought readers to their knees. Each must be
// read in far less time than a person notices; the limit is loose because
// tests share the machine.
func hostile() map[string]func() []byte {
	head := "From: a@x.example\n"
	return map[string]func() []byte{
		"empty":         func() []byte { return nil },
		"line end":      func() []byte { return []byte("\n") },
		"colon":         func() []byte { return []byte(":") },
		"mbox only":     func() []byte { return []byte("From ") },
		"binary":        func() []byte { return bytes.Repeat([]byte{0, 0xff, 0x7f, '\n', ':'}, 100_000) },
		"carriage":      func() []byte { return []byte(strings.ReplaceAll(head+"\nold mac", "\n", "\r")) },
		"one MB header": func() []byte { return []byte(head + "X: " + strings.Repeat("a ", 1<<20) + "\n\nx") },
		"MB of fields":  func() []byte { return []byte(head + strings.Repeat("a:\n", 700_000) + "\nx") },
		"MB of folds":   func() []byte { return []byte(head + "X: a\n" + strings.Repeat(" \n", 700_000) + "\nx") },
		"MB of bad lines": func() []byte {
			return []byte(head + strings.Repeat("bad line\nx: y\n", 100_000) + "\nx")
		},
		"words without end": func() []byte { return []byte("Subject: " + strings.Repeat("=?utf-8?q?", 100_000) + "\n\n") },
		"short words":       func() []byte { return []byte("Subject: " + strings.Repeat("=?utf-8?q?a?= ", 70_000) + "\n\n") },
		"changing charsets": func() []byte {
			return []byte("Subject: " + strings.Repeat("=?utf-8?q?a?= =?l1?q?b?= ", 30_000) + "\n\n")
		},
		"many addresses": func() []byte { return []byte("To: " + strings.Repeat("a@b,", 250_000) + "\n\n") },
		"at and colons": func() []byte {
			return []byte("To: " + strings.Repeat("a", 500_000) + "@" + strings.Repeat(":", 500_000) + "\n\n")
		},
		"open comments": func() []byte {
			return []byte("To: " + strings.Repeat("(", 500_000) + "a@b" + strings.Repeat("(,", 100_000) + "\n\n")
		},
		"open angles": func() []byte {
			return []byte("To: " + strings.Repeat("<", 500_000) + strings.Repeat("\"", 99_999) + "\n\n")
		},
		"many references": func() []byte { return []byte("References: " + strings.Repeat("<a>", 300_000) + "\n\n") },
		"many parameters": func() []byte {
			return []byte("Content-Type: text/plain" + strings.Repeat("; a*0*=b", 100_000) + "\n\n")
		},
		"received brackets": func() []byte { return []byte("Received: from " + strings.Repeat("([", 400_000) + "\n\n") },
		"results": func() []byte {
			return []byte("Authentication-Results: x" + strings.Repeat(";dkim=pass x=\"", 70_000) + "\n\n")
		},
		"open nested 100":    func() []byte { return nested(100, false) },
		"closed nested 1000": func() []byte { return nested(1000, true) },
		"same boundary": func() []byte {
			return []byte(head + strings.Repeat("Content-Type: multipart/mixed; boundary=b\n\n--b\n", 50_000))
		},
		"20k parts": func() []byte { return wide(20_000) },
		"500k delimiters": func() []byte {
			return []byte(head + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n", 500_000))
		},
		"near delimiters": func() []byte {
			return []byte(head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + strings.Repeat("--b-\n--bx\n", 200_000))
		},
		"messages in messages": func() []byte {
			return []byte(strings.Repeat("Content-Type: message/rfc822\n\n", 50_000))
		},
		"padding":        func() []byte { return coded("base64", strings.Repeat("QQ==", 500_000)) },
		"padding lines":  func() []byte { return coded("base64", strings.Repeat("QQ==\n", 400_000)) },
		"equals":         func() []byte { return coded("quoted-printable", strings.Repeat("=", 2<<20)) },
		"equals, spaces": func() []byte { return coded("quoted-printable", strings.Repeat("="+strings.Repeat(" ", 79), 20_000)) },
		"uu":             func() []byte { return coded("x-uuencode", strings.Repeat("~\n", 500_000)) },
		"utf-7": func() []byte {
			return []byte("Content-Type: text/plain; charset=utf-7\n\n" + strings.Repeat("+-+A", 300_000))
		},
		"open tags": func() []byte { return page(strings.Repeat("<div>", 300_000)) },
		"stray end tags": func() []byte {
			return page(strings.Repeat("<i><div>", 100_000) + strings.Repeat("</b></a></p>", 100_000))
		},
		"end tags":       func() []byte { return page(strings.Repeat("<b><i></b>", 200_000)) },
		"open comment":   func() []byte { return page(strings.Repeat("<!--", 500_000)) },
		"open attribute": func() []byte { return page("<a href=\"" + strings.Repeat("<a ", 500_000)) },
		"attributes":     func() []byte { return page("<a " + strings.Repeat("style=x ", 300_000) + ">") },
		"declarations":   func() []byte { return page("<p style='" + strings.Repeat("color:#fff;", 200_000) + "'>x") },
		"styles":         func() []byte { return page("<style>" + strings.Repeat(".a{color:red}@media{", 100_000) + "</style>") },
		"classes": func() []byte {
			return page("<style>.a{color:red}</style>" + strings.Repeat("<p class='"+strings.Repeat("a ", 100)+"'>", 5000))
		},
		"links":         func() []byte { return page(strings.Repeat("<a href=//x>y", 200_000)) },
		"data image":    func() []byte { return page("<img src='data:image/png;base64," + strings.Repeat("A", 3<<20) + "'>") },
		"plaintext tag": func() []byte { return page("<plaintext>" + strings.Repeat("<a", 500_000)) },
		"brackets":      func() []byte { return []byte(head + "\nhttp://a" + strings.Repeat(")", 1<<20)) },
		"www":           func() []byte { return []byte(head + "\n" + strings.Repeat("www.", 500_000)) },
		"schemes":       func() []byte { return []byte(head + "\n" + strings.Repeat("http://", 300_000)) },
		"invisible":     func() []byte { return []byte(head + "\na" + strings.Repeat("\u200b", 500_000) + "b") },
		"30 MB file": func() []byte {
			return mailtest.New("big", "a@x.example", "b@x.example").Text("x").Attach("a.bin", "application/x-a", make([]byte, 30<<20)).Bytes()
		},
	}
}

func coded(encoding, body string) []byte {
	return []byte("Content-Type: text/plain\nContent-Transfer-Encoding: " + encoding + "\n\n" + body)
}

func page(body string) []byte { return []byte("Content-Type: text/html\n\n" + body) }

// nested makes multiparts inside multiparts.
func nested(depth int, closed bool) []byte {
	var b strings.Builder
	b.WriteString("From: a@x.example\n")
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	b.WriteString("\ninside\n")
	for i := depth - 1; closed && i >= 0; i-- {
		fmt.Fprintf(&b, "--b%d--\n", i)
	}
	return []byte(b.String())
}

func wide(parts int) []byte {
	var b strings.Builder
	b.WriteString("Content-Type: multipart/mixed; boundary=b\n\n")
	for i := range parts {
		fmt.Fprintf(&b, "--b\nContent-Type: text/plain\n\npart %d\n", i)
	}
	return []byte(b.String() + "--b--\n")
}

func TestHostileInputIsReadInTime(t *testing.T) {
	t.Parallel()
	for name, build := range hostile() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw := build()
			start := time.Now()
			m := mail.Read(raw, mail.DefaultBudget())
			if spent := time.Since(start); spent > 10*time.Second {
				t.Errorf("%d bytes took %v", len(raw), spent)
			}
			sound(t, m)
		})
	}
}

// sound checks what holds for every message, however broken.
func sound(t *testing.T, m *mail.Message) {
	t.Helper()
	for _, s := range []string{m.Subject, m.Text, m.Plain, m.Shown, m.Hidden, m.HTML, m.MessageID, m.ReturnPath} {
		if !utf8.ValidString(s) || strings.Contains(s, "\x00") {
			t.Errorf("text that is not clean UTF-8: %.80q", s)
		}
	}
	for _, f := range m.Header {
		if !utf8.ValidString(f.Name+f.Value+f.Raw) || strings.ContainsAny(f.Value, "\n\x00") {
			t.Errorf("field that is not clean: %.80q", f)
		}
	}
	for _, l := range m.Links {
		if l.Part < -1 || l.Part >= len(m.Parts) || !utf8.ValidString(l.URL+l.Text) || l.URL == "" {
			t.Errorf("bad link %.200v", l)
		}
	}
	for _, p := range m.Parts {
		if p.Cut != (len(p.Body) < p.Size) || p.Path == "" || !utf8.ValidString(p.Name) {
			t.Errorf("bad part %s: %d of %d bytes, cut %v", p.Path, len(p.Body), p.Size, p.Cut)
		}
		if p.Message != nil {
			sound(t, p.Message)
		}
	}
}

func TestBudgets(t *testing.T) {
	t.Parallel()
	forward := mailtest.New("in", "c@x.example", "d@x.example").Text("deep").Bytes()
	tests := map[string]struct {
		raw    []byte
		budget mail.Budget
		defect string
		parts  int
	}{
		"depth of multiparts": {nested(30, true), mail.Budget{}, "budget.depth", 1},
		"depth of messages":   {mailtest.New("out", "a@x.example", "b@x.example").Nest("", forward).Bytes(), mail.Budget{Depth: 2}, "budget.depth", 2},
		"parts":               {wide(20), mail.Budget{Parts: 5}, "budget.parts", 5},
		"header":              {[]byte("A: b\nC: " + strings.Repeat("d", 99) + "\n\nbody"), mail.Budget{HeaderBytes: 20}, "budget.header", 1},
		"part bytes":          {[]byte("A: b\n\n" + strings.Repeat("d", 99)), mail.Budget{PartBytes: 20}, "budget.bytes", 1},
		"total bytes":         {wide(20), mail.Budget{TotalBytes: 20}, "budget.bytes", 20},
		"links":               {page(strings.Repeat("<a href=//x>y", 9)), mail.Budget{Links: 5}, "budget.links", 1},
		"all is well":         {wide(20), mail.Budget{}, "", 20},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := mail.Read(test.raw, test.budget)
			sound(t, m)
			if m.OverBudget() != (test.defect != "") || test.defect != "" && !m.Defective(test.defect) {
				t.Errorf("defects %v, want %q", m.Defects, test.defect)
			}
			if len(m.Parts) != test.parts {
				t.Errorf("%d parts, want %d", len(m.Parts), test.parts)
			}
		})
	}
}

func TestBudgetIsSharedWithMessagesInside(t *testing.T) {
	t.Parallel()
	inner := wide(10)
	m := mailtest.New("out", "a@x.example", "b@x.example").Text("x").Nest("1.eml", inner).Nest("2.eml", inner)
	got := mail.Read(m.Bytes(), mail.Budget{Parts: 15})
	if !got.Parts[2].Message.OverBudget() || got.Parts[1].Message.OverBudget() {
		t.Errorf("the second message should be cut short: %v", got.Parts[2].Message.Defects)
	}
}

func TestBigFileIsWhole(t *testing.T) {
	t.Parallel()
	file := bytes.Repeat([]byte("0123456789abcdef"), 30<<16)
	m := mailtest.New("big", "a@x.example", "b@x.example").Text("x").Attach("big.bin", "application/x-big", file).Read(t)
	if p := m.Parts[1]; p.Cut || !bytes.Equal(p.Body, file) {
		t.Errorf("%d bytes, cut %v", p.Size, p.Cut)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<a href=x>y\n--b--\n"))
	f.Add([]byte("Subject: =?utf-8?b?w6k=?= =?l1?q?=e9?=\nTo: a: <b@c>, \"d\" (e) f@g;\nReceived: from a ([1.2.3.4]) by b; Mon, 2 Jan 2006 15:04:05 GMT\n\nwww.x.y"))
	f.Add([]byte("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte("A: b\n\nc"))))
	f.Add([]byte("Authentication-Results: a; spf=pass x.y=\"z w\"; dkim=fail\nContent-Type: text/plain; charset*0*=utf-7''a; name*1=b\n\n+AOk-"))
	f.Add([]byte("Content-Type: text/html\n\n<style>.a{display:none}</style><p class=a style='color:#fff;font-size:0px'>x<br></p>\u200b"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		m := mail.Read(raw, mail.Budget{Parts: 50, PartBytes: 1 << 20, Links: 50})
		sound(t, m)
		_ = mail.Automatic(m, "")
		if !bytes.Equal(before, raw) {
			t.Error("the input was changed")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat("Bonjour, votre colis vous attend à l'agence. ", 60)
	html := "<style>.x{display:none}</style>" + strings.Repeat(`<tr><td style="color:#333;font-size:14px;padding:4px 8px"><p>Bonjour, <a href="https://colis.example/suivi?id=1&amp;k=2">votre colis</a> vous attend.</p><img src="https://colis.example/p.png" alt=""></td></tr>`, 70)
	raw := mailtest.New("Votre colis", "Colis <info@colis.example>", "ana@firm.example").
		Top("Received", "from a.example (a.example [192.0.2.1]) by b.example with ESMTPS; Mon, 2 Mar 2026 09:00:00 +0100").
		Text(text).HTML(html).Bytes()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		mail.Read(raw, mail.Budget{})
	}
}
