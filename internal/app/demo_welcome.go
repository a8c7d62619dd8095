package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/app/story"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/login"
)

// welcome says where to go, how to sign in, and what to try.
func (c *demoCommand) welcome(w *world, url string, told *story.Story) {
	w.printf("\n%s\n\n", w.t("app.demo.welcome", nil))
	w.printf("  %s\n  %s\n\n  %s\n", w.t("app.demo.desk", i18n.Args{"url": url}), w.t("app.demo.outbox", i18n.Args{"url": url + "/outbox"}), w.t("app.demo.doors", nil))
	for _, d := range told.Doors() {
		first, _, _ := strings.Cut(d.Name, " ")
		w.printf("    %s\n", w.t(doorSentence[d.Role], i18n.Args{"name": first, "url": url + "/demo/in/" + string(d.Role)}))
	}
	w.printf("\n  %s\n    %s\n", w.t("app.demo.try", nil), c.command(w))
	w.printf("\n  %s\n  %s\n\n", w.t("app.demo.mail", i18n.Args{"address": story.Report, "smtp": c.SMTP}), w.t("app.demo.stop", i18n.Args{"dir": c.Data}))
}

//nolint:gochecknoglobals // a constant table
var doorSentence = map[login.Role]string{
	login.Reporter: "app.demo.door.reporter", login.Responder: "app.demo.door.responder", login.Lead: "app.demo.door.lead",
}

// command is the very line to type to report a message, the way this program
// itself was started.
func (c *demoCommand) command(w *world) string {
	program := "bienvu"
	if path, err := os.Executable(); err == nil && strings.Contains(path, "go-build") {
		program = "go run ./cmd/bienvu"
	} else if err == nil && !onPath(w, filepath.Dir(path)) {
		program = path
	}
	line := program + " report"
	if c.SMTP != defaultSMTP {
		line += " --smtp " + c.SMTP
	}
	return line + " " + example(w)
}

// The addresses where nobody chose others.
const (
	defaultHTTP = "127.0.0.1:8080"
	defaultSMTP = "127.0.0.1:2525"
)

func onPath(w *world, dir string) bool {
	return slices.Contains(filepath.SplitList(getenv(w.env, "PATH")), dir)
}
