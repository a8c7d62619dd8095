// Package httpd is what every HTTP server of the house does alike: limits and
// timeouts, a clean stop, security headers, one log line for each request, and
// an ID for each request, so that what a person saw can be found in the log.
//
// The log never holds what people send or read: no query, no body, no header,
// and instead of the path (our one-click links carry secrets in it) the pattern
// of the route that answered.
package httpd

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits of every server. A handler that streams (server-sent events) lifts the
// write deadline for itself: http.NewResponseController(w).SetWriteDeadline(time.Time{}).
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 5 * time.Minute // 50 MB over a slow line
	writeTimeout      = time.Minute
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
)

// New makes a server with the limits above around a wrapped handler (see Wrap).
// Its Shutdown finishes what is under way; streams watch Stopping and end by
// themselves, because Shutdown would wait for them.
func New(h http.Handler, log *slog.Logger) *http.Server { return Options{Log: log}.Server(h) }

// Server is New with options.
func (o Options) Server(h http.Handler) *http.Server {
	stop := make(chan struct{})
	server := &http.Server{
		Handler:           Wrap(h, o),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		BaseContext: func(net.Listener) context.Context {
			return context.WithValue(context.Background(), stopKey{}, (<-chan struct{})(stop))
		},
		ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug), // what strangers do to a port
	}
	server.RegisterOnShutdown(sync.OnceFunc(func() { close(stop) }))
	return server
}

type stopKey struct{}

// Stopping is closed when the server begins to stop; streams end then. It is
// nil (never ready) outside a Server.
func Stopping(ctx context.Context) <-chan struct{} {
	stop, _ := ctx.Value(stopKey{}).(<-chan struct{})
	return stop
}
