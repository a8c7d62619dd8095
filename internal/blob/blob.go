// Package blob keeps raw messages by the hash of their bytes.
//
// A raw message is evidence: it never changes, and the same bytes are kept
// once. Its address is the SHA-256 of its content, so a store can prove that
// what it gives back is what it took. When Put returns, the bytes are safe: a
// crash or a power cut after it loses nothing. Put comes before the database
// commit that names the hash; a crash between the two leaves a blob that nobody
// names, which harms nothing.
package blob

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/bienvu/bienvu/internal/fault"
)

// Locale holds the sentences of this package's faults.
//
//go:embed *.json
var Locale embed.FS

// Store keeps blobs. It is safe for concurrent use.
type Store interface {
	// Put keeps data and gives its address. Putting the same bytes again is
	// harmless. A full disk is fault.Unavailable with "fault.disk-full".
	Put(ctx context.Context, data []byte) (Hash, error)
	// Get gives the bytes back, checked against their address. Bytes that are
	// not there are fault.NotFound, changed ones are ErrChanged.
	Get(ctx context.Context, h Hash) ([]byte, error)
	// Has reports whether the bytes are there, without reading them.
	Has(ctx context.Context, h Hash) (bool, error)
}

// ErrChanged says that stored bytes no longer match their address: somebody or
// something changed them.
var ErrChanged = errors.New("blob: the stored bytes do not match their hash")

// Hash is the address of a blob: its SHA-256 in 64 lower-case hex digits.
type Hash string

// Sum is the address of data.
func Sum(data []byte) Hash {
	sum := sha256.Sum256(data)
	return Hash(hex.EncodeToString(sum[:]))
}

// Valid reports whether h has the form of an address, so that nothing else is
// ever made part of a path.
func (h Hash) Valid() bool {
	if len(h) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(h) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func missing(h Hash) error {
	return fault.Wrap(fault.NotFound, "fault.blob-missing", fmt.Errorf("blob: no %q", h))
}

func checked(h Hash, data []byte) ([]byte, error) {
	if Sum(data) != h {
		return nil, fmt.Errorf("%w: %s", ErrChanged, h)
	}
	return data, nil
}
