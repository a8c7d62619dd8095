package authcheck

import (
	"context"
	"errors"
	"strings"

	"blitiri.com.ar/go/spf"
)

// verifySPF asks whether the client may send for the domain of the envelope.
func verifySPF(ctx context.Context, r *budget, env Envelope) SPF {
	domain := spfDomain(env)
	if env.IP == nil || r.memo.next == nil {
		return SPF{Status: NotChecked, Domain: domain}
	}
	if domain == "" {
		return SPF{Status: None}
	}
	sender := strings.Trim(env.MailFrom, "<>")
	status, err := spf.CheckHostWithSender(env.IP, env.Helo, sender, spf.WithResolver(r), spf.WithContext(ctx))
	res := SPF{Status: spfStatus(status), Domain: domain}
	if err != nil {
		res.Reason = err.Error()
	}
	if errors.Is(err, errBudget) || ctx.Err() != nil {
		res.Status = TempError
	}
	return res
}

// spfDomain is the domain that answers for the envelope (RFC 7208 2.4): the
// null sender has none, so the client's name stands in.
func spfDomain(env Envelope) string {
	sender := strings.Trim(env.MailFrom, "<>")
	if at := strings.LastIndexByte(sender, '@'); at >= 0 {
		return asciiDomain(sender[at+1:])
	}
	return asciiDomain(env.Helo)
}

func spfStatus(r spf.Result) Status {
	switch r {
	case spf.None:
		return None
	case spf.Neutral:
		return Neutral
	case spf.Pass:
		return Pass
	case spf.Fail:
		return Fail
	case spf.SoftFail:
		return SoftFail
	case spf.TempError:
		return TempError
	case spf.PermError:
		return PermError
	}
	return PermError
}
