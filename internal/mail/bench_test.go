package mail_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail"
)

// A newsletter as most are: a folded header, a page of tables in quoted-printable.
func BenchmarkReadNewsletter(b *testing.B) {
	raw := []byte("From: =?utf-8?q?Les_amis_du?= =?utf-8?q?_caf=C3=A9?= <lettre@cafe.example>\r\nTo: jo@lumo.example\r\nSubject: News\r\n" +
		strings.Repeat("Received: from mx.cafe.example (mx.cafe.example [192.0.2.7])\r\n by mail.lumo.example with ESMTPS id 7;\r\n Mon, 2 Mar 2026 10:00:00 +0100\r\n", 4) +
		"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><table>\r\n" +
		strings.Repeat("  <tr>\r\n    <td style=3D\"color:#333333;font-size:14px\">Caf=C3=A9 <a href=3D\"https://www.cafe.example/7\">of the week</a></td>\r\n  </tr>\r\n", 100) +
		"</table></body></html>\r\n")
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if len(mail.Read(raw, mail.DefaultBudget()).Links) != 100 {
			b.Fatal("it holds a hundred links")
		}
	}
}
