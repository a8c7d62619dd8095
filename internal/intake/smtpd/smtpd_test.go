package smtpd_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/intake/smtpd"
)

// house is what stands behind the door in these tests.
type house struct {
	mu    sync.Mutex
	mails []smtpd.Delivery
	say   func(ctx context.Context, d smtpd.Delivery) error
}

func (h *house) deliver(ctx context.Context, d smtpd.Delivery) error {
	if h.say != nil {
		if err := h.say(ctx, d); err != nil {
			return err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mails = append(h.mails, d)
	return nil
}

func (h *house) got() []smtpd.Delivery {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]smtpd.Delivery(nil), h.mails...)
}

// door opens a door on loopback.
func door(t *testing.T, h *house, change func(*smtpd.Config)) (*smtpd.Server, string) {
	t.Helper()
	cfg := smtpd.Config{
		Hostname: "mx.corp.example", Addresses: []string{"report@corp.example"},
		Deliver: h.deliver, Now: time.Now, ErrorID: func() string { return "E42" },
	}
	if change != nil {
		change(&cfg)
	}
	s, err := smtpd.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = s.Shutdown(ctx)
		if err := <-served; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return s, l.Addr().String()
}

// client speaks SMTP by hand, so that it can say what no client should.
type client struct {
	t *testing.T
	c net.Conn
	r *bufio.Reader
}

func call(t *testing.T, addr string) *client {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	return &client{t: t, c: c, r: bufio.NewReader(c)}
}

// hello calls and greets.
func hello(t *testing.T, addr string) *client {
	t.Helper()
	c := call(t, addr)
	c.want("220")
	c.say("EHLO client.example", "250")
	return c
}

func (c *client) write(s string) {
	c.t.Helper()
	if _, err := c.c.Write([]byte(s)); err != nil {
		c.t.Fatal(err)
	}
}

// reply reads one whole answer, joined by newlines.
func (c *client) reply() string {
	c.t.Helper()
	var lines []string
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			c.t.Fatalf("%v after %q", err, lines)
		}
		lines = append(lines, strings.TrimSpace(line))
		if len(line) < 4 || line[3] != '-' {
			return strings.Join(lines, "\n")
		}
	}
}

func (c *client) want(prefix string) string {
	c.t.Helper()
	got := c.reply()
	if !strings.HasPrefix(got, prefix) {
		c.t.Fatalf("want %s, got %q", prefix, got)
	}
	return got
}

func (c *client) say(line, want string) string {
	c.t.Helper()
	c.write(line + "\r\n")
	return c.want(want)
}

// send hands over one text and gives the answer to its dot.
func (c *client) send(text string) string {
	c.t.Helper()
	c.say("MAIL FROM:<emma@corp.example>", "250")
	c.say("RCPT TO:<report@corp.example>", "250")
	c.say("DATA", "354")
	c.write(text + "\r\n.\r\n")
	return c.reply()
}

func TestTakesAMail(t *testing.T) {
	t.Parallel()
	h := &house{}
	_, addr := door(t, h, nil)
	c := hello(t, addr)
	if got := c.send("Subject: odd\r\n\r\n..dots\r\nfin"); !strings.HasPrefix(got, "250") {
		t.Fatal(got)
	}
	c.say("QUIT", "221")
	got := h.got()
	if len(got) != 1 {
		t.Fatalf("%d mails", len(got))
	}
	d := got[0]
	if string(d.Raw) != "Subject: odd\r\n\r\n.dots\r\nfin\r\n" || d.From != "emma@corp.example" || d.Helo != "client.example" ||
		len(d.To) != 1 || d.To[0] != "report@corp.example" || !d.RemoteIP.Equal(net.IPv4(127, 0, 0, 1)) || d.TLS {
		t.Errorf("%+v\n%q", d, d.Raw)
	}
}

