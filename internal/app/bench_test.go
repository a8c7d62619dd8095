package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/smtp"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/mail"
)

// `make bench` runs what is here. BenchmarkJudge: how many messages are judged.
// BenchmarkAnswer: how long a reporter waits. Both say what they cost in
// processor time too, which a busy machine changes little.

// BenchmarkJudge reads messages of about 20 kB from the disk, and judges them
// with all analyzers, on all cores.
func BenchmarkJudge(b *testing.B) {
	files := stored(b, made(400, 1))
	var next sync.Mutex
	i := 0
	began := processorTime()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			next.Lock()
			file := files[i%len(files)]
			i++
			next.Unlock()
			raw, err := os.ReadFile(file)
			if err != nil {
				b.Error(err)
				return
			}
			m := mail.Read(raw, mail.DefaultBudget())
			analysis.Analyze(context.Background(), analysis.Subject{Message: m, Now: m.Date})
		}
	})
	cores := float64(runtime.GOMAXPROCS(0))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/cores, "messages/s/core")
	b.ReportMetric(float64(b.N)/(processorTime()-began).Seconds(), "messages/cpu-s")
	b.ReportMetric(0, "ns/op") // says the same
}

func stored(b *testing.B, messages [][]byte) []string {
	b.Helper()
	dir := b.TempDir()
	files := make([]string, len(messages))
	for i, raw := range messages {
		files[i] = filepath.Join(dir, strconv.Itoa(i)+".eml")
		if err := os.WriteFile(files[i], raw, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return files
}

// BenchmarkDisk is what one durable write costs here: no report can be
// accepted faster.
func BenchmarkDisk(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "disk"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var took []time.Duration
	block := make([]byte, 4096)
	for b.Loop() {
		began := time.Now()
		if _, err := f.Write(block); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	percentiles(b, took, "write")
}

const (
	reportsASecond = 20
	reporters      = 200 // who take turns, so that nobody meets the hourly cap
	lastAnswer     = 60 * time.Second
)

// BenchmarkAnswer sends twenty reports a second to the whole house, each over a
// line of its own and whether or not the earlier ones were answered, and takes
// the time from DATA to "250" and from DATA to the moment when the submission
// server has the answer. Run it for 30 seconds or more (-benchtime).
func BenchmarkAnswer(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { answers(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db")) })
	b.Run("postgres", func(b *testing.B) { answers(b, dbtest.PostgresURL(b)) })
}

func answers(b *testing.B, url string) {
	s := newSink(b)
	address := openHouse(b, url, s.port)
	reported := made(400, 2)
	var (
		sending sync.WaitGroup
		mu      sync.Mutex
		data    []time.Time
		safe    []time.Duration
	)
	began := processorTime()
	every := time.NewTicker(time.Second / reportsASecond)
	defer every.Stop()
	for i := 0; b.Loop(); i++ {
		<-every.C
		mu.Lock()
		data = append(data, time.Time{})
		mu.Unlock()
		sending.Go(func() {
			from := fmt.Sprintf("p%d@atelier.example", i%reporters)
			at, took, err := hand(address, from, wrapped(from, i, reported[i%len(reported)]))
			if err != nil {
				b.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			data[i], safe = at, append(safe, took)
		})
	}
	sending.Wait()
	took := s.wait(b, data)
	b.ReportMetric(float64((processorTime()-began).Milliseconds())/float64(b.N), "cpu-ms/report")
	b.ReportMetric(float64(b.N), "reports")
	percentiles(b, safe, "safe")
	percentiles(b, took, "answered")
}

// openHouse runs the real house until the benchmark ends, and gives its SMTP address.
func openHouse(b *testing.B, url, relay string) string {
	b.Helper()
	w := &world{commands: &commands{}}
	address := freeAddress(b)
	loaded, err := w.load("data.dir="+b.TempDir(), "database.url="+url, "smtp.address="+address, "http.address=127.0.0.1:0",
		"org.name=Atelier", "org.domains=atelier.example", "org.signer=Camille", "mail.report_addresses=report@atelier.example",
		"smtp.trusted_relays=127.0.0.0/8", "dns.enabled=false", "submission.tls=none", "submission.host=127.0.0.1", "submission.port="+relay)
	if err != nil {
		b.Fatal(err)
	}
	words, err := i18n.Load(Locales()...)
	if err != nil {
		b.Fatal(err)
	}
	h, err := build(b.Context(), loaded.Config, words, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		b.Fatal(err)
	}
	durable(b, h.db)
	ctx, stop := context.WithCancel(context.Background())
	ready, stopped := make(chan struct{}), make(chan error, 1)
	go func() { stopped <- h.run(ctx, http.NotFoundHandler(), func() { close(ready) }) }()
	b.Cleanup(func() {
		stop()
		if err := <-stopped; err != nil {
			b.Error(err)
		}
	})
	select {
	case <-ready:
	case err := <-stopped:
		stopped <- err
		b.Fatal(err)
	}
	return address
}

// durable refuses to measure a PostgreSQL that does not wait for the disk: its
// figures would be of no house.
func durable(b *testing.B, d *db.DB) {
	b.Helper()
	if d.Engine() != db.Postgres {
		return
	}
	var fsync, commit string
	err := d.Read(b.Context(), func(tx *db.Tx) error {
		return tx.QueryRowContext(b.Context(), `SELECT current_setting('fsync'), current_setting('synchronous_commit')`).Scan(&fsync, &commit)
	})
	if err != nil {
		b.Fatal(err)
	}
	if fsync != "on" || commit != "on" {
		b.Skip("this PostgreSQL does not wait for the disk")
	}
}

// wrapped is a report as mail clients forward one: as an attachment.
func wrapped(from string, n int, original []byte) []byte {
	head := strings.ReplaceAll(fmt.Sprintf(`From: <%s>
To: report@atelier.example
Subject: suspect
Message-ID: <report-%d@atelier.example>
Date: Tue, 3 Mar 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=report

--report
Content-Type: text/plain; charset=utf-8

Bonjour, ce message me semble bizarre, que dois-je en faire ?
--report
Content-Type: message/rfc822

`, from, n), "\n", "\r\n")
	return slices.Concat([]byte(head), original, []byte("\r\n--report--\r\n"))
}

// hand hands a report in; it says when DATA was said, and how long after it
// "250" came.
func hand(address, from string, raw []byte) (data time.Time, took time.Duration, err error) {
	c, err := smtp.Dial(address)
	if err != nil {
		return data, 0, err
	}
	defer c.Close()
	if err := c.Mail(from); err != nil {
		return data, 0, err
	}
	if err := c.Rcpt("report@atelier.example"); err != nil {
		return data, 0, err
	}
	data = time.Now()
	w, err := c.Data()
	if err != nil {
		return data, 0, err
	}
	if _, err := w.Write(raw); err != nil {
		return data, 0, err
	}
	if err := w.Close(); err != nil {
		return data, 0, err
	}
	took = time.Since(data)
	return data, took, c.Quit()
}

// sink is a submission server that notes when it has got the first answer to
// each report.
type sink struct {
	port string

	mu  sync.Mutex
	got map[int]time.Time
	new chan struct{}
}

func newSink(b *testing.B) *sink {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &sink{got: map[int]time.Time{}, new: make(chan struct{}, 1)}
	_, s.port, _ = net.SplitHostPort(l.Addr().String())
	server := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) { return sinkSession{s}, nil }))
	server.Domain = "relay.example"
	go func() { _ = server.Serve(l) }()
	b.Cleanup(func() { _ = server.Close() })
	return s
}

type sinkSession struct{ *sink }

func (sinkSession) Reset()                                 {}
func (sinkSession) Logout() error                          { return nil }
func (sinkSession) Mail(string, *gosmtp.MailOptions) error { return nil }
func (sinkSession) Rcpt(string, *gosmtp.RcptOptions) error { return nil }

// Data takes an answer.
func (s sinkSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	now := time.Now()
	if err != nil {
		return err
	}
	_, field, _ := strings.Cut(string(raw), "In-Reply-To: <report-")
	number, _, _ := strings.Cut(field, "@")
	n, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("an answer to no report: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, again := s.got[n]; !again {
		s.got[n] = now
	}
	select {
	case s.new <- struct{}{}:
	default:
	}
	return nil
}

// wait waits for every answer, and gives the time each took since its DATA.
func (s *sink) wait(b *testing.B, data []time.Time) (took []time.Duration) {
	b.Helper()
	over := time.After(lastAnswer)
	for s.count() < len(data) {
		select {
		case <-s.new:
		case <-over:
			b.Fatalf("%d reports, %d answers", len(data), s.count())
		}
	}
	for n, at := range s.got {
		took = append(took, at.Sub(data[n]))
	}
	return took
}

func (s *sink) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.got)
}

func percentiles(b *testing.B, times []time.Duration, what string) {
	b.Helper()
	slices.Sort(times)
	for name, share := range map[string]float64{"p50": 0.5, "p99": 0.99, "max": 1} {
		at := times[int(share*float64(len(times)-1))]
		b.ReportMetric(float64(at.Microseconds())/1000, "ms-"+what+"-"+name)
	}
	b.ReportMetric(0, "ns/op") // the pace was given
}

// processorTime is what this process has used of all cores so far.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
