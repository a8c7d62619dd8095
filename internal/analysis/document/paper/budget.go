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

	Links int // links taken out of all files

	inflater io.ReadCloser // kept: making one costs as much as a small stream
}

// Default is the budget of one message: 24 MiB of unpacked bytes (about a tenth
// of a second), 5,000 files, five archives deep, 2,000 links.
func Default() *Budget { return &Budget{Bytes: 24 << 20, Entries: 5000, Depth: 5, Links: 2000} }

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

// Link spends one link of a file and reports whether there was one left.
func (b *Budget) Link() bool {
	b.Links--
	return b.Links >= 0
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
	return b.Read(b.inflate(packed), most)
}

// perStream is what unpacking costs besides its bytes, so that a million empty
// streams are not free.
const perStream = 512

func (b *Budget) inflate(packed []byte) io.Reader {
	b.Take(perStream)
	from := &reader{packed}
	if again, ok := b.inflater.(flate.Resetter); ok && again.Reset(from, nil) == nil {
		return b.inflater
	}
	b.inflater = flate.NewReader(from)
	return b.inflater
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
