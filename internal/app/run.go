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
	if err := h.desk.Resume(ctx); err != nil {
		return err
	}
	if err := h.queue.Start(ctx); err != nil {
		return err
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

// open listens at every address, and gives what serves each.
func (h *house) open(handler http.Handler) ([]func() error, error) {
	web, err := listen("http.address", h.cfg.HTTP.Address)
	if err != nil {
		return nil, err
	}
	https := strings.HasPrefix(h.cfg.PublicURL(), "https:")
	h.http = httpd.Options{Log: h.log, HTTPS: https}.Server(handler)
	doors := []func() error{func() error {
		if err := h.http.Serve(web); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}}
	if h.cfg.SMTP.Address == "" {
		return doors, nil
	}
	in, err := listen("smtp.address", h.cfg.SMTP.Address)
	if err != nil {
		return nil, err
	}
	if h.smtp, err = h.newSMTP(); err != nil {
		return nil, err
	}
	return append(doors, func() error { return h.smtp.Serve(in) }), nil
}

func listen(key, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address) //nolint:noctx // listening does not wait
	if err != nil {
		return nil, &fault.Fault{Kind: fault.Unavailable, Key: "app.listen", Args: fault.Args{"key": key, "address": address}, Cause: err}
	}
	return l, nil
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
