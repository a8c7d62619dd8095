package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/httpd"
	"github.com/bienvu/bienvu/internal/intake/smtpd"
)

// patience is how long a stopping house waits for what it holds.
const patience = 30 * time.Second

// run opens the doors, works until ctx ends, then finishes what it holds: the
// doors close first, the jobs that run are done, the database closes last.
// ready is called once all doors are open.
func (h *house) run(ctx context.Context, handler http.Handler, ready func()) error {
	if err := h.listen(); err != nil { // before any work: who can't be reached does none
		return errors.Join(err, h.db.Close())
	}
	if err := h.desk.Resume(ctx); err != nil {
		return errors.Join(err, h.close())
	}
	if err := h.queue.Start(ctx); err != nil {
		return errors.Join(err, h.close())
	}
	h.working.Store(true)
	doors, err := h.open(handler)
	if err != nil {
		return errors.Join(err, h.stop(ctx))
	}
	broken := make(chan error, len(doors))
	var open sync.WaitGroup
	for _, door := range doors {
		open.Go(func() { broken <- door() })
	}
	ready()
	select {
	case <-ctx.Done():
		err = nil
	case err = <-broken:
	}
	err = errors.Join(err, h.stop(ctx))
	open.Wait()
	return err
}

// listen takes every address, unless it was taken before. Nobody is served yet:
// who knocks waits until the doors open.
func (h *house) listen() error {
	if h.atHTTP != nil {
		return nil
	}
	var err error
	if h.atHTTP, err = listen("http.address", h.cfg.HTTP.Address); err != nil {
		h.atHTTP = nil
		return err
	}
	if h.cfg.SMTP.Address == "" {
		return nil
	}
	if h.atSMTP, err = listen("smtp.address", h.cfg.SMTP.Address); err != nil {
		err = errors.Join(err, h.atHTTP.Close())
		h.atHTTP, h.atSMTP = nil, nil
	}
	return err
}

// close gives back what a house holds that never began to work.
func (h *house) close() error {
	var errs []error
	for _, l := range []net.Listener{h.atHTTP, h.atSMTP} {
		if l != nil {
			errs = append(errs, l.Close())
		}
	}
	return errors.Join(append(errs, h.db.Close())...)
}

// open gives what serves each door.
func (h *house) open(handler http.Handler) ([]func() error, error) {
	https := strings.HasPrefix(h.cfg.PublicURL(), "https:")
	h.http = httpd.Options{Log: h.log, HTTPS: https}.Server(handler)
	doors := []func() error{func() error {
		if err := h.http.Serve(h.atHTTP); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}}
	if h.atSMTP == nil {
		return doors, nil
	}
	var err error
	if h.smtp, err = h.newSMTP(); err != nil {
		return nil, errors.Join(err, h.atHTTP.Close(), h.atSMTP.Close())
	}
	return append(doors, func() error { return h.smtp.Serve(h.atSMTP) }), nil
}

func listen(key, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address) //nolint:noctx // listening does not wait
	if err != nil {
		return nil, &fault.Fault{
			Kind: fault.Unavailable, Key: "app.listen", Args: fault.Args{"key": key, "address": address, "why": innermost(err)}, Cause: err,
		}
	}
	return l, nil
}

// innermost is the reason at the bottom of an error, such as "address already in use".
func innermost(err error) error {
	for below := errors.Unwrap(err); below != nil; below = errors.Unwrap(err) {
		err = below
	}
	return err
}

func (h *house) newSMTP() (*smtpd.Server, error) {
	cfg := smtpd.Config{
		Hostname: h.cfg.SMTP.Hostname, Addresses: h.cfg.Mail.ReportAddresses, MaxBytes: h.cfg.SMTP.MaxBytes,
		Deliver: h.deliver, Log: h.log, Now: time.Now, ErrorID: httpd.ErrorID,
	}
	for _, relay := range h.desk.Org.Relays {
		_, network, err := net.ParseCIDR(relay.Masked().String())
		if err != nil {
			return nil, fmt.Errorf("smtp.trusted_relays: %w", err)
		}
		cfg.Trusted = append(cfg.Trusted, network)
	}
	if h.cfg.SMTP.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(h.cfg.SMTP.TLSCert, h.cfg.SMTP.TLSKey)
		if err != nil {
			return nil, fmt.Errorf("smtp.tls_cert: %w", err)
		}
		cfg.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	return smtpd.New(cfg)
}

// stop closes the doors, waits for the jobs that run, and closes the database.
func (h *house) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	h.working.Store(false)
	var errs []error
	if h.smtp != nil {
		errs = append(errs, h.smtp.Shutdown(ctx))
	}
	if h.http != nil {
		errs = append(errs, h.http.Shutdown(ctx))
	}
	errs = append(errs, h.queue.Stop(ctx), h.db.Close())
	h.log.InfoContext(ctx, "stopped", slog.Bool("clean", errors.Join(errs...) == nil))
	return errors.Join(errs...)
}
