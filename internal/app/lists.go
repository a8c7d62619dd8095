package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/lists"
	"github.com/bienvu/bienvu/internal/rdap"
)

// topSites is the file of well-known sites in lists.dir.
const topSites = "topsites.txt"

// giveLists tells the desk which lists to read, and gives it the web for
// exactly that. Without such settings it has no web at all.
func giveLists(d *desk.Desk, cfg config.Lists) error {
	if err := ownLists(&d.Org.House, cfg.Dir); err != nil {
		return &fault.Fault{Kind: fault.Invalid, Key: "app.lists-unreadable", Args: fault.Args{"folder": cfg.Dir, "why": err.Error()}, Cause: err}
	}
	var allowed []string
	for _, f := range cfg.Feeds {
		one := lists.Feed{Name: f.Name, Format: feed.Format(f.Kind), URL: f.URL.Reveal(), File: f.File, Every: f.Every()}
		if one.Format == feed.MISP && one.URL != "" {
			one.URL = strings.TrimSuffix(one.URL, "/") + "/"
		}
		if one.URL != "" {
			allowed = append(allowed, one.URL)
		}
		d.Feeds = append(d.Feeds, one)
	}
	version, _ := builtFrom()
	open := func(allowed []string) fetch.Getter {
		return fetch.New(fetch.Options{Allowed: allowed, Private: cfg.Private, Agent: "Bienvu/" + version})
	}
	if len(allowed) > 0 {
		d.Web = open(allowed)
	}
	if cfg.RDAP {
		d.Domains = rdap.New(cfg.RDAPBootstrap, open)
	}
	return nil
}

var errNoFolder = errors.New("it is no folder")

// ownLists reads what an organisation knows of places and sites besides.
func ownLists(house *analysis.House, dir string) error {
	if dir == "" {
		return nil
	}
	if about, err := os.Stat(dir); err != nil || !about.IsDir() {
		return errors.Join(errNoFolder, err)
	}
	var err error
	if house.Places, err = domain.Extend(os.DirFS(dir)); err != nil {
		return err
	}
	file, err := os.Open(filepath.Join(dir, topSites))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	about, err := file.Stat()
	if err != nil {
		return err
	}
	sites, err := feed.Compile(topSites, feed.Plain, file, about.ModTime(), feed.DefaultBudget())
	if err != nil {
		return fmt.Errorf("%s: %w", topSites, err)
	}
	house.Sites = feed.NewSet(sites)
	return nil
}
