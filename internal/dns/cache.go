package dns

import (
	"container/list"
	"context"
	"net"
	"slices"
	"strings"
	"sync"
	"time"
)

// Cache remembers answers of another resolver: each for at most its TTL, and
// at most a number of them, the least lately used leaving first. "No such name"
// is remembered too; a failure is not, as it may pass. Safe for concurrent use.
//
// Go's resolver does not tell the records' own time to live, so the bound
// stands in for it: keep it short (minutes).
type Cache struct {
	next Resolver
	ttl  time.Duration
	size int
	now  func() time.Time

	mu    sync.Mutex
	known map[string]*list.Element
	order *list.List // of *memory, the latest used in front
}

type memory struct {
	key   string
	value any
	err   error
	until time.Time
}

var _ Resolver = (*Cache)(nil)

// NewCache puts a cache in front of next. A ttl or size of zero or less means
// 5 minutes and 10,000 answers.
func NewCache(next Resolver, ttl time.Duration, size int, now func() time.Time) *Cache {
	if ttl <= 0 {
		ttl = 5 * time.Minute
	}
	if size <= 0 {
		size = 10_000
	}
	return &Cache{next: next, ttl: ttl, size: size, now: now, known: map[string]*list.Element{}, order: list.New()}
}

// Len says how many answers are remembered.
func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}

func (c *Cache) recall(key string) (*memory, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.known[key]
	if !ok {
		return nil, false
	}
	m, _ := e.Value.(*memory)
	if !c.now().Before(m.until) {
		c.drop(e)
		return nil, false
	}
	c.order.MoveToFront(e)
	return m, true
}

func (c *Cache) remember(key string, value any, err error) {
	if err != nil && !IsNotFound(err) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.known[key]; ok {
		c.drop(e)
	}
	c.known[key] = c.order.PushFront(&memory{key: key, value: value, err: err, until: c.now().Add(c.ttl)})
	for c.order.Len() > c.size {
		c.drop(c.order.Back())
	}
}

func (c *Cache) drop(e *list.Element) {
	if m, ok := e.Value.(*memory); ok {
		delete(c.known, m.key)
	}
	c.order.Remove(e)
}

func cached[T any](ctx context.Context, c *Cache, kind, name string, lookup func(context.Context, string) ([]T, error)) ([]T, error) {
	key := kind + " " + strings.ToLower(strings.TrimSuffix(name, "."))
	if m, ok := c.recall(key); ok {
		value, _ := m.value.([]T)
		return slices.Clone(value), m.err
	}
	value, err := lookup(ctx, name)
	c.remember(key, slices.Clone(value), err)
	return value, err
}

// LookupTXT asks for strings.
func (c *Cache) LookupTXT(ctx context.Context, name string) ([]string, error) {
	return cached(ctx, c, "TXT", name, c.next.LookupTXT)
}

// LookupMX asks for mail servers. The servers are shared between callers.
func (c *Cache) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	return cached(ctx, c, "MX", name, c.next.LookupMX)
}

// LookupIPAddr asks for addresses.
func (c *Cache) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	return cached(ctx, c, "IP", host, c.next.LookupIPAddr)
}

// LookupAddr asks for the names of an address.
func (c *Cache) LookupAddr(ctx context.Context, addr string) ([]string, error) {
	return cached(ctx, c, "PTR", addr, c.next.LookupAddr)
}
