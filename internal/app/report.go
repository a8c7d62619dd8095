package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/app/story"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/post"
)

// The demo's reporter and report address, which `bienvu report` uses where no
// other is named.
const (
	demoReporter = story.Reporter
	demoReports  = story.Report
)

// How long report waits for the answer, and how often it looks.
const (
	answerPatience = 90 * time.Second
	answerEvery    = 250 * time.Millisecond
)

// reportCommand is `bienvu report FILE`: what a person does with a suspicious
// mail, from a terminal. The file is attached to a mail of theirs, sent by
// SMTP, and the answer is read from the demo's outbox.
type reportCommand struct {
	File    string `arg:"" help:"${arg_file}"`
	From    string `placeholder:"ADDRESS" help:"${flag_from}"`
	To      string `placeholder:"ADDRESS" help:"${flag_to}"`
	SMTP    string `name:"smtp" placeholder:"ADDR" default:"127.0.0.1:2525" help:"${flag_report_smtp}"`
	HTTP    string `name:"http" placeholder:"URL" help:"${flag_report_http}"`
	Comment string `placeholder:"TEXT" help:"${flag_comment}"`
}

// Run sends the report, waits for the answer and prints it.
func (c *reportCommand) Run(ctx context.Context, w *world) error {
	c.HTTP = cmp.Or(c.HTTP, findDesk(c.SMTP))
	raw, err := c.read(w)
	if err != nil {
		return err
	}
	f := forward{
		From: cmp.Or(c.From, demoReporter), To: cmp.Or(c.To, demoReports),
		Name: filepath.Base(c.File), Original: raw, Comment: c.Comment, Now: time.Now(), Token: rand.Text(),
	}
	letter, err := f.letter()
	if err != nil {
		return err
	}
	if err := c.send(ctx, letter); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(w.stderr, w.t("app.report.sent", i18n.Args{"to": f.To, "from": f.From}))
	ctx, stop := context.WithTimeout(ctx, answerPatience)
	defer stop()
	answer, err := c.wait(ctx, letter.MessageID)
	if err != nil {
		return err
	}
	w.printf("%s\n%s\n\n", w.t("app.report.to", i18n.Args{"value": plain(answer.To)}), w.t("app.analyze.subject", i18n.Args{"value": plain(answer.Subject)}))
	for line := range strings.SplitSeq(strings.TrimRight(answer.Text, "\n"), "\n") {
		w.printf("%s\n", plain(line))
	}
	return nil
}

func (c *reportCommand) read(w *world) ([]byte, error) {
	var raw []byte
	var err error
	if c.File == "-" {
		raw, err = io.ReadAll(io.LimitReader(w.stdin, messageLimit))
	} else {
		raw, err = os.ReadFile(c.File)
	}
	if err == nil {
		return raw, nil
	}
	why := err
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		why = p.Err
	}
	return nil, &fault.Fault{Kind: fault.Invalid, Key: "app.file", Args: fault.Args{"file": c.File, "why": why}, Cause: err}
}

func (c *reportCommand) send(ctx context.Context, letter post.Mail) error {
	door := &post.Submission{Addr: c.SMTP, Security: post.Plain, AllowPlain: true}
	err := door.Send(ctx, letter, func() error { return nil })
	if fault.Is(err, fault.Unavailable) {
		return &fault.Fault{Kind: fault.Unavailable, Key: "app.report.no-door", Args: fault.Args{"smtp": c.SMTP, "why": fault.Of(err).Cause}, Cause: err}
	}
	if err != nil {
		return &fault.Fault{Kind: fault.Invalid, Key: "app.report.refused", Args: fault.Args{"smtp": c.SMTP, "why": fault.Of(err).Cause}, Cause: err}
	}
	return nil
}

// answer is one mail of the demo's outbox.
type answer struct {
	MessageID string `json:"message_id"`
	InReplyTo string `json:"in_reply_to"`
	To        string `json:"to"`
	Subject   string `json:"subject"`
	Text      string `json:"text"`
}

// wait asks the outbox until it shows an answer to our mail.
func (c *reportCommand) wait(ctx context.Context, messageID string) (answer, error) {
	tick := time.NewTicker(answerEvery)
	defer tick.Stop()
	for {
		answers, err := c.outbox(ctx, messageID)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			return answer{}, &fault.Fault{Kind: fault.Unavailable, Key: "app.report.no-outbox", Args: fault.Args{"http": c.HTTP}, Cause: err}
		case len(answers) > 0:
			return answers[0], nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return answer{}, fault.New(fault.Unavailable, "app.report.no-answer", fault.Args{"seconds": int(answerPatience.Seconds()), "http": c.HTTP})
		}
	}
}

func (c *reportCommand) outbox(ctx context.Context, messageID string) ([]answer, error) {
	address := strings.TrimRight(c.HTTP, "/") + "/outbox.json?in_reply_to=" + url.QueryEscape(messageID)
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	got, err := http.DefaultClient.Do(ask)
	if err != nil {
		return nil, err
	}
	defer func() { _ = got.Body.Close() }()
	if got.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("outbox: %s", got.Status)
	}
	var answers []answer
	return answers, json.NewDecoder(io.LimitReader(got.Body, 16<<20)).Decode(&answers)
}
