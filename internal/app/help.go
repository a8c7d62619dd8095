package app

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

// helpCommand is `bienvu help [COMMAND]`; Run turns it into COMMAND --help.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"${arg_command}"`
}

// help prints the help of the selected command.
func (w *world) help(_ kong.HelpOptions, call *kong.Context) error {
	node := call.Selected()
	if node == nil {
		node = call.Model.Node
	}
	writeHelp(w.stdout, w, node)
	return nil
}

// writeHelp writes what a command does, how it is called, and its parts.
func writeHelp(out io.Writer, w *world, node *kong.Node) {
	_, _ = fmt.Fprintf(out, "%s\n\n%s\n  %s\n", node.Help, w.t("app.usage-title", nil), callOf(node))
	section(out, w.t("app.commands-title", nil), commandRows(node))
	section(out, w.t("app.arguments-title", nil), argumentRows(node))
	section(out, w.t("app.flags-title", nil), flagRows(w, node))
	if node.Type == kong.ApplicationNode {
		_, _ = fmt.Fprintf(out, "\n%s\n", w.t("app.more-help", nil))
	}
}

// row is a word and what it means.
type row struct{ word, meaning string }

func section(out io.Writer, title string, rows []row) {
	if len(rows) == 0 {
		return
	}
	_, _ = fmt.Fprintf(out, "\n%s\n", title)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		_, _ = fmt.Fprintf(table, "  %s\t%s\n", r.word, r.meaning)
	}
	_ = table.Flush()
}

func commandRows(node *kong.Node) []row {
	var rows []row
	for _, child := range node.Children {
		if !child.Hidden {
			rows = append(rows, row{child.Name, child.Help})
		}
	}
	return rows
}

func argumentRows(node *kong.Node) []row {
	var rows []row
	for _, arg := range node.Positional {
		rows = append(rows, row{nameOf(arg), arg.Help})
	}
	return rows
}

// flagRows lists the flags of a command, then those of the whole program.
func flagRows(w *world, node *kong.Node) []row {
	var rows []row
	for n := node; n != nil; n = n.Parent {
		for _, flag := range n.Flags {
			meaning := flag.Help
			if flag.Name == "help" { // kong's own is English only
				meaning = w.t("help.flag_help", nil)
			}
			if !flag.Hidden {
				rows = append(rows, row{wordOf(flag), meaning})
			}
		}
	}
	return rows
}

func wordOf(flag *kong.Flag) string {
	word := "--" + flag.Name
	if flag.Short != 0 {
		word = "-" + string(flag.Short) + ", " + word
	}
	if flag.IsBool() {
		return word
	}
	return word + "=" + flag.FormatPlaceHolder()
}

// callOf writes how a command is called: bienvu analyze [--json] PATH…
func callOf(node *kong.Node) string {
	words := []string{node.FullPath()}
	for _, flag := range node.Flags {
		if !flag.Hidden && flag.Name != "help" && node.Type != kong.ApplicationNode {
			words = append(words, "["+wordOf(flag)+"]")
		}
	}
	if len(node.Children) > 0 {
		words = append(words, "COMMAND")
	}
	for _, arg := range node.Positional {
		if name := nameOf(arg); arg.Required {
			words = append(words, name)
		} else {
			words = append(words, "["+name+"]")
		}
	}
	return strings.Join(words, " ")
}

func nameOf(arg *kong.Positional) string {
	name := strings.ToUpper(arg.Name)
	if arg.IsCumulative() {
		name += "…"
	}
	return name
}
