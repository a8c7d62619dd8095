// Package web is the door for browsers: pages for the people who report, for
// the team that answers, and for the lead who reads the numbers.
//
// routes.go is the list of all that can be asked and of the right each needs;
// after it comes one file a screen. A handler reads what it shows in one
// transaction, fills the view of a page (package page) and gives back an error
// when it can't; fail.go alone turns errors into pages, in the person's
// language. A GET changes nothing, because mail scanners and browsers follow
// links by themselves; every change is a POST from our own pages.
package web

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/web/asset"
	"github.com/bienvu/bienvu/internal/web/page"
)

//go:embed locale/*.json
var locale embed.FS

// Locale holds what the handlers themselves say, in every language.
func Locale() fs.FS { return locale }

// Config is everything the pages stand on.
type Config struct {
	Desk      *desk.Desk
	DB        *db.DB
	Words     *i18n.Catalogue
	Outbox    *post.Outbox                    // the folder our letters go to; nil when a mail server takes them
	Demo      *Demo                           // nil outside the demo
	Ready     func(ctx context.Context) error // nil when the house can work; a nil func is always ready
	API       http.Handler                    // answers below /api/; nil for none
	Reference *page.APIView                   // what /api shows; nil for nothing
	Log       *slog.Logger
}

// Demo is what the demo shows besides: its doors, and how to try it.
type Demo struct {
	Doors    []Door
	SMTP     string                   // where it takes mail, such as "127.0.0.1:2525"
	Command  string                   // the command to try
	Progress func() (done, total int) // of writing the history; nil when there is none
}

// Door is one person of the demo whom one may be, in one click: by the page
// /demo, or by GET /demo/in/ROLE as printed on the terminal.
type Door struct {
	Role    login.Role // reporter, responder or lead
	Address string     // of a person who exists when the door is opened
}

// site is the pages at work.
type site struct {
	Config

	assets *asset.Set
	hasher func() (*login.Hasher, error) // made at the first password, because it takes a while
	secure bool                          // people reach us by https
	pulse  *pulse
	routes []Route
}

// hashers is how many passwords are tried at once: each takes 64 MB.
const hashers = 2

// New builds the handler of all pages.
func New(c Config) (http.Handler, error) {
	s, err := newSite(c)
	if err != nil {
		return nil, err
	}
	return s.handler()
}

func newSite(c Config) (*site, error) {
	assets, err := asset.New()
	if err != nil {
		return nil, err
	}
	s := &site{
		Config: c, assets: assets, secure: strings.HasPrefix(c.Desk.Org.PublicURL, "https:"),
		hasher: sync.OnceValues(func() (*login.Hasher, error) { return login.NewHasher(hashers) }),
		pulse:  newPulse(c.DB, time.Second),
	}
	s.routes = s.table()
	return s, nil
}

// handler puts the routes together. Forms that another site sends are refused
// before anything else looks at them (http.CrossOriginProtection).
func (s *site) handler() (http.Handler, error) {
	mux := http.NewServeMux()
	for _, route := range s.routes {
		mux.Handle(route.Method+" "+route.Pattern, s.serve(route))
	}
	mux.Handle("GET "+asset.Prefix, s.assets)
	if s.API != nil {
		mux.Handle("/api/", s.API)
	}
	mux.Handle("/", s.serve(Route{Handle: s.nothing}))
	guard := http.NewCrossOriginProtection()
	if err := guard.AddTrustedOrigin(origin(s.Desk.Org.PublicURL)); err != nil {
		return nil, err
	}
	guard.SetDenyHandler(s.serve(Route{Handle: s.foreign}))
	return guard.Handler(mux), nil
}
