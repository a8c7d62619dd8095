// Package asset holds what pages load besides themselves: one style sheet, one
// small script and the icon, all our own and built into the program.
//
// Each is served under a name that carries a fingerprint of its bytes, so
// that a browser may keep it for a year and still gets the new one at once.
package asset

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed app.css app.js icon.svg
var files embed.FS

// Prefix is the path under which Set answers.
const Prefix = "/asset/"

// Set knows every asset by its plain name and by its fingerprinted path.
type Set struct {
	paths  map[string]string // "app.css" → "/asset/app.1a2b3c4d.css"
	bodies map[string][]byte // by fingerprinted path
}

// New reads the assets built into the program.
func New() (*Set, error) {
	s := &Set{paths: map[string]string{}, bodies: map[string][]byte{}}
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("asset: %w", err)
	}
	for _, e := range entries {
		body, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, fmt.Errorf("asset: %w", err)
		}
		where := fingerprinted(e.Name(), body)
		s.paths[e.Name()], s.bodies[where] = where, body
	}
	return s, nil
}

func fingerprinted(name string, body []byte) string {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	return Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
}

// Path is where name is served, such as "/asset/app.1a2b3c4d.css"; "" when
// there is no such asset.
func (s *Set) Path(name string) string {
	if s == nil {
		return ""
	}
	return s.paths[name]
}

// ServeHTTP answers with an asset, for a browser to keep a year.
func (s *Set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, ok := s.bodies[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body)
}
