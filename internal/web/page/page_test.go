package page

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/web/asset"
)

const heaviest = 100_000 // bytes a page may weigh

// frame is a frame in which every sentence said is noted.
func frame(t *testing.T, lang string, watch func(key string, known bool)) Frame {
	t.Helper()
	catalogue, err := i18n.Load(Locale())
	if err != nil {
		t.Fatal(err)
	}
	assets, err := asset.New()
	if err != nil {
		t.Fatal(err)
	}
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return Frame{Catalogue: catalogue, Assets: assets, Lang: lang, Org: "Bastide", Team: "l’équipe sécurité", Now: at(), Location: paris, watch: watch}
}

func render(t *testing.T, s story) string {
	t.Helper()
	var b strings.Builder
	if err := s.page.Render(t.Context(), &b); err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	return b.String()
}

func TestEveryPageInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "fr"} {
		f := frame(t, lang, func(key string, known bool) {
			if !known {
				t.Errorf("%s: no sentence for %q", lang, key)
			}
		})
		for _, s := range stories(f) {
			t.Run(lang+"/"+s.name, func(t *testing.T) {
				t.Parallel()
				checkPage(t, lang, render(t, s))
			})
		}
	}
}

func checkPage(t *testing.T, lang, text string) {
	t.Helper()
	if len(text) > heaviest {
		t.Errorf("weighs %d bytes", len(text))
	}
	if left := regexp.MustCompile(`\{[a-z]+\}`).FindString(text); left != "" {
		t.Errorf("a placeholder is left: %s", left)
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Collect(doc.Descendants())
	checkOutline(t, lang, all)
	checkNames(t, all)
	checkPolicy(t, all)
}

// checkOutline wants one h1, the language, one main and no repeated id.
func checkOutline(t *testing.T, lang string, all []*html.Node) {
	t.Helper()
	count, ids := map[string]int{}, map[string]int{}
	for _, n := range all {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
		if n.Data == "html" && attr(n, "lang") != lang {
			t.Errorf("lang is %q", attr(n, "lang"))
		}
	}
	for _, tag := range []string{"h1", "main", "title"} {
		got := count[tag]
		if tag == "title" {
			got = min(got, 1) // drawings have titles too
		}
		if got != 1 {
			t.Errorf("%d <%s>", got, tag)
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %q stands %d times", id, n)
		}
	}
	for _, n := range all {
		for _, ref := range []string{"for", "aria-labelledby", "aria-describedby", "popovertarget"} {
			for id := range strings.FieldsSeq(attr(n, ref)) {
				if ids[id] == 0 {
					t.Errorf("%s=%q leads nowhere", ref, id)
				}
			}
		}
	}
}

// checkNames wants a name for every control, picture, frame and button.
func checkNames(t *testing.T, all []*html.Node) {
	t.Helper()
	labelled := map[string]bool{}
	for _, n := range all {
		if n.Data == "label" {
			labelled[attr(n, "for")] = true
		}
	}
	for _, n := range all {
		named := attr(n, "aria-label") != "" || attr(n, "aria-labelledby") != ""
		switch n.Data {
		case "input", "textarea", "select", "progress", "meter":
			if attr(n, "type") != "hidden" && !named && !labelled[attr(n, "id")] && !within(n, "label") {
				t.Errorf("<%s name=%q> has no label", n.Data, attr(n, "name"))
			}
		case "button", "a", "summary", "h1", "h2", "h3", "legend", "th":
			if n.Type == html.ElementNode && !named && strings.TrimSpace(words(n)) == "" {
				t.Errorf("<%s> without words", n.Data)
			}
		case "img":
			if !has(n, "alt") {
				t.Error("<img> without alt")
			}
		case "iframe":
			if attr(n, "title") == "" || !has(n, "sandbox") || attr(n, "sandbox") != "" {
				t.Error("<iframe> without a title or outside the sandbox")
			}
		case "svg":
			if attr(n, "aria-hidden") != "true" && !named {
				t.Error("<svg> without a name")
			}
		}
	}
}

// checkPolicy wants nothing that default-src 'self' would refuse.
func checkPolicy(t *testing.T, all []*html.Node) {
	t.Helper()
	for _, n := range all {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "style" || n.Data == "script" && attr(n, "src") == "" {
			t.Errorf("<%s> inline", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s> inline", n.Data, a.Key)
			}
			if (a.Key == "src" || n.Data == "link" && a.Key == "href") && !strings.HasPrefix(a.Val, "/") {
				t.Errorf("<%s> fetches %q", n.Data, a.Val)
			}
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func within(n *html.Node, tag string) bool {
	for p := range n.Ancestors() {
		if p.Data == tag {
			return true
		}
	}
	return false
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func TestEverySentenceIsSaidInEveryLanguage(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	said := map[string]bool{}
	f := frame(t, "fr", func(key string, _ bool) { mu.Lock(); defer mu.Unlock(); said[key] = true })
	for _, s := range stories(f) {
		render(t, s)
	}
	for day := range 366 { // dates are said on other days than the stories'
		f.Exact(at().AddDate(0, 0, day))
	}
	said["size.bytes"], said["language.own"] = true, true // small files; said past the frame
	for _, lang := range f.Catalogue.Languages() {
		for _, key := range f.Catalogue.Keys(lang) {
			if !said[key] {
				t.Errorf("%s: %q is never said", lang, key)
			}
		}
		if keys := f.Catalogue.Keys(lang); !slices.Equal(keys, f.Catalogue.Keys("en")) {
			t.Errorf("%s: %d keys, English has %d", lang, len(keys), len(f.Catalogue.Keys("en")))
		}
	}
}

func TestTheReportedMessageStaysHarmless(t *testing.T) {
	t.Parallel()
	f := frame(t, "fr", nil)
	bad := "http://evil.example/a"
	v := caseStory()
	v.Subject = bad + "<script>"
	v.Thread[0].Text = bad
	v.Thread[0].Guest = &Guest{Headers: []GuestField{{Name: "subject", Value: bad}}, Text: "<a href=\"" + bad + "\">x</a> " + bad, Links: []GuestLink{{Text: bad, URL: bad}, {URL: "javascript:alert(1)"}}, Files: []GuestFile{{Name: bad}}}
	out := render(t, story{"case", Case(as(f, "responder", "/desk"), v)})
	if strings.Contains(out, bad) || strings.Contains(out, "evil.example") {
		t.Error("an address of the reported message can be followed or copied")
	}
	doc, err := html.Parse(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if href := attr(n, "href"); n.Data == "a" && !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "#") {
			t.Errorf("a link leads to %q", href)
		}
	}
}

// A week's traps that few people saw are not told, neither as 0 nor by the sum.
func TestFewTrapsAreNoZero(t *testing.T) {
	t.Parallel()
	f := frame(t, "en", func(string, bool) {})
	numbers := func(w Week) string {
		return render(t, story{"numbers", Numbers(f, NumbersView{Reports: 9, People: 7, Threats: 3, ThreatPeople: w.ThreatPeople, Weeks: []Week{w}})})
	}
	week := Week{Start: at(), Reports: 9, People: 7, Threats: 3, ThreatPeople: 2}
	if title := barTitle(f, week); strings.Contains(title, "trap") || !strings.Contains(title, "9") {
		t.Errorf("the bar says %q", title)
	}
	body := numbers(week)
	if strings.Contains(body, "<td>0</td>") || !strings.Contains(body, f.T("numbers.hidden")) {
		t.Error("a zero stands for what is not told")
	}
	week.ThreatPeople = 5
	body = numbers(week)
	if strings.Contains(body, f.T("numbers.hidden")) || !strings.Contains(barTitle(f, week), "3 real traps") {
		t.Error("what may be told is hidden")
	}
}
