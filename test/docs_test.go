package test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// twins are the documents that exist in English and in French.
func twins(t *testing.T) [][2]string {
	t.Helper()
	english, err := filepath.Glob("../docs/handbook/en/*.md")
	french, err2 := filepath.Glob("../docs/handbook/fr/*.md")
	if err != nil || err2 != nil || len(english) == 0 {
		t.Fatal(err, err2)
	}
	if len(english) != len(french) {
		t.Errorf("the handbook has %d pages in English and %d in French", len(english), len(french))
	}
	all := [][2]string{{"../README.md", "../README.fr.md"}}
	for _, file := range english {
		all = append(all, [2]string{file, strings.Replace(file, "/en/", "/fr/", 1)})
	}
	return all
}

// documents lists every page that people read in the repository.
func documents(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("../*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{"../docs", "../examples"} {
		err := filepath.WalkDir(root, func(file string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(file, ".md") {
				all = append(all, filepath.ToSlash(file))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func text(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var (
	fences   = regexp.MustCompile("(?ms)^ *```(\\w*)\n(.*?)^ *```$")
	code     = regexp.MustCompile("`[^`]*`")
	headings = regexp.MustCompile(`(?m)^(#+) (.+)$`)
	links    = regexp.MustCompile(`\]\(([^)\s]+)\)|src="([^"]+)"`)
)

// prose is a page without its code.
func prose(page string) string {
	return code.ReplaceAllString(fences.ReplaceAllString(page, ""), "")
}

// TestDocumentsLinkToWhatIsThere follows each link between documents, to the
// heading it names.
func TestDocumentsLinkToWhatIsThere(t *testing.T) {
	t.Parallel()
	for _, file := range documents(t) {
		for _, m := range links.FindAllStringSubmatch(prose(text(t, file)), -1) {
			link := m[1] + m[2]
			if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
				continue
			}
			target, heading, named := strings.Cut(link, "#")
			to := path.Join(path.Dir(file), target)
			if target == "" {
				to = file
			}
			if _, err := os.Stat(filepath.FromSlash(to)); err != nil {
				t.Errorf("%s links to %s: %v", file, link, err)
				continue
			}
			if named && !slices.Contains(anchors(text(t, to)), heading) {
				t.Errorf("%s links to %s: there is no such heading", file, link)
			}
		}
	}
}

// anchors are the names by which the headings of a page are linked to: lower
// case, without signs, a hyphen for each space.
func anchors(page string) []string {
	var all []string
	for _, m := range headings.FindAllStringSubmatch(fences.ReplaceAllString(page, ""), -1) {
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, m[2]))
	}
	return all
}

// TestTwinsHaveTheSameSections compares what does not depend on the language.
func TestTwinsHaveTheSameSections(t *testing.T) {
	t.Parallel()
	for _, pair := range twins(t) {
		en, fr := shape(text(t, pair[0])), shape(text(t, pair[1]))
		if en != fr {
			t.Errorf("%s and %s differ:\n%s\n%s", pair[0], pair[1], en, fr)
		}
	}
}

// shape is the outline of a page: a letter for each heading, list entry, row
// of a table, picture and piece of code.
func shape(page string) string {
	page = fences.ReplaceAllString(page, "[$1]")
	var b strings.Builder
	for line := range strings.Lines(page) {
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(trimmed, "#"):
			b.WriteString("\n" + strings.TrimRight(trimmed[:strings.Index(trimmed, " ")], " ") + " ")
		case strings.HasPrefix(trimmed, "- "):
			b.WriteByte('-')
		case strings.HasPrefix(trimmed, "|"):
			b.WriteByte('|')
		case strings.HasPrefix(trimmed, "["), strings.HasPrefix(trimmed, "```"):
			b.WriteString("c")
		case strings.HasPrefix(trimmed, "![") || strings.HasPrefix(trimmed, "<img"):
			b.WriteByte('!')
		}
	}
	return b.String()
}

// TestFrenchTypography: before ; : ! ? and inside « » stands a narrow space
// that does not break.
func TestFrenchTypography(t *testing.T) {
	t.Parallel()
	wrong := regexp.MustCompile(`[^\s|][ \x{00A0}][;!?»]|[^\s|-][ \x{00A0}]:(\s|$)|«[^\x{202F}]|\w'\w|[^\s\x{202F}*>)][?!;»](\s|$)`)
	for _, pair := range twins(t) {
		for line := range strings.Lines(prose(text(t, pair[1]))) {
			line = links.ReplaceAllString(line, "")
			if bad := wrong.FindString(line); bad != "" {
				t.Errorf("%s: %q in %s", pair[1], bad, line)
			}
		}
	}
}

// TestCommandsInDocumentsExist looks each `bienvu COMMAND --flag` and each
// `make TARGET` up in the generated reference and in the Makefile.
func TestCommandsInDocumentsExist(t *testing.T) {
	t.Parallel()
	reference, makefile := text(t, "../docs/reference/commands.md"), text(t, "../Makefile")
	run := regexp.MustCompile(`(?:^|[ /])bienvu +([a-z]+)((?: [^\x60#\n]*)?)`)
	flag := regexp.MustCompile(`(?:^|\s)(--[a-z-]+)`)
	target := regexp.MustCompile(`(?:^|\x60)make ([a-z]+)`)
	seen := 0
	for _, file := range []string{"../README.md", "../README.fr.md", "../examples/README.md", "../docs/adding.md",
		"../docs/handbook/en/operator.md", "../docs/handbook/fr/operator.md"} {
		for _, line := range commandLines(text(t, file)) {
			if m := run.FindStringSubmatch(line); m != nil {
				seen++
				section := sectionOf(reference, "bienvu "+m[1])
				if section == "" {
					t.Errorf("%s: there is no command %q", file, line)
				}
				for _, f := range flag.FindAllStringSubmatch(m[2], -1) {
					if !strings.Contains(section, f[1]) {
						t.Errorf("%s: there is no flag %s in %q", file, f[1], line)
					}
				}
			}
			if m := target.FindStringSubmatch(line); m != nil && !strings.Contains(makefile, "\n"+m[1]+":") {
				t.Errorf("%s: there is no target %q", file, m[1])
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d commands found: the test does not look any more", seen)
	}
}

// commandLines are the lines of shell code, and what stands in backticks.
func commandLines(page string) []string {
	var all []string
	for _, m := range fences.FindAllStringSubmatch(page, -1) {
		if m[1] == "sh" || m[1] == "ini" {
			all = append(all, strings.Split(m[2], "\n")...)
		}
	}
	for _, m := range code.FindAllString(fences.ReplaceAllString(page, ""), -1) {
		all = append(all, strings.Trim(m, "`"))
	}
	return all
}

// sectionOf is what the reference says of a command and of those below it.
func sectionOf(reference, command string) string {
	var found strings.Builder
	for part := range strings.SplitSeq(reference, "\n## ") {
		if title, _, _ := strings.Cut(part, "\n"); title == command || strings.HasPrefix(title, command+" ") {
			found.WriteString(part)
		}
	}
	return found.String()
}

// TestDocumentsNameNoMachineOfOurs: an absolute path in a document is one of
// every machine, of the operator's, or of the desk's own pages.
func TestDocumentsNameNoMachineOfOurs(t *testing.T) {
	t.Parallel()
	absolute := regexp.MustCompile("(?m)(?:^|[\\s\"'(=`:])(/[a-z][a-z0-9_.-]*)")
	known := []string{"/etc", "/usr", "/var", "/backup", "/api", "/live", "/sign-in", "/healthz", "/readyz", "/thanks", "/outbox", "/demo", "/desk"}
	for _, file := range documents(t) {
		for _, m := range absolute.FindAllStringSubmatch(text(t, file), -1) {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s names %s", file, m[1])
			}
		}
	}
}
