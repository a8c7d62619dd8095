package web

import (
	"cmp"
	"path/filepath"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/lists"
	"github.com/bienvu/bienvu/internal/web/page"
)

// showLists says what others told us: each list, how much it holds, of when it
// is, and what went wrong.
func (s *site) showLists(v *visit) error {
	states := map[string]lists.State{}
	err := v.read(func(tx *db.Tx) error {
		all, err := lists.All(v.ctx, tx)
		for _, state := range all {
			states[state.Name] = state
		}
		return err
	})
	if err != nil {
		return err
	}
	view := page.ListsView{Registries: s.Desk.Domains != nil}
	for _, f := range s.Desk.Feeds {
		view.Rows = append(view.Rows, v.listRow(f, states[f.Name]))
	}
	return v.show(page.Lists(v.frame(), view))
}

func (v *visit) listRow(f lists.Feed, state lists.State) page.ListRow {
	row := page.ListRow{Name: f.Name, Kind: string(f.Format), From: cmp.Or(f.Host(), filepath.Base(f.File))}
	if state.Source != f.Source() {
		return row // what we know is of another source
	}
	row.Entries, row.Skipped, row.Cut, row.Got, row.Tried = state.Entries, state.Skipped, state.Cut, state.Got, state.Tried
	row.Old = !f.Format.Lasting() && v.now.Sub(state.Got) > feed.Fresh
	if state.Problem != "" {
		row.Problem = v.t(state.Problem, nil)
	}
	return row
}
