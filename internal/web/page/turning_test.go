package page

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

// turning serves one page that is a waiting page first and the answer later,
// and the stream that tells of the change.
type turning struct {
	url       string
	listening chan struct{} // closed when a page listens
	changed   chan struct{}
	answered  atomic.Bool
}

func newTurning(t *testing.T) *turning {
	t.Helper()
	d := &turning{listening: make(chan struct{}), changed: make(chan struct{})}
	f := as(frame(t, "fr", nil), "reporter", "/page")
	f.Live = "/live"
	before := Received(f, ReceivedView{First: "Inès", Report: reportStories()[0]})
	after := answerStories(f)[0].page
	var once sync.Once
	mux := http.NewServeMux()
	mux.Handle("GET /asset/", f.Assets)
	mux.HandleFunc("GET /page", func(w http.ResponseWriter, r *http.Request) {
		if d.answered.Load() {
			_ = after.Render(r.Context(), w)
			return
		}
		_ = before.Render(r.Context(), w)
	})
	mux.HandleFunc("GET /live", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, ": welcome\n\n")
		_ = http.NewResponseController(w).Flush()
		once.Do(func() { close(d.listening) })
		select {
		case <-d.changed:
			fmt.Fprint(w, "event: changed\ndata: {}\n\n")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		case <-r.Context().Done():
		}
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	d.url = srv.URL
	return d
}

func (d *turning) change() {
	d.answered.Store(true)
	close(d.changed)
}
