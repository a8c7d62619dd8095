// Package desk holds the flows that cross rooms, one file each, readable from
// top to bottom as one would tell them to a colleague.
//
// The main path: a door calls Receive, which stores what arrived and queues
// its assessment in one write. Assess reads, judges and decides who may be
// answered. Answer composes, has the tone checked and queues the sending, in
// one write. Send hands the letter over, never twice. What the product may not
// answer alone waits on the desk, with its reason.
package desk

import (
	"context"
	"io"
	"log/slog"
	"net/netip"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/dns"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/id"
	"github.com/bienvu/bienvu/internal/lists"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/queue"
	"github.com/bienvu/bienvu/internal/rdap"
	"github.com/bienvu/bienvu/internal/reply"
)

// Jobs takes a job inside the transaction of the data it is about. The queue
// is one; the maker of histories, which does each job by hand at the time of
// its story, is another.
type Jobs interface {
	Add(ctx context.Context, tx *db.Tx, args queue.Args, opts ...queue.Option) error
}

// Org is what the organisation chose.
type Org struct {
	Name           string
	Domains        []string
	Language       string // of those who chose none
	Form           reply.Form
	Zone           *time.Location
	Team           reply.Team
	Account        string         // the account of people whose department is not known
	Reports        []string       // the addresses that take reports; the first is ours in From and Reply-To
	From           mail.Address   // who our letters come from
	Relays         []netip.Prefix // mail from these is believed to be from whom it says
	House          analysis.House
	AnswerAlone    bool          // false: a person releases every verdict
	NoPicture      bool          // letters carry no picture of the reported message
	SafeNeedsProof bool          // "it is safe" is said alone only of a sender that proved itself
	Promise        time.Duration // how long a person may take
	PersonCap      int           // letters an hour to one person
	ThreadCap      int           // letters an hour in one case
	PublicURL      string        // of the web desk, without the last slash
	ConfirmCopy    bool          // our letters carry a blind copy to ourselves, which proves that they left
	MaxBytes       int           // of one delivery
}

// Desk is everything the flows need.
type Desk struct {
	DB      *db.DB
	Blobs   blob.Store
	Jobs    Jobs
	Words   *i18n.Catalogue
	DNS     dns.Resolver // nil: no network
	Feeds   []lists.Feed // what others know to be dangerous
	Web     fetch.Getter // may get what the feeds name; nil: no network
	Domains *rdap.Client // says since when a domain exists; nil: nobody may ask
	Sender  post.Sender
	Org     Org
	IDs     *id.Maker
	Random  io.Reader // of the secrets we hand out
	Now     func() time.Time
	Log     *slog.Logger
	Key     []byte              // signs the links in our letters
	Process string              // names this running process, to tell its claims from a dead one's
	Lease   time.Duration       // how long a claim of a process that may still live is left alone; 0 means 2 minutes
	Room    *semaphore.Weighted // bytes of mail that are read at once (see RoomBytes); nil: no limit
	// Step is called at each step of the way of a report. Tests stop the
	// process there; nil does nothing.
	Step func(name string)

	known common // what every message is judged by, as this process last read it
}

// Like gives another desk with the same parts, which may then be exchanged; what
// this one has read is not shared.
func (d *Desk) Like() *Desk {
	return &Desk{
		DB: d.DB, Blobs: d.Blobs, Jobs: d.Jobs, Words: d.Words, DNS: d.DNS, Feeds: d.Feeds, Web: d.Web, Domains: d.Domains,
		Sender: d.Sender, Org: d.Org, IDs: d.IDs, Random: d.Random, Now: d.Now, Log: d.Log, Key: d.Key, Process: d.Process,
		Lease: d.Lease, Room: d.Room, Step: d.Step,
	}
}

func (d *Desk) step(name string) {
	if d.Step != nil {
		d.Step(name)
	}
}

// newID gives an identifier of the moment.
func (d *Desk) newID(now time.Time) (string, error) {
	made, err := d.IDs.New(now)
	if err != nil {
		return "", fault.Wrap(fault.Internal, "fault.internal", err)
	}
	return made, nil
}

// Handle registers the desk's jobs with a queue.
func (d *Desk) Handle(q *queue.Queue) {
	queue.Handle(q, func(ctx context.Context, j AssessJob) error { return d.Assess(ctx, j.Delivery) })
	queue.Handle(q, func(ctx context.Context, j SendJob) error { return d.Send(ctx, j.Letter) })
	queue.Handle(q, func(ctx context.Context, j AcknowledgeJob) error { return d.Acknowledge(ctx, j.Delivery) })
	queue.Handle(q, func(ctx context.Context, _ WatchJob) error { return d.Watch(ctx) })
	queue.Handle(q, func(ctx context.Context, _ RefreshJob) error { return d.Refresh(ctx) })
	queue.Handle(q, func(ctx context.Context, _ LearnJob) error { return d.LearnWhenDue(ctx) })
}

// Guard lets the queue look, now and then, for what got stuck, for lists that
// are due, and for decisions to learn from. A desk whose history is being invented does without: all of
// that is long late.
func (*Desk) Guard(q *queue.Queue) {
	q.Every(watchEvery, WatchJob{})
	q.Every(refreshEvery, RefreshJob{})
	q.Every(learnEvery, LearnJob{})
}
