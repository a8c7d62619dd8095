package analysis_test

import (
	"context"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/mail"
)

// TestLongDomains writes, wherever a mail names a domain, one of 60,000 foreign
// letters, or as many in ASCII. Turning one into the other takes the square of
// its length: a mail of some hundred kilobytes would keep a desk busy for an hour.
func TestLongDomains(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 60_000 {
		b.WriteRune(rune(0x4e00 + i*7%20_000))
	}
	for _, host := range []string{b.String() + ".example", "xn--" + strings.Repeat("0aa", 40_000) + ".example", strings.Repeat("a.", 40_000) + "example"} {
		raw := strings.ReplaceAll("From: A <a@HOST>\r\nReply-To: <b@HOST>\r\nReturn-Path: <c@HOST>\r\nMessage-ID: <d@HOST>\r\nSubject: x\r\n"+
			"Received: from HOST by mx.example; Tue, 12 Mar 2024 08:14:00 +0000\r\nAuthentication-Results: mx.example; spf=pass smtp.mailfrom=HOST\r\n"+
			"DKIM-Signature: v=1; a=rsa-sha256; d=HOST; s=x; h=from; bh=AAAA; b=AAAA\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+
			"<a href='http://HOST/'>http://HOST/</a> a@HOST", "HOST", host)
		budget := mail.DefaultBudget()
		budget.HeaderBytes = 16 << 20
		r := analysis.Analyze(context.Background(), subject.Subject{Message: mail.Read([]byte(raw), budget)})
		if len(r.Findings) == 0 {
			t.Errorf("%.20s: no finding at all", host)
		}
	}
}
