package feed

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"
)

// packed is what stands before the sums of a packed list. Version changes when
// entries are compared in another way: an old copy would then find nothing.
type packed struct {
	Version int
	List    *List
}

const packVersion = 1

// ErrPacked says that bytes are no list that this version understands.
var ErrPacked = errors.New("feed: not a packed list of this version")

// Pack writes a list down, for keeping: eight bytes an entry.
func (l *List) Pack() ([]byte, error) {
	head, err := json.Marshal(packed{packVersion, l})
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, 4+len(head)+8*len(l.sums))
	out = append(binary.BigEndian.AppendUint32(out, uint32(len(head))), head...)
	for _, s := range l.sums {
		out = binary.BigEndian.AppendUint64(out, s)
	}
	return out, nil
}

// Unpack reads what Pack wrote.
func Unpack(raw []byte) (*List, error) {
	if len(raw) < 4 {
		return nil, ErrPacked
	}
	n, body := int64(binary.BigEndian.Uint32(raw)), raw[4:]
	if n > int64(len(body)) {
		return nil, ErrPacked
	}
	var head packed
	if err := json.Unmarshal(body[:n], &head); err != nil || head.Version != packVersion || head.List == nil {
		return nil, ErrPacked
	}
	body = body[n:]
	l := head.List
	l.sums = make([]uint64, len(body)/8)
	for i := range l.sums {
		l.sums[i] = binary.BigEndian.Uint64(body[8*i:])
	}
	if len(body)%8 != 0 || !slices.IsSorted(l.sums) {
		return nil, ErrPacked
	}
	return l, nil
}
