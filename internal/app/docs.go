package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/i18n"
)

// docsCommand is `bienvu docs DIR`: the reference pages, made from the types
// themselves, so that they are never out of date (make verify looks).
type docsCommand struct {
	Dir string `arg:"" help:"${arg_dir}"`
}

// Run writes configuration.md and commands.md into the folder.
func (c *docsCommand) Run(w *world) error {
	pages := map[string]string{"configuration.md": configurationPage(), "commands.md": commandsPage(w)}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil { //nolint:gosec // documentation is for everyone
		return fmt.Errorf("docs: %w", err)
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(c.Dir, name), []byte(text), 0o644); err != nil { //nolint:gosec // documentation is for everyone
			return fmt.Errorf("docs: %w", err)
		}
	}
	return nil
}

const configurationIntro = `# Configuration

<!-- Made by "make generate" from internal/config; changes here are lost. -->

Settings come, later ones winning, from their defaults, a YAML file (--config FILE, or BIENVU_CONFIG, or bienvu.yaml
in the current folder), the environment, and flags (--set KEY=VALUE). In the environment and in flags, lists are
separated by commas, and a list of entries is written as YAML in one line. A name or a value that is not understood
stops the start with a sentence that names it. ` + "`bienvu config`" + ` prints what is in force and where it came from.
`

func configurationPage() string {
	var b strings.Builder
	b.WriteString(configurationIntro)
	section := ""
	for _, k := range config.Describe() {
		if head, _, _ := strings.Cut(k.Name, "."); head != section {
			section = head
			fmt.Fprintf(&b, "\n## %s\n\n| setting | environment | kind | default | meaning |\n| --- | --- | --- | --- | --- |\n", head)
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s | %s |\n", k.Name, k.Env, k.Kind, code(k.Default), cell(k.Doc))
		for _, inner := range k.Fields {
			fmt.Fprintf(&b, "| `%s` | | %s | %s | %s |\n", inner.Name, inner.Kind, code(inner.Default), cell(inner.Doc))
		}
	}
	return b.String()
}

// cell writes a text so that it stays inside one cell of a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + cell(text) + "`"
}

// commandsPage is the English help of every command that people use.
func commandsPage(w *world) string {
	var b strings.Builder
	b.WriteString("# Commands\n\n<!-- Made by \"make generate\" from internal/app; changes here are lost. -->\n")
	english := &world{say: w.say, lang: "en", commands: &commands{}, stdout: &b, stderr: &b}
	parser, err := english.newParser(func(int) {})
	if err != nil {
		return err.Error()
	}
	commandSection(&b, english, parser.Model.Node, 2)
	fmt.Fprintf(&b, "\n## %s\n\n%s\n", "Exit status", english.t("app.exit-statuses", i18n.Args{}))
	return b.String()
}

// commandSection is the help of a command, then of the commands inside it. Those
// of the whole program stand beside it, deeper ones below their own.
func commandSection(b *strings.Builder, english *world, node *kong.Node, level int) {
	if node.Hidden {
		return
	}
	fmt.Fprintf(b, "\n%s %s\n\n```text\n", strings.Repeat("#", level), node.FullPath())
	writeHelp(b, english, node)
	b.WriteString("```\n")
	if node.Type != kong.ApplicationNode {
		level++
	}
	for _, child := range node.Children {
		commandSection(b, english, child, level)
	}
}
