package words

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed seed
var seeds embed.FS

// Seeds gives our own training texts by language.
func Seeds() (map[string]string, error) {
	out := map[string]string{}
	files, err := seeds.ReadDir("seed")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if path.Ext(f.Name()) != ".txt" {
			continue
		}
		raw, err := seeds.ReadFile("seed/" + f.Name())
		if err != nil {
			return nil, err
		}
		out[strings.TrimSuffix(f.Name(), ".txt")] = string(raw)
	}
	return out, nil
}

// HandLabels gives the labels of messages that a person read, as CSV files.
func HandLabels() ([]string, error) {
	names, err := fs.Glob(seeds, "seed/hand-labels*.csv")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, name := range names {
		raw, err := seeds.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, string(raw))
	}
	return out, nil
}