func TestRecipients(t *testing.T) {
	t.Parallel()
	_, addr := door(t, &house{}, nil)
	c := hello(t, addr)
	c.say("MAIL FROM:<>", "250") // bounces come to us too
	for to, want := range map[string]string{
		"report@corp.example": "250", "REPORT@Corp.Example": "250", "report+c42@corp.example": "250", "report+@corp.example": "250",
		"reporter@corp.example": "550 5.1.1", "report@evil.example": "550 5.1.1", "x+report@corp.example": "550 5.1.1",
		"report%evil.example@corp.example": "550 5.1.1", "report@corp.example.evil.example": "550 5.1.1",
	} {
		c.write("RCPT TO:<" + to + ">\r\n")
		if got := c.reply(); !strings.HasPrefix(got, want) {
			t.Errorf("%s: want %s, got %q", to, want, got)
		}
	}
}

func TestNoRecipientNoMail(t *testing.T) {
	t.Parallel()
	_, addr := door(t, &house{}, nil)
	c := hello(t, addr)
	c.say("MAIL FROM:<a@b.example>", "250")
	c.say("RCPT TO:<who@corp.example>", "550")
	c.say("DATA", "502")
}

// Every kind of failure has its answer, and 250 is never one of them.
func TestAnswersToFailures(t *testing.T) {
	t.Parallel()
	answers := map[fault.Kind]string{
		fault.Invalid: "554 5.6.0", fault.Unauthenticated: "530 5.7.0", fault.Forbidden: "550 5.7.1",
		fault.NotFound: "550 5.1.1", fault.Conflict: "451 4.3.0", fault.TooMuch: "552 5.3.4",
		fault.Unavailable: "451 4.3.0", fault.Internal: "451 4.3.0",
	}
	h := &house{}
	_, addr := door(t, h, nil)
	c := hello(t, addr)
	for _, kind := range fault.Kinds() {
		want, ok := answers[kind]
		if !ok {
			t.Fatalf("the kind %s has no answer here", kind)
		}
		h.say = func(context.Context, smtpd.Delivery) error {
			return fmt.Errorf("storing: %w", fault.Wrap(kind, "fault.some", errors.New("a secret of the house")))
		}
		got := c.send("Subject: x\r\n\r\nx")
		if !strings.HasPrefix(got, want) || strings.Contains(got, "secret") {
			t.Errorf("%s: want %s, got %q", kind, want, got)
		}
	}
	h.say = func(context.Context, smtpd.Delivery) error {
		return fault.New(fault.TooMuch, "fault.rate", fault.Args{"retry": true})
	}
	if got := c.send("Subject: x\r\n\r\nx"); !strings.HasPrefix(got, "452 4.7.0") {
		t.Errorf("a rate: %q", got)
	}
	h.say = func(context.Context, smtpd.Delivery) error { return errors.New("disk /var/x is full") }
	if got := c.send("Subject: x\r\n\r\nx"); !strings.HasPrefix(got, "451 4.3.0") || !strings.Contains(got, "E42") || strings.Contains(got, "/var") {
		t.Errorf("an error of no kind: %q", got)
	}
	if len(h.got()) != 0 {
		t.Error("something was stored")
	}
	h.say = nil
	if got := c.send("Subject: x\r\n\r\nx"); !strings.HasPrefix(got, "250") {
		t.Errorf("afterwards: %q", got)
	}
}

func TestPanicInDeliverIsAnswered(t *testing.T) {
	t.Parallel()
	h := &house{say: func(_ context.Context, d smtpd.Delivery) error {
		if strings.Contains(string(d.Raw), "boom") {
			panic("boom")
		}
		return nil
	}}
	_, addr := door(t, h, nil)
	c := hello(t, addr)
	for range 3 {
		if got := c.send("Subject: boom\r\n\r\nx"); !strings.HasPrefix(got, "451 4.3.0") {
			t.Errorf("%q", got)
		}
	}
	if got := c.send("Subject: fine\r\n\r\nx"); !strings.HasPrefix(got, "250") {
		t.Errorf("%q", got)
	}
	if got := hello(t, addr).send("Subject: boom\r\n\r\nx"); !strings.HasPrefix(got, "451") {
		t.Errorf("%q", got)
	}
}

