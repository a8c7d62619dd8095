package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/dns"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/id"
	"github.com/bienvu/bienvu/internal/intake/smtpd"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/queue"
	"github.com/bienvu/bienvu/internal/reply"
)

// house is the whole product, wired.
type house struct {
	cfg    config.Config
	log    *slog.Logger
	db     *db.DB
	queue  *queue.Queue
	desk   *desk.Desk
	outbox *post.Outbox // nil when a server takes our letters
	smtp   *smtpd.Server
	http   *http.Server

	atHTTP, atSMTP net.Listener // where the doors will open; nil before listen

	working atomic.Bool // the queue runs
	room    probe       // for messages
}

// build wires a house. now and step are seams for tests; both may be nil.
func build(ctx context.Context, cfg config.Config, words *i18n.Catalogue, log *slog.Logger, step func(string)) (*house, error) {
	h := &house{cfg: cfg, log: log}
	var err error
	if h.db, err = db.Open(ctx, cfg.DatabaseURL()); err != nil {
		return nil, err
	}
	if h.queue, err = queue.New(ctx, h.db, log, queue.Options{}); err != nil {
		return nil, errors.Join(err, h.db.Close())
	}
	if h.desk, err = h.newDesk(words, step); err != nil {
		return nil, errors.Join(err, h.db.Close())
	}
	h.desk.Handle(h.queue)
	return h, nil
}

func (h *house) newDesk(words *i18n.Catalogue, step func(string)) (*desk.Desk, error) {
	key, err := config.SigningKey(h.cfg.SecretKeyFile(), rand.Reader)
	if err != nil {
		return nil, err
	}
	blobs, err := blob.NewDisk(filepath.Join(h.cfg.Data.Dir, "messages"))
	if err != nil {
		return nil, err
	}
	h.room.ask = blobs.Writable
	sender, err := h.sender()
	if err != nil {
		return nil, err
	}
	org, err := organisation(h.cfg)
	if err != nil {
		return nil, err
	}
	ids := id.NewMaker(rand.Reader)
	process, err := ids.New(time.Now())
	d := &desk.Desk{
		DB: h.db, Blobs: blobs, Jobs: h.queue, Words: words, DNS: h.resolver(), Sender: sender, Org: org, IDs: ids, Random: rand.Reader,
		Now: time.Now, Log: h.log, Key: key, Process: process, Step: step, Room: semaphore.NewWeighted(desk.RoomBytes),
	}
	return d, errors.Join(err, giveLists(d, h.cfg.Lists))
}

// sender is the submission server, or the outbox folder when none is set.
func (h *house) sender() (post.Sender, error) {
	s := h.cfg.Submission
	if s.Host == "" {
		var err error
		h.outbox, err = post.OpenOutbox(filepath.Join(h.cfg.Data.Dir, "outbox"), time.Now)
		return h.outbox, err
	}
	security := map[string]post.Security{"implicit": post.TLS, "none": post.Plain}[s.TLS]
	submission := &post.Submission{
		Addr: net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), Security: security, AllowPlain: security == post.Plain,
		User: s.Username, Password: s.Password.Reveal(), Hello: h.cfg.SMTP.Hostname,
	}
	if s.ConfirmCopy {
		submission.Copy = h.cfg.Mail.ReportAddresses[0]
	}
	return submission, nil
}

const (
	dnsTimeout = 5 * time.Second
	dnsTTL     = 5 * time.Minute
	dnsNames   = 10_000
)

func (h *house) resolver() dns.Resolver {
	if !h.cfg.DNS.Enabled {
		return nil
	}
	return dns.NewCache(dns.System(dnsTimeout), dnsTTL, dnsNames, time.Now)
}

// organisation turns the settings into what the desk works with.
func organisation(cfg config.Config) (desk.Org, error) {
	zone, err := time.LoadLocation(cfg.Org.Timezone)
	if err != nil {
		return desk.Org{}, fmt.Errorf("org.timezone: %w", err)
	}
	relays, err := prefixes(cfg.SMTP.TrustedRelays)
	if err != nil {
		return desk.Org{}, fmt.Errorf("smtp.trusted_relays: %w", err)
	}
	house := analysis.House{
		Domains: cfg.Org.Domains, Names: cfg.Org.Leaders, Known: cfg.Org.KnownDomains, TrustedServers: cfg.Org.TrustedAuthServers,
		Risk: cfg.Risk(),
	}
	for _, e := range cfg.Org.Exercises {
		house.Exercises = append(house.Exercises, analysis.Exercise{DKIMDomain: e.DKIMDomain, IP: e.IP, Secret: e.Secret.Reveal()})
	}
	return desk.Org{
		Name: cfg.Org.Name, Domains: cfg.Org.Domains, Language: cfg.Org.Language, Form: reply.Form(cfg.Org.AddressForm), Zone: zone,
		Team:    reply.Team{Name: cfg.Org.TeamName, Signer: cfg.Org.Signer, Phone: cfg.Org.Phone},
		Account: cfg.Org.Name, Reports: cfg.Mail.ReportAddresses, From: mail.Address{Name: cfg.FromName(), Addr: cfg.From()},
		Relays: relays, House: house, AnswerAlone: cfg.Desk.AnswerAlone, NoPicture: !cfg.Desk.Picture, SafeNeedsProof: cfg.Desk.SafeNeedsProof,
		Promise:   time.Duration(cfg.Desk.PromiseMinutes) * time.Minute,
		PersonCap: cfg.Desk.PerPersonHourlyCap, ThreadCap: cfg.Desk.PerThreadHourlyCap,
		PublicURL: cfg.PublicURL(), ConfirmCopy: cfg.Submission.ConfirmCopy, MaxBytes: int(cfg.SMTP.MaxBytes),
	}, nil
}

func prefixes(list []string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, one := range list {
		if ip, err := netip.ParseAddr(one); err == nil {
			all = append(all, netip.PrefixFrom(ip, ip.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(one)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// deliver is what the SMTP door does with a mail.
func (h *house) deliver(ctx context.Context, m smtpd.Delivery) error {
	_, err := h.desk.Receive(ctx, desk.Incoming{
		Channel: cases.BySMTP, Raw: m.Raw, EnvelopeFrom: m.From, To: m.To, RemoteIP: m.RemoteIP.String(), Helo: m.Helo,
	})
	return err
}
