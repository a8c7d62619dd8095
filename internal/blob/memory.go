package blob

import (
	"bytes"
	"context"
	"sync"
)

// Memory keeps blobs until the program ends, for tests and trials.
type Memory struct {
	mu   sync.RWMutex
	kept map[Hash][]byte
}

// NewMemory makes an empty store.
func NewMemory() *Memory { return &Memory{kept: map[Hash][]byte{}} }

// Put keeps a copy of data.
func (m *Memory) Put(ctx context.Context, data []byte) (Hash, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	h := Sum(data)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[h] = bytes.Clone(data)
	return h, nil
}

// Get gives a copy of the bytes.
func (m *Memory) Get(ctx context.Context, h Hash) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	data, ok := m.kept[h]
	if !ok {
		return nil, missing(h)
	}
	return bytes.Clone(data), nil
}

// Has reports whether the bytes are there.
func (m *Memory) Has(ctx context.Context, h Hash) (bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	_, ok := m.kept[h]
	return ok, ctx.Err()
}
