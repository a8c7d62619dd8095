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

// Maker makes identifiers. It is safe for concurrent use, and what one Maker
// makes in the same millisecond still sorts by the order it was made in.
type Maker struct {
	mu     sync.Mutex
	random io.Reader
	last   int64  // the millisecond of the newest identifier
	count  uint16 // made in that millisecond: the 12 bits of rand_a
}

// NewMaker makes identifiers from that randomness.
func NewMaker(random io.Reader) *Maker { return &Maker{random: random} }

// New gives an identifier of the moment at. It fails only when the randomness does.
func (m *Maker) New(at time.Time) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var b [16]byte
	if _, err := io.ReadFull(m.random, b[8:]); err != nil {
		return "", err
	}
	ms, count := m.step(at.UnixMilli())
	var stamp [8]byte
	binary.BigEndian.PutUint64(stamp[:], uint64(ms))
	copy(b[:6], stamp[2:])
	binary.BigEndian.PutUint16(b[6:8], 0x7000|count)
	b[8] = b[8]&0x3f | 0x80
	return format(b), nil
}

// step counts within a millisecond and moves on to the next when 4,096 are made.
func (m *Maker) step(ms int64) (int64, uint16) {
	switch {
	case ms != m.last && ms+1 != m.last: // an overflow may run one ahead
		m.last, m.count = ms, 0
	case m.count == 0x0fff:
		m.last, m.count = m.last+1, 0
	default:
		m.count++
	}
	return m.last, m.count
}

func format(b [16]byte) string {
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
