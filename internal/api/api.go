// Package api is the REST door: programs hand in reports and read what became
// of them.
//
// The document comes first: openapi.yaml says what there is, in words and
// examples, and a test sends every request and answer past it. A report is
// answered 201 only after desk.Receive returned, which is when it is safe.
//
// Whoever calls shows a token (package login). A personal token acts as its
// person. A service token names the reporter of each report and vouches for
// them, so such a report counts as proved; therefore it takes a right of its
// own, and the reporter must be of the organisation.
//
// Failures are problem details (RFC 9457): a sentence for the person, in their
// language, and a stable key for the program.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/login"
)

// Prefix is where the API stands; mount the handler there.
const Prefix = "/api/v1/"

// Config is what the API needs.
type Config struct {
	Desk     *desk.Desk
	DB       *db.DB
	Words    *i18n.Catalogue
	Log      *slog.Logger
	Ready    func(ctx context.Context) error // nil when a report could be taken now; a nil func asks the database alone
	MaxBytes int                             // of one request's body; what the desk takes may be less
}

// server answers the calls.
type server struct{ Config }

// call is one request, by someone who may make it.
type call struct {
	*http.Request

	who   login.Who
	token login.Token
}

// answer handles a call; an error it returns becomes a problem.
type answer func(s *server, w http.ResponseWriter, c call) error

// route is one operation of the document. It names the right it needs, or says
// that it is open to all.
type route struct {
	method, path string
	right        login.Right
	open         bool
	answer       answer
}

//nolint:gochecknoglobals // a constant table
var routes = []route{
	{method: http.MethodPost, path: "/api/v1/reports", right: login.ReportSend, answer: (*server).create},
	{method: http.MethodGet, path: "/api/v1/reports", right: login.ReportReadOwn, answer: (*server).list},
	{method: http.MethodGet, path: "/api/v1/reports/{id}", right: login.ReportReadOwn, answer: (*server).get},
	{method: http.MethodGet, path: "/api/v1/openapi.yaml", open: true, answer: (*server).documentYAML},
	{method: http.MethodGet, path: "/api/v1/openapi.json", open: true, answer: (*server).documentJSON},
	{method: http.MethodGet, path: "/api/v1/health", open: true, answer: (*server).health},
}

// New makes the handler of everything below Prefix. It expects to stand behind
// httpd.Wrap, which gives each request its ID.
func New(c Config) http.Handler {
	s := &server{Config: c}
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.HandleFunc(r.method+" "+r.path, s.serve(r))
	}
	for _, path := range paths() {
		mux.HandleFunc(path, s.wrongMethod(path))
	}
	mux.HandleFunc(Prefix, func(w http.ResponseWriter, r *http.Request) {
		s.problem(w, r, fault.New(fault.NotFound, "fault.api-no-route", nil))
	})
	return mux
}

// serve asks who calls and whether they may, and only then answers: nothing of
// a body is read for a stranger.
func (s *server) serve(r route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		c := call{Request: req}
		if !r.open {
			if err := s.admit(req.Context(), &c, r.right); err != nil {
				s.problem(w, req, err)
				return
			}
		}
		if err := r.answer(s, w, c); err != nil {
			s.problem(w, req, err)
		}
	}
}

// wrongMethod answers for a path that exists, with what can be done there.
func (s *server) wrongMethod(path string) http.HandlerFunc {
	var allow []string
	for _, r := range routes {
		if r.path == path {
			allow = append(allow, r.method)
		}
	}
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", strings.Join(allow, ", "))
		s.problemAs(w, r, http.StatusMethodNotAllowed,
			fault.New(fault.Invalid, "fault.api-method", fault.Args{"allowed": strings.Join(allow, ", ")}))
	}
}

func paths() []string {
	var all []string
	for _, r := range routes {
		if !slices.Contains(all, r.path) {
			all = append(all, r.path)
		}
	}
	return all
}
