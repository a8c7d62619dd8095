package page

import "time"

// ListsView is what the team sees of the lists.
type ListsView struct {
	Rows       []ListRow
	Registries bool // registries are asked since when a domain exists
}

// ListRow is one list.
type ListRow struct {
	Name    string
	Kind    string // such as "urlhaus": feed.Format
	From    string // the server or the file, without any key
	Entries int
	Skipped int
	Cut     bool      // only the beginning was read
	Got     time.Time // of when its content is; zero before the first copy
	Tried   time.Time
	Old     bool   // its word counts little by now
	Problem string // what went wrong last, as a sentence; "" for nothing
}

func (v ListsView) entries() int {
	n := 0
	for _, r := range v.Rows {
		n += r.Entries
	}
	return n
}