func TestTooBig(t *testing.T) {
	t.Parallel()
	h := &house{}
	_, addr := door(t, h, func(c *smtpd.Config) { c.MaxBytes = 1 << 20 })
	c := hello(t, addr)
	got := c.send("Subject: big\r\n\r\n" + strings.Repeat(strings.Repeat("x", 70)+"\r\n", 20_000))
	if !strings.HasPrefix(got, "552 5.3.4") || !strings.Contains(got, "1 MB") {
		t.Errorf("%q", got)
	}
	c.say("MAIL FROM:<a@b.example> SIZE=2000000", "552")
	if got := c.send("Subject: small\r\n\r\nx"); !strings.HasPrefix(got, "250") { // the same line goes on
		t.Errorf("%q", got)
	}
	c.say("MAIL FROM:<a@b.example>", "250")
	c.say("RCPT TO:<report@corp.example>", "250")
	c.write("BDAT 2000000 LAST\r\n" + strings.Repeat("x", 2_000_000))
	c.want("552")
	if len(h.got()) != 1 {
		t.Errorf("%d mails", len(h.got()))
	}
}

// What other servers take for the end of a mail is not one here: the rest would
// become a second mail with an envelope its author chose.
func TestNoSmuggling(t *testing.T) {
	t.Parallel()
	const second = "MAIL FROM:<boss@corp.example>\r\nRCPT TO:<report@corp.example>\r\nDATA\r\nSubject: forged\r\n\r\nforged"
	for _, end := range []string{"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\n.\r", "\r.\r\n", "\r\n\x00.\r\n", "\r\n.\x00\r\n"} {
		t.Run(fmt.Sprintf("%q", end), func(t *testing.T) {
			t.Parallel()
			h := &house{}
			_, addr := door(t, h, nil)
			c := hello(t, addr)
			if got := c.send("Subject: one\r\n\r\nfirst" + end + second); !strings.HasPrefix(got, "250") {
				t.Fatal(got)
			}
			c.say("NOOP", "250")
			if got := h.got(); len(got) != 1 || !strings.Contains(string(got[0].Raw), "forged") {
				t.Errorf("%d mails", len(got))
			}
		})
	}
}

func TestPipelining(t *testing.T) {
	t.Parallel()
	h := &house{}
	_, addr := door(t, h, nil)
	c := call(t, addr)
	c.want("220")
	c.write("EHLO x.example\r\nMAIL FROM:<a@corp.example>\r\nRCPT TO:<report@corp.example>\r\nRCPT TO:<no@corp.example>\r\nDATA\r\n")
	for _, code := range []string{"250", "250", "250", "550", "354"} {
		c.want(code)
	}
	c.write("Subject: a\r\n\r\na\r\n.\r\nMAIL FROM:<b@corp.example>\r\nRCPT TO:<report@corp.example>\r\nDATA\r\n")
	for _, code := range []string{"250", "250", "250", "354"} {
		c.want(code)
	}
	c.write("Subject: b\r\n\r\nb\r\n.\r\nQUIT\r\n")
	c.want("250")
	c.want("221")
	if got := h.got(); len(got) != 2 || got[1].From != "b@corp.example" {
		t.Errorf("%v", got)
	}
}

// Half a mail is no mail, whichever way it was being sent.
func TestBrokenOffMailIsNotTaken(t *testing.T) {
	t.Parallel()
	for name, part := range map[string]string{
		"text":  "DATA\r\nSubject: x\r\n\r\nhalf\r\n",
		"chunk": "BDAT 1000 LAST\r\nSubject: x\r\n\r\nhalf\r\n",
		"two":   "BDAT 3\r\nSubBDAT 1000 LAST\r\nhalf",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &house{}
			s, addr := door(t, h, nil)
			c := hello(t, addr)
			c.say("MAIL FROM:<a@corp.example>", "250")
			c.say("RCPT TO:<report@corp.example>", "250")
			c.write(part)
			_ = c.c.Close()
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			if err := s.Shutdown(ctx); err != nil { // waits for the conversation to end
				t.Error(err)
			}
			if got := h.got(); len(got) != 0 {
				t.Errorf("half a mail was taken: %q", got[0].Raw)
			}
		})
	}
}

