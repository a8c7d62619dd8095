package app

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// messageLimit is how large one message may be to be judged from the command
// line: twice what the desk accepts.
const messageLimit = 100 << 20

var errTooBig = errors.New("message too big")

// source is one message to judge, or why it can't be read.
type source struct {
	name string // the path; "#2" follows for the second message of an mbox
	raw  []byte
	err  error
}

// messages yields every message of the paths in order: files as they are given,
// folders with all below them in sorted order, "-" for stdin.
func messages(ctx context.Context, paths []string, stdin io.Reader) iter.Seq[source] {
	return func(yield func(source) bool) {
		for _, path := range paths {
			for file := range files(path) {
				if ctx.Err() != nil || !readFile(file, stdin, yield) {
					return
				}
			}
		}
	}
}

// found is a file to read, or why it can't be.
type found struct {
	path string
	err  error
}

// files yields a file itself, or all files below a folder in sorted order.
// Hidden files below a folder, and what is no file (sockets, devices), are no mail.
func files(path string) iter.Seq[found] {
	return func(yield func(found) bool) {
		info, err := os.Stat(path)
		if path == "-" || err != nil || !info.IsDir() {
			yield(found{path: path})
			return
		}
		_ = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			more := true
			switch {
			case err != nil:
				more = yield(found{name, err})
			case d.IsDir() && name != path && d.Name() == ".git":
				return fs.SkipDir
			case !d.IsDir() && isMailFile(name, d):
				more = yield(found{path: name})
			}
			if !more {
				return fs.SkipAll
			}
			return nil
		})
	}
}

func isMailFile(name string, d fs.DirEntry) bool {
	if strings.HasPrefix(d.Name(), ".") {
		return false
	}
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := os.Stat(name)
	return err != nil || info.Mode().IsRegular() // a broken link gets its line
}

// readFile yields the messages of one file; false means that nobody wants more.
func readFile(file found, stdin io.Reader, yield func(source) bool) bool {
	if file.err != nil {
		return yield(source{name: file.path, err: file.err})
	}
	if file.path == "-" {
		return split(file.path, stdin, yield)
	}
	f, err := os.Open(file.path)
	if err != nil {
		return yield(source{name: file.path, err: err})
	}
	defer func() { _ = f.Close() }()
	return split(file.path, f, yield)
}

// split yields the messages of one stream: one, or each of an mbox.
func split(name string, r io.Reader, yield func(source) bool) bool {
	if strings.EqualFold(filepath.Ext(name), ".eml") || strings.EqualFold(filepath.Ext(name), ".msg") {
		return yield(one(name, r, sizeOf(r)))
	}
	in := bufio.NewReaderSize(r, 64<<10)
	start, _ := in.Peek(512)
	if line, _, _ := bytes.Cut(start, []byte("\n")); isFromLine(line) {
		return splitMbox(name, in, yield)
	}
	return yield(one(name, in, sizeOf(r)))
}

// one reads a stream that holds one message of about size bytes.
func one(name string, r io.Reader, size int) source {
	buffer := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, err := buffer.ReadFrom(io.LimitReader(r, messageLimit+1))
	raw := buffer.Bytes()
	if err == nil && len(raw) > messageLimit {
		raw, err = nil, errTooBig
	}
	return source{name: name, raw: raw, err: err}
}

// sizeOf gives the size of a file, so that it is read in one piece; 0 when it
// can't be known.
func sizeOf(r io.Reader) int {
	f, ok := r.(*os.File)
	if !ok {
		return 0
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return int(min(info.Size(), messageLimit))
}

// splitMbox cuts an mbox (RFC 4155) where a "From " line follows an empty line.
// The messages are numbered once there is a second one.
func splitMbox(name string, in *bufio.Reader, yield func(source) bool) bool {
	var m message
	number, afterEmpty := 1, false
	for {
		line, err := in.ReadSlice('\n')
		if len(line) > 0 {
			begins := afterEmpty && isFromLine(line)
			if begins {
				line = bytes.Clone(line) // looking ahead moves the buffer below it
			}
			if begins && beginsHeader(in) {
				if !yield(m.source(name, number, true)) {
					return false
				}
				number++
				m = message{}
			}
			m.add(line)
			afterEmpty = len(bytes.TrimRight(line, "\r\n")) == 0
		}
		switch {
		case err == nil || errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return yield(m.source(name, number, number > 1))
		default:
			m.err = err
			return yield(m.source(name, number, number > 1))
		}
	}
}

// message gathers the lines of one message of an mbox.
type message struct {
	raw bytes.Buffer
	err error
}

func (m *message) add(line []byte) {
	if m.err != nil {
		return
	}
	if m.raw.Len()+len(line) > messageLimit {
		m.raw, m.err = bytes.Buffer{}, errTooBig
		return
	}
	m.raw.Write(line)
}

func (m *message) source(name string, number int, numbered bool) source {
	if numbered {
		name += "#" + strconv.Itoa(number)
	}
	return source{name: name, raw: m.raw.Bytes(), err: m.err}
}

// isFromLine knows "From address Thu Aug 22 12:36:23 2002", so that a sentence
// that begins with From does not cut a message in two.
func isFromLine(line []byte) bool {
	rest, ok := strings.CutPrefix(strings.TrimRight(string(line), "\r\n"), "From ")
	if !ok || len(rest) > 400 {
		return false
	}
	words := strings.Fields(rest)
	if len(words) < 6 {
		return false
	}
	date := strings.Join(words[1:min(len(words), 6)], " ")
	_, err := time.Parse("Mon Jan 2 15:04:05 2006", date)
	return err == nil
}

// beginsHeader reports whether what comes next looks like a header field.
func beginsHeader(in *bufio.Reader) bool {
	next, _ := in.Peek(80)
	name, _, ok := bytes.Cut(next, []byte(":"))
	return ok && len(name) > 0 && !bytes.ContainsAny(name, " \t\r\n")
}
