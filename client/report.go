package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
)

// Options is what goes with a report. All of it may be left out.
type Options struct {
	Name     string   // of the file, such as "message.msg"; its end tells the format where the bytes don't
	Comment  string   // what the reporter says of it
	Choice   string   // what they take it for: "phishing", "spam", "legitimate", "unknown"
	Acted    []string // what they did: "clicked", "password", "opened", "paid", "replied"
	Language string   // to answer in, such as "fr"
	Reporter string   // whose report it is; service tokens must name it, personal tokens need not
	More     []File   // further messages of the same report
}

// File is one more reported message.
type File struct {
	Name    string
	Content io.Reader
}

// plain reports whether the message can go as it is, without a form.
func (o Options) plain() bool {
	return o.Name == "" && o.Comment == "" && o.Choice == "" && len(o.Acted) == 0 && o.Language == "" && o.Reporter == "" && len(o.More) == 0
}

// Report hands in a message: an .eml, an .msg, or a zip of them, as it stands
// in its file. It is streamed, never held in memory. A nil message with a
// comment asks the team a question.
//
// Give a file or a reader with a Len method (bytes.Reader, strings.Reader)
// where you can: then the desk knows the size beforehand, and says no to what
// is too large before it is sent. Else the connection may just break.
func (c *Client) Report(ctx context.Context, message io.Reader, o Options) (Receipt, error) {
	if message == nil && o.plain() {
		return Receipt{}, errors.New("client: nothing to report: give a message or a comment")
	}
	if o.plain() {
		return c.post(ctx, message, size(message), "message/rfc822")
	}
	read, write := io.Pipe()
	form := multipart.NewWriter(write)
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := o.write(form, o.files(message))
		_ = write.CloseWithError(err) // nil means the end
	}()
	receipt, err := c.post(ctx, read, o.length(form.Boundary(), message), form.FormDataContentType())
	_ = read.Close() // ends the writer where the desk did not read to the end
	select {
	case <-done:
	case <-ctx.Done(): // message may never be read to its end
	}
	return receipt, err
}

func (c *Client) post(ctx context.Context, body io.Reader, length int64, contentType string) (Receipt, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v1/reports", body)
	if err != nil {
		return Receipt{}, fmt.Errorf("client: %w", err)
	}
	request.ContentLength = length
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("Expect", "100-continue") // lets the desk say no before the upload
	var r Receipt
	err = c.do(request, &r)
	return r, err
}

// files are the message and those that go with it.
func (o Options) files(message io.Reader) []File {
	var all []File
	if message != nil {
		all = append(all, File{o.Name, message})
	}
	return append(all, o.More...)
}

// length is how long the form is, -1 where a reader does not say.
func (o Options) length(boundary string, message io.Reader) int64 {
	var total int64
	empty := o.files(message)
	for i, f := range empty {
		n := size(f.Content)
		if n < 0 {
			return -1
		}
		total += n
		empty[i].Content = http.NoBody
	}
	var frame counter
	form := multipart.NewWriter(&frame)
	if form.SetBoundary(boundary) != nil || o.write(form, empty) != nil {
		return -1
	}
	return total + int64(frame)
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// size is how much a reader still holds, -1 where it does not say. An empty one
// counts as unknown, because of what a length of 0 means to net/http.
func size(r io.Reader) int64 {
	switch r := r.(type) {
	case interface{ Len() int }:
		if n := r.Len(); n > 0 {
			return int64(n)
		}
	case *os.File:
		info, err := r.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return -1
		}
		if at, err := r.Seek(0, io.SeekCurrent); err == nil && at < info.Size() {
			return info.Size() - at
		}
	}
	return -1
}

// write fills the form: the short fields first, so that what is wrong with them
// is told before the upload.
func (o Options) write(form *multipart.Writer, files []File) error {
	for _, field := range []struct{ name, value string }{
		{"reporter", o.Reporter}, {"language", o.Language}, {"choice", o.Choice}, {"comment", o.Comment},
	} {
		if field.value == "" {
			continue
		}
		if err := form.WriteField(field.name, field.value); err != nil {
			return err
		}
	}
	for _, act := range o.Acted {
		if err := form.WriteField("acted", act); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := attach(form, f); err != nil {
			return err
		}
	}
	return form.Close()
}

func attach(form *multipart.Writer, f File) error {
	if f.Name == "" {
		f.Name = "message.eml"
	}
	part, err := form.CreateFormFile("file", f.Name)
	if err != nil {
		return err
	}
	_, err = io.Copy(part, f.Content)
	return err
}
