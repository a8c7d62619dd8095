package story

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/bienvu/bienvu/internal/verdict"
)

//go:embed data/*.txtar
var data embed.FS

// kind is what a mail of the story really is.
type kind string

// The kinds of mail.
const (
	phishing kind = "phishing"
	genuine  kind = "genuine"
	advert   kind = "advert"
	exercise kind = "exercise"
	question kind = "question"
)

// truth is the verdict that is right for each kind; a question has none.
//
//nolint:gochecknoglobals // a constant table
var truth = map[kind]verdict.Verdict{
	phishing: verdict.Phishing, genuine: verdict.Legitimate, advert: verdict.Spam, exercise: verdict.Simulation,
}

//nolint:gochecknoglobals // a constant table
var languages = []string{"fr", "en"}

// template is one mail to be filled in. Its text may hold {variables} and
// [links](https://…); one with links is sent as HTML too.
type template struct {
	kind    kind
	lang    string
	name    string
	from    string
	replyTo string
	auth    string // what the gateway says of the sender: "pass", "fail" or "none"
	file    string // name of an attachment
	subject string
	text    string
	list    bool // names a list and how to leave it
	thread  bool // answers an earlier mail
	mark    bool // carries the mark of an exercise
}

// shelf holds all templates and phrases.
type shelf struct {
	templates map[kind]map[string][]template // by kind and language
	words     map[string]map[string][]string // by language and occasion
}

func loadShelf() (shelf, error) {
	s := shelf{templates: map[kind]map[string][]template{}, words: map[string]map[string][]string{}}
	for _, k := range []kind{phishing, genuine, advert, exercise, question} {
		s.templates[k] = map[string][]template{}
		for _, lang := range languages {
			all, err := loadTemplates(k, lang)
			if err != nil {
				return s, err
			}
			s.templates[k][lang] = all
		}
	}
	for _, lang := range languages {
		files, err := archive("words", lang)
		if err != nil {
			return s, err
		}
		s.words[lang] = map[string][]string{}
		for _, f := range files {
			s.words[lang][f.Name] = slices.DeleteFunc(strings.Split(string(f.Data), "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
		}
	}
	return s, nil
}

func archive(name, lang string) ([]txtar.File, error) {
	raw, err := data.ReadFile("data/" + name + "." + lang + ".txtar")
	if err != nil {
		return nil, fmt.Errorf("story: %w", err)
	}
	return txtar.Parse(raw).Files, nil
}

func loadTemplates(k kind, lang string) ([]template, error) {
	files, err := archive(string(k), lang)
	if err != nil {
		return nil, err
	}
	var all []template
	for _, f := range files {
		t := template{kind: k, lang: lang, name: f.Name}
		head, body, ok := strings.Cut(string(f.Data), "\n\n")
		if !ok {
			return nil, fmt.Errorf("story: %s.%s %s: no text", k, lang, f.Name)
		}
		for line := range strings.Lines(head) {
			if err := t.set(strings.TrimSpace(line)); err != nil {
				return nil, fmt.Errorf("story: %s.%s %s: %w", k, lang, f.Name, err)
			}
		}
		t.text = strings.TrimSpace(body)
		all = append(all, t)
	}
	return all, nil
}

// set reads one line of a template's head.
func (t *template) set(line string) error {
	key, value, _ := strings.Cut(line, ": ")
	texts := map[string]*string{"from": &t.from, "reply-to": &t.replyTo, "auth": &t.auth, "file": &t.file, "subject": &t.subject}
	flags := map[string]*bool{"list": &t.list, "thread": &t.thread, "mark": &t.mark}
	switch {
	case texts[key] != nil:
		*texts[key] = value
	case flags[key] != nil:
		*flags[key] = value == "yes"
	default:
		return fmt.Errorf("no such line: %q", line)
	}
	return nil
}

// ownSite reports whether each campaign of the template leads to a site of its
// own, so that no two campaigns are taken for one.
func (t template) ownSite() bool {
	for _, link := range anchor.FindAllStringSubmatch(t.text, -1) {
		if strings.Contains(link[2], "{tag}") || strings.Contains(link[2], "{shop}") {
			return true
		}
	}
	return false
}
