package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
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
func (c *Client) Report(ctx context.Context, message io.Reader, o Options) (Receipt, error) {
	if message == nil && o.plain() {
		return Receipt{}, errors.New("client: nothing to report: give a message or a comment")
	}
	if o.plain() {
		return c.post(ctx, message, "message/rfc822")
	}
	read, write := io.Pipe()
	form := multipart.NewWriter(write)
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := o.write(form, message)
		_ = write.CloseWithError(err) // nil means the end
	}()
	receipt, err := c.post(ctx, read, form.FormDataContentType())
	_ = read.Close() // ends the writer where the desk did not read to the end
	<-done
	return receipt, err
}

func (c *Client) post(ctx context.Context, body io.Reader, contentType string) (Receipt, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v1/reports", body)
	if err != nil {
		return Receipt{}, fmt.Errorf("client: %w", err)
	}
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("Expect", "100-continue") // lets the desk say no before the upload
	var r Receipt
	return r, c.do(request, &r)
}

// write fills the form: the short fields first, so that what is wrong with them
// is told before the upload.
func (o Options) write(form *multipart.Writer, message io.Reader) error {
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
	files := o.More
	if message != nil {
		files = append([]File{{o.Name, message}}, files...)
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
