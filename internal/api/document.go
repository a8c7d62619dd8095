package api

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"

	"gopkg.in/yaml.v3"

	"github.com/bienvu/bienvu/internal/db"
)

// document is the OpenAPI document, as it is written.
//
//go:embed openapi.yaml
var document []byte

func (s *server) documentYAML(w http.ResponseWriter, _ call) error {
	w.Header().Set("Content-Type", "application/yaml")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(document)
	return nil
}

func (s *server) documentJSON(w http.ResponseWriter, _ call) error {
	text, err := documentAsJSON()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(text)
	return nil
}

func documentAsJSON() ([]byte, error) {
	var tree map[string]any
	if err := yaml.Unmarshal(document, &tree); err != nil {
		return nil, fmt.Errorf("api: document: %w", err)
	}
	return json.MarshalIndent(tree, "", "  ")
}

// health says whether a report could be taken now.
func (s *server) health(w http.ResponseWriter, c call) error {
	err := s.DB.Read(c.Context(), func(tx *db.Tx) error {
		_, err := db.One(c.Context(), tx, db.Scan[int], `SELECT 1`)
		return err
	})
	if err == nil && s.Ready != nil {
		err = s.Ready(c.Context())
	}
	if err != nil {
		return err
	}
	write(w, http.StatusOK, "application/json", map[string]string{"status": "ok"})
	return nil
}