func TestChunks(t *testing.T) {
	t.Parallel()
	h := &house{}
	_, addr := door(t, h, nil)
	c := hello(t, addr)
	c.say("MAIL FROM:<a@corp.example> BODY=BINARYMIME", "250")
	c.say("RCPT TO:<report@corp.example>", "250")
	c.write("BDAT 14\r\nSubject: x\r\n\r\n")
	c.want("250")
	c.write("BDAT 5 LAST\r\n\x00.\r\n\xff")
	c.want("250")
	if got := h.got(); len(got) != 1 || string(got[0].Raw) != "Subject: x\r\n\r\n\x00.\r\n\xff" {
		t.Errorf("%+v", got)
	}
}

// A reported mail may have lines no mail should have.
func TestLongLinesAreTaken(t *testing.T) {
	t.Parallel()
	h := &house{}
	_, addr := door(t, h, nil)
	if got := hello(t, addr).send("Subject: x\r\n\r\n" + strings.Repeat("x", 300_000)); !strings.HasPrefix(got, "250") {
		t.Fatal(got)
	}
	c := call(t, addr)
	c.want("220")
	go func() { _, _ = c.c.Write([]byte(strings.Repeat("x", 3<<20))) }()
	c.want("500") // but a command of megabytes ends the conversation
}

func TestLimits(t *testing.T) {
	t.Parallel()
	h := &house{}
	_, addr := door(t, h, func(c *smtpd.Config) { c.MaxRecipients, c.MaxCommands, c.MaxMails = 2, 10, 2 })
	c := hello(t, addr)
	c.say("MAIL FROM:<a@corp.example>", "250")
	c.say("RCPT TO:<report+1@corp.example>", "250")
	c.say("RCPT TO:<report+2@corp.example>", "250")
	c.say("RCPT TO:<report+3@corp.example>", "452")
	c.say("RSET", "250")
	c.say("MAIL FROM:<a@corp.example>", "250")
	c.say("RSET", "250")
	c.say("MAIL FROM:<a@corp.example>", "421")

	c = hello(t, addr)
	c.say("MAIL FROM:<a@corp.example>", "250")
	for range 9 {
		c.say("RCPT TO:<guess@corp.example>", "550")
	}
	c.say("RCPT TO:<guess@corp.example>", "421")
}

// A program that is stopped while it starts shuts the door before it is open.
func TestShutBeforeOpen(t *testing.T) {
	t.Parallel()
	s, err := smtpd.New(smtpd.Config{
		Hostname: "mx.corp.example", Addresses: []string{"report@corp.example"}, Deliver: (&house{}).deliver, Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(l); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// What keeps the door shut stands in the log once, by its key and the ID that
// the sender sees; nothing of the mail does.
func TestAShutDoorIsLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := &house{say: func(context.Context, smtpd.Delivery) error {
		return fault.Wrap(fault.Unavailable, "fault.disk-full", errors.New("no space left on device"))
	}}
	s, addr := door(t, h, func(c *smtpd.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	if got := hello(t, addr).send("Subject: private\r\n\r\nprivate"); !strings.HasPrefix(got, "451 4.3.0") || !strings.Contains(got, "E42") {
		t.Error(got)
	}
	if err := s.Shutdown(t.Context()); err != nil { // the log is whole
		t.Fatal(err)
	}
	text := log.String()
	if strings.Count(text, "level=WARN") != 1 || !strings.Contains(text, "key=fault.disk-full") || !strings.Contains(text, "E42") ||
		strings.Contains(text, "private") {
		t.Errorf("the log: %s", text)
	}
}
