// Package id makes identifiers: UUIDv7 (RFC 9562 5.7), which sort by the time
// they were made. Time and randomness come from the caller, so that a history
// made with a seed has the same identifiers each time.
package id

import (
	"encoding/binary"
	"encoding/hex"
	"io"
	"sync"
	"time"
)

// Maker makes identifiers. It is safe for concurrent use.
type Maker struct {
	mu     sync.Mutex
	random io.Reader
}

// NewMaker makes identifiers from that randomness.
func NewMaker(random io.Reader) *Maker { return &Maker{random: random} }

// New gives an identifier of the moment at. It fails only when the randomness does.
func (m *Maker) New(at time.Time) (string, error) {
	var b [16]byte
	m.mu.Lock()
	_, err := io.ReadFull(m.random, b[8:])
	if err == nil {
		_, err = io.ReadFull(m.random, b[6:8])
	}
	m.mu.Unlock()
	if err != nil {
		return "", err
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli()))
	copy(b[:6], ms[2:])
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return format(b), nil
}

func format(b [16]byte) string {
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
