package authcheck

import (
	"context"
	"errors"
	"net"
	"sync"

	"github.com/bienvu/bienvu/internal/dns"
)

// errBudget says that a mail asked for more lookups than it may.
var errBudget = errors.New("authcheck: too many lookups for one mail")

// memo remembers TXT answers for the judging of one mail, so that one key asked
// for by five signatures is one question.
type memo struct {
	next dns.Resolver
	mu   sync.Mutex
	txt  map[string]answer
}

type answer struct {
	texts []string
	err   error
}

func newMemo(next dns.Resolver) *memo { return &memo{next: next, txt: map[string]answer{}} }

// within gives a resolver that asks at most n questions.
func (m *memo) within(n int) *budget { return &budget{memo: m, left: n} }

// budget is a dns.Resolver that ends.
type budget struct {
	memo *memo
	mu   sync.Mutex
	left int
}

var _ dns.Resolver = (*budget)(nil)

func (b *budget) spend(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left <= 0 || b.memo.next == nil {
		return errBudget
	}
	b.left--
	return ctx.Err()
}

func (b *budget) LookupTXT(ctx context.Context, name string) ([]string, error) {
	b.memo.mu.Lock()
	known, ok := b.memo.txt[name]
	b.memo.mu.Unlock()
	if ok {
		return known.texts, known.err
	}
	if err := b.spend(ctx); err != nil {
		return nil, err
	}
	texts, err := b.memo.next.LookupTXT(ctx, name)
	if err == nil || dns.IsNotFound(err) {
		b.memo.mu.Lock()
		b.memo.txt[name] = answer{texts: texts, err: err}
		b.memo.mu.Unlock()
	}
	return texts, err
}

func (b *budget) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	if err := b.spend(ctx); err != nil {
		return nil, err
	}
	return b.memo.next.LookupMX(ctx, name)
}

func (b *budget) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	if err := b.spend(ctx); err != nil {
		return nil, err
	}
	return b.memo.next.LookupIPAddr(ctx, host)
}

func (b *budget) LookupAddr(ctx context.Context, addr string) ([]string, error) {
	if err := b.spend(ctx); err != nil {
		return nil, err
	}
	return b.memo.next.LookupAddr(ctx, addr)
}
