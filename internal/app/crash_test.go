package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/smtp"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/post"
)

// The first invariant of the house: what was accepted is never lost, what was
// answered is never answered twice. A child process runs the real house and is
// killed (SIGKILL) at each step of the way of a report; a sender's mail server,
// played by the test, tries each report again until it hears 250, as real ones
// do. The relay that takes the answers counts them and gives each its blind
// copy back, as a real relay delivers a Bcc.

// steps are all the places where the desk calls Step.
var steps = []string{
	"receive.begin", "receive.stored-bytes", "receive.committed",
	"assess.begin", "assess.judged", "assess.committed",
	"send.claimed", "send.before-handing", "send.handing", "send.handed", "send.marked",
}

const crashVar = "BIENVU_TEST_CRASH" // "STEP DATABASE-URL DIR SMTP-ADDRESS RELAY-PORT", separated by line breaks; port 0 is the outbox

func TestMain(m *testing.M) {
	if spec := os.Getenv(crashVar); spec != "" {
		os.Exit(child(strings.Split(spec, "\n")))
	}
	os.Exit(m.Run())
}

// child is the process that dies at a step; with the step "" it lives.
func child(spec []string) int {
	step, url, dir, address, relay := spec[0], spec[1], spec[2], spec[3], spec[4]
	w := &world{env: nil, commands: &commands{}}
	set := []string{"data.dir=" + dir, "database.url=" + url, "smtp.address=" + address, "http.address=127.0.0.1:0",
		"org.name=Atelier", "org.domains=atelier.example", "org.signer=Camille", "mail.report_addresses=report@atelier.example",
		"smtp.trusted_relays=127.0.0.0/8", "dns.enabled=false", "submission.tls=none", "submission.confirm_copy=true",
		"desk.per_person_hourly_cap=1000"} // Emma reports at every step
	if relay != "0" {
		set = append(set, "submission.host=127.0.0.1", "submission.port="+relay)
	}
	loaded, err := w.load(set...)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	words, err := i18n.Load(Locales()...)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	var once sync.Once
	h, err := build(context.Background(), loaded.Config, words, slog.New(slog.NewTextHandler(os.Stderr, nil)), func(at string) {
		if at == step {
			once.Do(func() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL) })
			select {} // nothing runs on while the kill is on its way
		}
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	h.desk.Lease = time.Second
	err = h.run(context.Background(), http.NotFoundHandler(), func() { fmt.Println("ready") })
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func TestKilledAtEachStep(t *testing.T) {
	t.Parallel()
	dbtest.URLs(t, func(t *testing.T, url string) {
		for _, step := range steps {
			t.Run(step, func(t *testing.T) {
				r := newRelay(t)
				marker := kill(t, step, url, r.port, r)
				// Killed between "it may leave now" and the last dot, with a
				// server that can't be asked: nobody knows whether it left, so
				// nothing is sent again and the case waits for a person.
				first := 1
				if step == "send.handing" {
					first = 0
				}
				r.expect(t, marker, first, 1)
			})
		}
	})
}

// With the outbox, which can be asked, not even that step costs an answer.
func TestKilledWhileSendingToTheOutbox(t *testing.T) {
	t.Parallel()
	for _, step := range steps[6:] {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			r := &relay{answers: map[string]map[string]int{}}
			dir := t.TempDir()
			r.folder = filepath.Join(dir, "outbox")
			r.expect(t, kill(t, step, "sqlite:"+dir, "0", r), 1, 1)
		})
	}
}

// kill lets the process die at a step and come up again, and delivers two
// reports, whose Message-IDs begin with the marker that is returned.
func kill(t *testing.T, step, url, port string, r *relay) (marker string) {
	t.Helper()
	dir := t.TempDir()
	if at, ok := strings.CutPrefix(url, "sqlite:"); ok {
		if r.folder != "" {
			dir = at
		}
		url = "sqlite:" + filepath.Join(dir, "crash.db") // a file of its own for each step, as durable as in production
	}
	address := freeAddress(t)
	r.back = address
	p := start(t, step, url, dir, address, port)
	marker = fmt.Sprintf("%s-%d", step, time.Now().UnixNano())
	died := make(chan struct{})
	go func() {
		_ = p.Wait()
		close(died)
	}()
	// The first report meets the step and the process dies, sooner or later.
	go deliver(t, address, report(marker, 1))
	select {
	case <-died:
	case <-time.After(60 * time.Second):
		t.Fatalf("the process never came to the step %s", step)
	}
	start(t, "", url, dir, address, port)
	deliver(t, address, report(marker, 1)) // the sender's server tries again: it may have heard nothing
	deliver(t, address, report(marker, 2))
	return marker
}

// start runs the child and waits until its doors are open.
func start(t *testing.T, step, url, dir, address, relay string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), crashVar+"="+strings.Join([]string{step, url, dir, address, relay}, "\n"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		if t.Failed() {
			t.Logf("process for %q:\n%s", step, log.String())
		}
	})
	if _, err := io.ReadFull(out, make([]byte, len("ready"))); err != nil {
		_ = cmd.Wait()
		t.Fatalf("the process did not come up: %v\n%s", err, log.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return cmd
}

// freeAddress is one that nobody listens at. It lies below the ports that the
// system gives out by itself, so that no other connection takes it meanwhile.
func freeAddress(t testing.TB) string {
	t.Helper()
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 12_000+rand.IntN(20_000))
		if l, err := net.Listen("tcp", address); err == nil {
			_ = l.Close()
			return address
		}
	}
	t.Fatal("no free port was found")
	return ""
}

