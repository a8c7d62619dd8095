package authcheck

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/dns"
)

// ARC is the outcome of RFC 8617. A passing chain says that nobody altered the
// mail since its last seal; whether a sealer is to be believed is another
// question, answered by whoever reads the result.
type ARC struct {
	Status  Status
	Seals   []Seal // by instance, the first forwarder first
	Oldest  int    // the oldest instance whose message signature still holds; 0 when none
	Reason  string // for the expert, English
	Breaker int    // the instance that broke the chain, 0 when none did
}

// Seal is one forwarder's set of three fields.
type Seal struct {
	Instance int
	Domain   string // d= of the seal, in lower case
	Chain    string // cv=: what the sealer saw of the chain before it
	Results  string // the ARC-Authentication-Results, without its i=
}

// set is the three fields of one instance.
type set struct {
	results, message, seal field
	sealTags, messageTags  tags
}

// errors of a chain's shape (RFC 8617 5.2).
var (
	errChain    = errors.New("the chain has a gap or a double")
	errChainTag = errors.New("a seal makes no sense")
	errChainCV  = errors.New("a sealer says that the chain was broken before it")
	errTooLong  = errors.New("the chain is longer than we follow")
	errSealsArc = errors.New("a message signature covers a seal")
)

// verifyARC validates the chain.
func (m *message) verifyARC(ctx context.Context, r dns.Resolver, now time.Time) ARC {
	sets, err := m.chain()
	if err != nil {
		return ARC{Status: Fail, Reason: err.Error()}
	}
	if len(sets) == 0 {
		return ARC{Status: None}
	}
	a := ARC{Status: Pass, Seals: seals(sets)}
	if i, err := checkShape(sets); err != nil {
		return a.broken(Fail, i, err)
	}
	newest := len(sets)
	for i := newest; i >= 1; i-- {
		status, err := m.messageHolds(ctx, r, sets[i-1], now)
		if i == newest && status != Pass {
			return a.broken(status, i, err)
		}
		if status != Pass {
			break // a forwarder after it changed the mail, which is what ARC is for
		}
		a.Oldest = i
	}
	for i := newest; i >= 1; i-- {
		if status, err := m.sealHolds(ctx, r, sets[:i]); status != Pass {
			return a.broken(status, i, err)
		}
	}
	return a
}

func (a ARC) broken(status Status, instance int, err error) ARC {
	if status == Policy || status == PermError {
		status = Fail // a chain that can't be checked for good is a broken one
	}
	a.Status, a.Breaker = status, instance
	a.Reason = fmt.Sprintf("instance %d: %v", instance, err)
	return a
}

// chain collects the sets. Each instance must be there, with each of its
// fields once: the classic mistake is to pair fields by their order instead.
func (m *message) chain() ([]set, error) {
	byInstance := map[int]*set{}
	count := 0
	for _, f := range m.fields {
		if !strings.HasPrefix(f.name, "arc-") {
			continue
		}
		if err := place(byInstance, f); err != nil {
			return nil, err
		}
		if count++; count > 3*maxSeals {
			return nil, errTooLong
		}
	}
	sets := make([]set, 0, len(byInstance))
	for i := 1; i <= len(byInstance); i++ {
		s := byInstance[i]
		if s == nil || s.results.raw == "" || s.message.raw == "" || s.seal.raw == "" {
			return nil, errChain
		}
		sets = append(sets, *s)
	}
	return sets, nil
}

// place puts a field into the set of its instance.
func place(byInstance map[int]*set, f field) error {
	if f.name != "arc-seal" && f.name != "arc-message-signature" && f.name != "arc-authentication-results" {
		return nil
	}
	i, t, err := instance(f)
	if err != nil {
		return err
	}
	s := byInstance[i]
	if s == nil {
		s = &set{}
		byInstance[i] = s
	}
	slot := &s.results
	switch f.name {
	case "arc-seal":
		slot, s.sealTags = &s.seal, t
	case "arc-message-signature":
		slot, s.messageTags = &s.message, t
	}
	if slot.raw != "" {
		return errChain
	}
	*slot = f
	return nil
}

// instance reads i=, and the other tags where the field is made of tags.
func instance(f field) (int, tags, error) {
	text := f.value()
	if f.name == "arc-authentication-results" {
		text, _, _ = strings.Cut(text, ";") // what follows is RFC 8601, not tags
	}
	t, err := parseTags(text)
	if err != nil {
		return 0, nil, errChainTag
	}
	i, err := strconv.Atoi(t.compact("i"))
	if err != nil || i < 1 || i > 50 {
		return 0, nil, errChainTag
	}
	return i, t, nil
}

func seals(sets []set) []Seal {
	out := make([]Seal, len(sets))
	for i, s := range sets {
		_, results, _ := strings.Cut(s.results.value(), ";")
		out[i] = Seal{
			Instance: i + 1, Domain: asciiDomain(s.sealTags.compact("d")),
			Chain: strings.ToLower(s.sealTags.compact("cv")), Results: squeeze(results),
		}
	}
	return out
}

// checkShape checks what each sealer says of the chain before it.
func checkShape(sets []set) (int, error) {
	for i, s := range sets {
		want := "pass"
		if i == 0 {
			want = "none"
		}
		if cv := strings.ToLower(s.sealTags.compact("cv")); cv != want {
			return i + 1, errChainCV
		}
		if _, ok := s.sealTags["h"]; ok {
			return i + 1, errChainTag // RFC 8617 4.1.3: a seal with h= is a failure
		}
		for _, name := range s.messageTags.list("h") {
			if strings.EqualFold(name, "arc-seal") {
				return i + 1, errSealsArc
			}
		}
	}
	return 0, nil
}

// messageHolds checks an ARC-Message-Signature: a DKIM signature without v=.
func (m *message) messageHolds(ctx context.Context, r dns.Resolver, s set, now time.Time) (Status, error) {
	sig, err := readSigned(s.message, s.messageTags)
	if err != nil {
		return PermError, err
	}
	res := m.verifySigned(ctx, r, sig, Signature{Domain: sig.domain}, now)
	if res.Status == Policy && res.Expired {
		return Pass, nil // seals tell of the past
	}
	return res.Status, errors.New(res.Reason)
}

// sealHolds checks the seal of the last of the given sets, which covers all of
// them (RFC 8617 5.1.1), in relaxed form and from the first to the last.
func (*message) sealHolds(ctx context.Context, r dns.Resolver, sets []set) (Status, error) {
	last := sets[len(sets)-1]
	kind, err := algorithm(last.sealTags)
	if err != nil {
		return PermError, err
	}
	sig, err := base64.StdEncoding.DecodeString(last.sealTags.compact("b"))
	domain := asciiDomain(last.sealTags.compact("d"))
	if err != nil || domain == "" || last.sealTags.compact("s") == "" || len(sig) == 0 {
		return PermError, errChainTag
	}
	k, status, err := fetchKey(ctx, r, domain, last.sealTags.compact("s"))
	if err != nil {
		return status, err
	}
	if k.kind != kind || !k.holds(sealedText(sets), sig) {
		return Fail, errors.New("the seal does not match")
	}
	return Pass, nil
}

func sealedText(sets []set) []byte {
	var b bytes.Buffer
	for i, s := range sets {
		b.WriteString(relaxed.header(s.results))
		b.WriteString(relaxed.header(s.message))
		if i < len(sets)-1 {
			b.WriteString(relaxed.header(s.seal))
			continue
		}
		b.WriteString(strings.TrimSuffix(relaxed.header(withoutSignature(s.seal)), "\r\n"))
	}
	return b.Bytes()
}
