package paper

import (
	"compress/flate"
	"errors"
	"io"
)

// Budget is what reading the files of one message may cost. It counts bytes,
// not time, so that the same message always gives the same findings.
type Budget struct {
	Bytes   int // bytes unpacked or searched
	Entries int // files listed
	Depth   int // archives in archives

	Passwords []string // words of the message that may open its files
}

// Default is the budget of one message: 24 MiB of unpacked bytes (about a tenth
// of a second), 5,000 files, five archives deep.
func Default() *Budget { return &Budget{Bytes: 24 << 20, Entries: 5000, Depth: 5} }

// Take spends n bytes and reports whether there were as many.
func (b *Budget) Take(n int) bool {
	if n > b.Bytes {
		b.Bytes = 0
		return false
	}
	b.Bytes -= n
	return true
}

// Entry spends one file of a list and reports whether there was one left.
func (b *Budget) Entry() bool {
	b.Entries--
	return b.Entries >= 0
}

// Read reads no more than most bytes and what the budget has. It keeps what came
// before an error; whole says that everything was read.
func (b *Budget) Read(r io.Reader, most int) (out []byte, whole bool) {
	most = min(most, b.Bytes)
	out, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	whole = err == nil || errors.Is(err, io.ErrUnexpectedEOF)
	if len(out) > most {
		out, whole = out[:most], false
	}
	b.Take(len(out))
	return out, whole
}

// Inflate undoes zlib or bare deflate (RFC 1950, 1951). A checksum that is
// wrong or missing is no matter: other readers do not care either.
func (b *Budget) Inflate(packed []byte, most int) (out []byte, whole bool) {
	if len(packed) > 2 && packed[0]&0x0f == 8 && (int(packed[0])<<8+int(packed[1]))%31 == 0 {
		packed = packed[2:]
	}
	r := flate.NewReader(&reader{packed})
	defer r.Close()
	return b.Read(r, most)
}

// reader reads bytes; it is a ByteReader, which spares flate a buffer.
type reader struct{ rest []byte }

func (r *reader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *reader) ReadByte() (byte, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	c := r.rest[0]
	r.rest = r.rest[1:]
	return c, nil
}
