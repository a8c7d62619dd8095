package tnef_test

import (
	"encoding/binary"
	"testing"

	"github.com/bienvu/bienvu/internal/mail/tnef"
)

// TestManyNothings lets each of many properties hold a million values of no
// bytes: going through them would take an hour.
func TestManyNothings(t *testing.T) {
	t.Parallel()
	le := binary.LittleEndian
	const n = 200_000
	table := le.AppendUint32(nil, n)
	for range n {
		table = le.AppendUint32(append(table, 0x01, 0x10, 0x37, 0x00), 1<<30) // PtypMultipleNull
	}
	raw := append([]byte{0x78, 0x9f, 0x3e, 0x22, 0, 0, 1}, 0x03, 0x90, 0x06, 0x00)
	raw = append(le.AppendUint32(raw, uint32(len(table))), table...)
	c, err := tnef.Read(append(raw, 0, 0), 0)
	if err != nil || c.Cut {
		t.Errorf("%v, cut %v", err, c.Cut)
	}
}
