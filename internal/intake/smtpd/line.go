package smtpd

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// line is one client's connection. It knows whether a mail is in progress, so
// that a closing house wakes the idle ones and lets the others end.
type line struct {
	net.Conn
	gate *gate
	ip   net.IP
	key  string

	peeked []byte // read ahead by gone; used by the reading side alone

	mu      sync.Mutex
	busy    bool // between MAIL and the answer to its text
	closing bool
}

// lineOf finds our line under the library's connection, encrypted or not.
func lineOf(c net.Conn) (*line, bool) {
	if encrypted, ok := c.(*tls.Conn); ok {
		c = encrypted.NetConn()
	}
	l, ok := c.(*line)
	return l, ok
}

// begin marks a mail in progress; it answers false when the house is closing.
func (l *line) begin() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy = !l.closing
	return l.busy
}

// end marks the mail as over.
func (l *line) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy = false
}

// errGone is a connection that ended. It is not io.EOF: with chunks of a stated
// size (BDAT, RFC 3030) the library would take the end of the connection for
// the end of the chunk, and half a mail for a whole one.
var errGone = errors.New("smtpd: the client has gone")

// Read is a read that never ends in io.EOF.
func (l *line) Read(b []byte) (int, error) {
	if len(l.peeked) > 0 && len(b) > 0 {
		n := copy(b, l.peeked)
		l.peeked = l.peeked[n:]
		return n, nil
	}
	n, err := l.Conn.Read(b)
	if errors.Is(err, io.EOF) {
		return n, errors.Join(errGone, net.ErrClosed)
	}
	return n, err
}

// goneWait is how long gone waits for the end of a connection. It follows the
// farewell of TLS in the same breath.
const goneWait = 20 * time.Millisecond

// gone reports whether the client has closed the connection. Inside TLS a
// farewell ends in io.EOF, which Read can't see, and which the library takes
// for the end of a chunk. It may be called only while nobody reads.
func (l *line) gone(now time.Time) bool {
	if len(l.peeked) > 0 {
		return false
	}
	var b [1]byte
	_ = l.Conn.SetReadDeadline(now.Add(goneWait))
	n, err := l.Conn.Read(b[:])
	l.peeked = append(l.peeked, b[:n]...)
	return errors.Is(err, io.EOF)
}

// past is a moment long gone: a deadline there ends a read at once.
func past() time.Time { return time.Unix(1, 0) }

// SetReadDeadline is called by the library before each command; on a closing
// house that is when an idle line learns that it is over.
func (l *line) SetReadDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closing && !l.busy {
		t = past()
	}
	return l.Conn.SetReadDeadline(t)
}

// hurry tells the line that the house is closing.
func (l *line) hurry() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closing = true
	if !l.busy {
		_ = l.Conn.SetReadDeadline(past())
	}
}

// Close ends the line.
func (l *line) Close() error {
	l.gate.leave(l)
	return l.Conn.Close()
}
