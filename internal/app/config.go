package app

import (
	"strings"

	"github.com/bienvu/bienvu/internal/config"
)

// configCommand is `bienvu config`: the configuration in force, as a file that
// could be used, with secrets hidden and the origin of each value.
type configCommand struct {
	Describe bool `help:"${flag_describe}"`
}

// Run prints the configuration, or with --describe what each setting means.
func (c *configCommand) Run(w *world) error {
	if c.Describe {
		w.describe()
		return nil
	}
	loaded, err := w.load()
	if err != nil {
		return err
	}
	section := ""
	for _, v := range loaded.Effective() {
		head, key, _ := strings.Cut(v.Name, ".")
		if head != section {
			w.printf("%s:\n", head)
			section = head
		}
		w.printf("  %-22s %s  # %s\n", key+":", v.Value, v.Origin)
	}
	return nil
}

func (w *world) describe() {
	for _, k := range config.Describe() {
		w.printf("%s  (%s, %s)\n    %s\n", k.Name, k.Kind, k.Env, k.Doc)
		if k.Default != "" {
			w.printf("    %s\n", w.t("app.default", map[string]any{"value": k.Default}))
		}
		for _, inner := range k.Fields {
			w.printf("    %s  (%s)\n        %s\n", inner.Name, inner.Kind, inner.Doc)
		}
	}
}
