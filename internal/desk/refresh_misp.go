package desk

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/lists"
)

const (
	mostEvents = 300      // of a MISP feed, the newest first: traps live for days
	mostMISP   = 64 << 20 // bytes of all of them
)

// eventName is what an event of a feed is called.
var eventName = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// events reads a MISP feed: a manifest names the events, each of which is a
// file beside it. When the manifest has not changed, no event has.
func (d *Desk) events(ctx context.Context, f lists.Feed, state lists.State, now time.Time) (obtained, error) {
	a, err := d.Web.Get(ctx, fetch.Request{URL: f.URL + "manifest.json", ETag: state.ETag, Modified: state.Modified})
	if err != nil || a.Unchanged {
		return obtained{same: true, as: now}, err
	}
	names, err := newest(a.Body)
	if err != nil {
		return obtained{}, fault.Wrap(fault.Invalid, "fault.list-unreadable", err)
	}
	var all bytes.Buffer
	for _, name := range names {
		one, err := d.Web.Get(ctx, fetch.Request{URL: f.URL + name + ".json"})
		if fault.Is(err, fault.NotFound) {
			continue // taken away since
		}
		if err != nil {
			return obtained{}, err
		}
		if all.Len()+len(one.Body) > mostMISP {
			break
		}
		all.Write(one.Body)
		all.WriteByte('\n')
	}
	return obtained{body: all.Bytes(), etag: a.ETag, modified: a.Modified, as: now}, nil
}

// event is what a manifest says of an event, as far as we need it.
type event struct {
	Timestamp json.RawMessage `json:"timestamp"` // seconds since 1970: a number or a text
}

// newest lists the events of a manifest, the newest first.
func newest(manifest []byte) ([]string, error) {
	var events map[string]event
	if err := json.Unmarshal(manifest, &events); err != nil {
		return nil, err
	}
	maps.DeleteFunc(events, func(name string, _ event) bool { return !eventName.MatchString(name) })
	names := slices.SortedFunc(maps.Keys(events), func(a, b string) int {
		return cmp.Or(cmp.Compare(seconds(events[b].Timestamp), seconds(events[a].Timestamp)), cmp.Compare(a, b))
	})
	return names[:min(len(names), mostEvents)], nil
}

// seconds reads a moment that is written as a number or as a text.
func seconds(raw json.RawMessage) int64 {
	n, err := strconv.ParseInt(string(bytes.Trim(raw, `"`)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
