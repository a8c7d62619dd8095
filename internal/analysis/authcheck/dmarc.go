package authcheck

import (
	"context"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/dns"
	"github.com/bienvu/bienvu/internal/mail"
)

// Wish is what a domain asks receivers to do with mail that can't prove itself.
type Wish string

// The wishes.
const (
	WishNone       Wish = "none"
	WishQuarantine Wish = "quarantine"
	WishReject     Wish = "reject"
)

// DMARC is the outcome of RFC 7489.
type DMARC struct {
	Status  Status
	From    string // the domain that people see
	Record  string // the domain whose record holds: From, or the organisation above it
	Wish    Wish   // for this mail's domain; "" without a record
	BySPF   bool   // SPF passes for a domain that belongs to From
	ByDKIM  bool   // a signature passes of a domain that belongs to From
	Reason  string // for the expert, English
	Several bool   // From holds several domains, or stands several times: nobody can be proven
}

// record is a DMARC record read.
type record struct {
	wish, subWish, missingWish Wish // p, sp, np
	strictSPF, strictDKIM      bool // aspf=s, adkim=s
	testing                    bool // t=y of the new text: treat the wish one step milder
}

func (m *message) verifyDMARC(ctx context.Context, r dns.Resolver, s SPF, signatures []Signature) DMARC {
	d := DMARC{Status: NotChecked}
	d.From, d.Several = m.fromDomain()
	if d.From == "" {
		d.Status, d.Reason = PermError, "From names no single domain"
		return d
	}
	rec, at, status := findRecord(ctx, r, d.From)
	d.Record = at
	d.BySPF = s.Status == Pass && aligned(s.Domain, d.From, rec.strictSPF)
	for _, sig := range signatures {
		d.ByDKIM = d.ByDKIM || (sig.Status == Pass && aligned(sig.Domain, d.From, rec.strictDKIM))
	}
	if status != Pass {
		d.Status = status
		return d
	}
	d.Wish = rec.wishFor(ctx, r, d.From, at)
	d.Status = d.decide(s, signatures)
	return d
}

// decide is the outcome under a record. What could not be checked is not a
// failure: without the client's address, or with DNS away, nobody knows.
func (d DMARC) decide(s SPF, signatures []Signature) Status {
	switch {
	case d.BySPF || d.ByDKIM:
		return Pass
	case s.Status == NotChecked:
		return NotChecked
	case s.Status == TempError:
		return TempError
	}
	for _, sig := range signatures {
		if sig.Status == TempError && aligned(sig.Domain, d.From, false) {
			return TempError
		}
	}
	return Fail
}

// fromDomain gives the one domain of From. Two From fields, or addresses of
// two domains, are a way to show one name and prove another.
func (m *message) fromDomain() (single string, several bool) {
	froms := m.named("from")
	if len(froms) != 1 {
		return "", len(froms) > 1
	}
	for _, a := range mail.ParseAddresses(strings.ReplaceAll(froms[0].value(), "\r\n", "")) {
		at := asciiDomain(domainOf(a.Addr))
		if at == "" {
			continue // a bare word before an unquoted comma, as in: Martin, Lise <lise@shop.example>
		}
		if single != "" && at != single {
			return "", true
		}
		single = at
	}
	return single, false
}

func domainOf(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return ""
	}
	return address[at+1:]
}

// findRecord looks at the domain, then at its organisation (RFC 7489 6.6.3).
// The status is Pass when there is a record.
func findRecord(ctx context.Context, r dns.Resolver, from string) (record, string, Status) {
	for _, host := range dedup(from, orgDomain(from)) {
		texts, err := r.LookupTXT(ctx, "_dmarc."+host)
		if err != nil && !dns.IsNotFound(err) {
			return record{}, "", TempError
		}
		found := records(texts)
		if len(found) > 1 {
			return record{}, "", None // several records are none
		}
		if len(found) == 1 {
			rec, ok := parseRecord(found[0])
			if !ok {
				return record{}, host, PermError
			}
			return rec, host, Pass
		}
	}
	return record{}, "", None
}

func dedup(a, b string) []string {
	if a == b || b == "" {
		return []string{a}
	}
	return []string{a, b}
}

func records(texts []string) []string {
	var out []string
	for _, text := range texts {
		tag, _, _ := strings.Cut(text, ";")
		name, value, _ := strings.Cut(tag, "=")
		if strings.TrimSpace(name) == "v" && strings.TrimSpace(value) == "DMARC1" {
			out = append(out, text)
		}
	}
	return out
}

// parseRecord reads a record; a missing or senseless p counts as "none" when
// somebody wants reports, else the record is senseless (RFC 7489 6.6.3).
func parseRecord(text string) (record, bool) {
	t, err := parseTags(text)
	if err != nil {
		return record{}, false
	}
	p, ok := wish(t.compact("p"))
	if !ok {
		if t.compact("rua") == "" {
			return record{}, false
		}
		p = WishNone
	}
	rec := record{
		wish: p, subWish: p, strictSPF: strings.EqualFold(t.compact("aspf"), "s"),
		strictDKIM: strings.EqualFold(t.compact("adkim"), "s"), testing: strings.EqualFold(t.compact("t"), "y"),
	}
	if sp, ok := wish(t.compact("sp")); ok {
		rec.subWish = sp
	}
	rec.missingWish = rec.subWish
	if np, ok := wish(t.compact("np")); ok {
		rec.missingWish = np
	}
	return rec, true
}

func wish(s string) (Wish, bool) {
	w := Wish(strings.ToLower(s))
	return w, w == WishNone || w == WishQuarantine || w == WishReject
}

// wishFor picks p, sp or np for the domain in From.
func (rec record) wishFor(ctx context.Context, r dns.Resolver, from, at string) Wish {
	w := rec.wish
	if from != at {
		w = rec.subWish
		if rec.missingWish != rec.subWish && missing(ctx, r, from) {
			w = rec.missingWish
		}
	}
	if !rec.testing {
		return w
	}
	if w == WishReject {
		return WishQuarantine
	}
	return WishNone
}

// missing reports whether a domain does not exist at all (RFC 9091 3.2): no
// address and no mail server.
func missing(ctx context.Context, r dns.Resolver, host string) bool {
	if _, err := r.LookupIPAddr(ctx, host); !dns.IsNotFound(err) {
		return false
	}
	_, err := r.LookupMX(ctx, host)
	return dns.IsNotFound(err)
}

// aligned reports whether proof for one domain speaks for another: equal, or
// of one organisation (RFC 7489 3.1).
func aligned(proven, from string, strict bool) bool {
	if proven == "" || from == "" {
		return false
	}
	if strict {
		return proven == from
	}
	return orgDomain(proven) == orgDomain(from)
}

// orgDomain is the domain somebody registered: one label below the public
// suffix. A public suffix is its own.
func orgDomain(host string) string { return domain.Org(host) }