// deliver does what a sender's mail server does: it tries until it hears 250.
func deliver(t *testing.T, address string, raw []byte) {
	deadline := time.Now().Add(60 * time.Second)
	for {
		err := smtp.SendMail(address, nil, "emma@atelier.example", []string{"report@atelier.example"}, raw)
		if err == nil {
			return
		}
		if t.Context().Err() != nil || time.Now().After(deadline) {
			return // the test ended meanwhile, or expect tells what is missing
		}
		time.Sleep(20 * time.Millisecond) // a mail server's pause between two tries
	}
}

// report is a mail of Emma's that reports a message.
func report(marker string, n int) []byte {
	return []byte(strings.ReplaceAll(fmt.Sprintf(`From: Emma Petit <emma@atelier.example>
To: report@atelier.example
Subject: suspect
Message-ID: <%s-%d@atelier.example>
Date: Tue, 3 Mar 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Bonjour, ce message me semble bizarre, que dois-je en faire ?
--b
Content-Type: message/rfc822

From: "Votre banque" <alerte@banque-secours.example>
To: emma@atelier.example
Subject: Compte suspendu %d
Message-ID: <x%d@banque-secours.example>
Date: Tue, 3 Mar 2026 09:00:00 +0100

Votre compte est suspendu. Confirmez votre mot de passe : http://192.0.2.7/connexion
--b--
`, marker, n, n, n), "\n", "\r\n"))
}

// relay is the submission server of the test.
type relay struct {
	port   string
	back   string // where the blind copies go
	folder string // of the outbox, which takes the relay's place; "" otherwise

	mu      sync.Mutex
	answers map[string]map[string]int // report's Message-ID → answer's Message-ID → how often it was taken
}

func newRelay(t *testing.T) *relay {
	t.Helper()
	r := &relay{answers: map[string]map[string]int{}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, r.port, _ = net.SplitHostPort(l.Addr().String())
	s := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) { return &relaySession{relay: r}, nil }))
	s.Domain = "relay.example"
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return r
}

type relaySession struct {
	relay *relay
	to    []string
}

func (s *relaySession) Reset()        { s.to = nil }
func (s *relaySession) Logout() error { return nil }

func (s *relaySession) Mail(string, *gosmtp.MailOptions) error { return nil }

func (s *relaySession) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

// Data takes an answer, counts it, and delivers the blind copy.
func (s *relaySession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m := mail.Read(raw, mail.DefaultBudget())
	if len(m.InReplyTo) != 1 {
		return errors.New("an answer that answers nothing")
	}
	s.relay.mu.Lock()
	of := s.relay.answers[m.InReplyTo[0]]
	if of == nil {
		of = map[string]int{}
		s.relay.answers[m.InReplyTo[0]] = of
	}
	of[m.MessageID]++
	s.relay.mu.Unlock()
	if slices.Contains(s.to, "report@atelier.example") {
		go s.relay.bringBack(raw)
	}
	return nil
}

func (r *relay) bringBack(raw []byte) {
	for range 500 {
		if smtp.SendMail(r.back, nil, "report@atelier.example", []string{"report@atelier.example"}, raw) == nil {
			return
		}
		time.Sleep(20 * time.Millisecond) // a mail server's pause between two tries
	}
}

// expect waits until the reports have their answers and nothing more comes.
func (r *relay) expect(t *testing.T, marker string, want ...int) {
	t.Helper()
	deadline := time.Now().Add(60 * time.Second)
	for time.Now().Before(deadline) && !slices.Equal(r.counts(t, marker, len(want)), want) {
		time.Sleep(20 * time.Millisecond) // looking again
	}
	time.Sleep(500 * time.Millisecond) // would a second copy come?
	if got := r.counts(t, marker, len(want)); !slices.Equal(got, want) {
		t.Errorf("answers to each report: %v, want %v", got, want)
	}
}

// counts says how many answers each report has got.
func (r *relay) counts(t *testing.T, marker string, reports int) []int {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.folder != "" {
		r.look(t)
	}
	counts := make([]int, reports)
	for n := range counts {
		for _, times := range r.answers[marker+"-"+strconv.Itoa(n+1)+"@atelier.example"] {
			counts[n] += times
		}
	}
	return counts
}

// look reads the outbox folder.
func (r *relay) look(t *testing.T) {
	t.Helper()
	box, err := post.OpenOutbox(r.folder, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	all, err := box.List(0)
	if err != nil {
		t.Fatal(err)
	}
	clear(r.answers)
	for _, one := range all {
		_, raw, err := box.Read(one.ID)
		if err != nil {
			t.Fatal(err)
		}
		m := mail.Read(raw, mail.DefaultBudget())
		for _, id := range m.InReplyTo {
			if r.answers[id] == nil {
				r.answers[id] = map[string]int{}
			}
			r.answers[id][m.MessageID]++
		}
	}
}
