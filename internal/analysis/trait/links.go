package trait

import (
	"math"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// tally counts what the links of a message are.
type tally struct {
	clicks, own, plain, brand, free, tokens int
	images, imagesOwn, pictures, files      int
	imageOrgs, orgs                         map[string]int
	deepest, path, query, textWords         int
	first                                   *view.Link
	unsubscribe, button                     bool
}

// links describes where the links lead, together.
func (d *describer) links() {
	t := tally{orgs: map[string]int{}, imageOrgs: map[string]int{}}
	for i := range d.v.Links {
		l := &d.v.Links[i]
		switch {
		case l.Source == mail.LinkImage && l.Host != "":
			t.images++
			t.imageOrgs[l.Org]++
			if l.Org == d.v.Org {
				t.imagesOwn++
			}
		case l.Scheme == "mailto":
			d.set("link.mailto", 1)
		case l.Scheme == "tel":
			d.set("link.telephone", 1)
		case l.Clickable():
			d.link(&t, l)
		}
	}
	d.sum(&t)
	d.foreign(&t)
}

func (d *describer) link(t *tally, l *view.Link) {
	t.clicks++
	t.orgs[l.Org]++
	t.own += one(l.Org == d.v.Org && l.Org != "")
	t.plain += one(l.Scheme == "http")
	t.brand += one(domain.BrandOwned(l.Host))
	t.free += one(domain.FreeHost(l.Host))
	t.files += one(l.Source == mail.LinkFile)
	t.pictures += one(l.Source == mail.LinkPicture)
	t.deepest = max(t.deepest, strings.Count(l.Host, ".")-strings.Count(l.Org, "."))
	t.path, t.query = max(t.path, len(l.Path)), max(t.query, len(l.Query))
	t.tokens += one(tokenLike(l.Path) || tokenLike(l.Query))
	if t.first == nil {
		t.first = l
	}
	n := len(strings.Fields(l.Text))
	t.textWords += n
	text := strings.ToLower(l.Text)
	if strings.Contains(text, "nsubscri") || strings.Contains(text, "désabonn") || strings.Contains(text, "désinscri") || strings.Contains(text, "abmelden") || strings.Contains(text, "opt out") {
		t.unsubscribe = true
	} else if n > 0 && n <= 5 {
		t.button = true
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// tokenLike reports whether an address carries a long code.
func tokenLike(s string) bool {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("/=&-_.%?", r) }) {
		if len(part) >= 16 && digits(part) > 0 {
			return true
		}
	}
	return false
}

func (d *describer) sum(t *tally) {
	d.set("link.count", math.Min(float64(t.clicks), 50))
	d.set("link.orgs", float64(len(t.orgs)))
	d.set("link.images", math.Min(float64(t.images), 50))
	d.set("link.images-own", float64(t.imagesOwn))
	d.set("link.images-foreign", float64(t.images-t.imagesOwn))
	d.set("link.files", float64(t.files))
	d.set("link.pictures", float64(t.pictures))
	d.flag("link.unsubscribe", t.unsubscribe)
	d.flag("link.button", t.button)
	if t.clicks == 0 {
		d.set("link.own-share", -1)
		return
	}
	n := float64(t.clicks)
	d.set("link.own-share", float64(t.own)/n)
	d.set("link.plain-share", float64(t.plain)/n)
	d.set("link.brand-share", float64(t.brand)/n)
	d.set("link.free-share", float64(t.free)/n)
	d.set("link.token", float64(t.tokens)/n)
	d.set("link.text-words", float64(t.textWords)/n)
	d.set("link.depth", float64(t.deepest))
	d.set("link.path-length", float64(min(t.path, 300)))
	d.set("link.query-length", float64(min(t.query, 500)))
	d.set("link.per-word", n/float64(1+wordsIn(d.v.Words)))
	d.flag("link.first-own", t.first.Org == d.v.Org)
	most := 0
	for _, c := range t.orgs {
		most = max(most, c)
	}
	d.set("link.most-common-share", float64(most)/n)
}

// foreign looks at the links that do not lead to the sender.
func (d *describer) foreign(t *tally) {
	hosts := map[string]bool{}
	for i := range d.v.Links {
		l := &d.v.Links[i]
		if !l.Clickable() {
			continue
		}
		path := strings.ToLower(l.Path)
		d.flag("link.html-path", strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".htm"))
		d.flag("link.php-path", strings.HasSuffix(path, ".php"))
		label := l.Label()
		in, _ := Affinity(d.v.Name, label)
		if l.Org == d.v.Org {
			d.flag("link.name-in-host", in > 0.6)
			continue
		}
		d.flag("link.name-in-foreign", in > 0.6)
		d.flag("link.foreign-to-name", in < 0.3)
		d.flag("link.own-images-foreign-links", t.imagesOwn > 0)
		if hosts[l.Host] {
			continue
		}
		hosts[l.Host] = true
		d.ending("link.foreign-tld-", l.Host)
		d.set("link.foreign-digits", float64(digits(label)))
		d.set("link.foreign-label-length", float64(len(label)))
	}
	d.set("link.foreign-hosts", float64(len(hosts)))
}
