package office

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"

	"golang.org/x/net/html"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// IsXML reports whether a zip is a document of the new kind (ECMA-376) or an
// OpenDocument.
func IsXML(r *zip.Reader) bool {
	for _, f := range r.File {
		switch f.Name {
		case "[Content_Types].xml", "META-INF/manifest.xml", "word/vbaProject.bin", "xl/vbaProject.bin", "word/document.xml", "xl/workbook.xml":
			return true
		}
	}
	return false
}

// Limits of one part of a document.
const (
	mostPart     = 4 << 20
	mostEmbedded = 8 << 20
)

// ReadXML gives what a document of the new kind holds.
func ReadXML(r *zip.Reader, budget *paper.Budget) *paper.Contents {
	w := xmlWalk{c: &paper.Contents{Document: true}, budget: budget}
	for _, f := range r.File {
		if !budget.Entry() {
			w.c.Cut = true
			break
		}
		w.part(f)
	}
	if w.sheets && w.auto {
		w.c.Sign(paper.MacroAuto, "Auto_Open")
	}
	return w.c
}

// xmlWalk goes through the parts.
type xmlWalk struct {
	c            *paper.Contents
	budget       *paper.Budget
	sheets, auto bool // has sheets of macros, and a name that starts them
}

// part looks at one part by its name.
func (w *xmlWalk) part(f *zip.File) {
	low := strings.ToLower(f.Name)
	folder, file := path.Split(low)
	switch {
	case strings.HasSuffix(low, "vbaproject.bin"):
		w.project(f)
	case strings.HasSuffix(low, ".rels"):
		w.relationships(w.read(f, mostPart))
	case strings.Contains(folder, "macrosheets/"):
		w.sheets = true
		w.c.Sign(paper.MacroSheet, "")
	case strings.Contains(folder, "externallinks/"):
		w.external(w.read(f, mostPart))
	case strings.Contains(folder, "embeddings/") || strings.HasPrefix(folder, "word/") && (strings.HasSuffix(file, ".rtf") || strings.HasSuffix(file, ".html") || strings.HasSuffix(file, ".mht")):
		w.c.Files = append(w.c.Files, paper.File{Name: path.Base(f.Name), Body: w.read(f, mostEmbedded)})
	case strings.HasPrefix(low, "basic/") && file != "script-lc.xml" && file != "script-lb.xml" && file != "" && path.Ext(file) == ".xml":
		judge(plain(w.read(f, mostPart)), w.c)
	case shown(folder, file):
		w.text(w.read(f, mostPart))
	}
}

// shown reports whether a part holds text that a person reads.
func shown(folder, file string) bool {
	if path.Ext(file) != ".xml" {
		return false
	}
	switch folder {
	case "word/", "ppt/slides/", "xl/", "xl/worksheets/", "":
		return !strings.HasPrefix(file, "styles") && !strings.HasPrefix(file, "fonttable") && !strings.HasPrefix(file, "[") && !strings.HasPrefix(file, "meta")
	}
	return strings.HasPrefix(folder, "xl/worksheets")
}

func (w *xmlWalk) read(f *zip.File, most int) []byte {
	if f.Flags&1 != 0 {
		w.c.Locked = true
		return nil
	}
	r, err := f.Open()
	if err != nil {
		w.c.Cut = true
		return nil
	}
	defer r.Close()
	b, whole := w.budget.Read(r, most)
	w.c.Cut = w.c.Cut || !whole
	return b
}

func (w *xmlWalk) project(f *zip.File) {
	b := w.read(f, mostEmbedded)
	inner := ReadOLE(b, w.budget)
	for _, s := range inner.Signs {
		w.c.Sign(s.Kind, s.Detail)
	}
	for _, l := range inner.Links {
		w.c.Link(l.URL, l.Text)
	}
	w.c.Sign(paper.Macro, "")
}

// relationships reads what a part refers to (ECMA-376 part 2, 9.3).
func (w *xmlWalk) relationships(b []byte) {
	each(b, "relationship", func(attrs map[string]string) {
		if !strings.EqualFold(attrs["targetmode"], "external") {
			return
		}
		kind := strings.ToLower(attrs["type"][strings.LastIndexByte(attrs["type"], '/')+1:])
		target := strings.TrimSpace(attrs["target"])
		switch kind {
		case "hyperlink":
			if web(target) {
				w.c.Link(target, "")
			}
		case "attachedtemplate", "oleobject", "frame", "subdocument", "afchunk", "control":
			if remote(target) {
				w.c.Sign(paper.Remote, target)
				w.c.Link(strings.TrimPrefix(target, "mhtml:"), "")
			}
		}
	})
}

func web(target string) bool {
	low := strings.ToLower(target)
	return strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "ftp://")
}

// remote reports whether a target lies on a stranger's computer. A template on
// the own disk, or in a folder of the own network (one word), is everyday.
func remote(target string) bool {
	low := strings.ToLower(target)
	if web(target) || strings.HasPrefix(low, "mhtml:") {
		return true
	}
	low = strings.ReplaceAll(strings.TrimPrefix(low, "file:"), "/", `\`)
	host, _, _ := strings.Cut(strings.TrimLeft(low, `\`), `\`)
	return strings.HasPrefix(low, `\\`) && strings.Contains(host, ".") || strings.Contains(host, "@")
}

// external looks at links to other workbooks and to programs.
func (w *xmlWalk) external(b []byte) {
	each(b, "ddelink", func(attrs map[string]string) {
		w.c.Sign(paper.Dynamic, clip(attrs["ddeservice"]+" "+attrs["ddetopic"]))
	})
}

// text reads what a person sees, and the codes of fields.
func (w *xmlWalk) text(b []byte) {
	var codes strings.Builder
	z := html.NewTokenizer(bytes.NewReader(b))
	inside := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			if codes.Len() > 0 {
				field(codes.String(), w.c)
			}
			return
		case html.StartTagToken:
			raw, more := z.TagName()
			inside = local(string(raw))
			w.name(inside, z, more, &codes)
		case html.SelfClosingTagToken:
			raw, more := z.TagName()
			w.name(local(string(raw)), z, more, &codes)
		case html.EndTagToken:
			inside = ""
			if raw, _ := z.TagName(); ends[local(string(raw))] {
				w.c.Write("\n")
			}
		case html.TextToken:
			switch inside {
			case "t", "span", "h", "p":
				w.c.Write(string(z.Text()))
			case "instrtext":
				codes.Write(z.Text())
			}
		}
	}
}

//nolint:gochecknoglobals // a constant table
var ends = map[string]bool{"p": true, "si": true, "h": true, "tr": true}

// name looks at the attributes of the few elements that have any that matter.
func (w *xmlWalk) name(tag string, z *html.Tokenizer, more bool, codes *strings.Builder) {
	if tag != "definedname" && tag != "fldsimple" && tag != "a" {
		return
	}
	attrs := attributes(z, more)
	switch tag {
	case "definedname":
		w.auto = w.auto || strings.Contains(strings.ToLower(attrs["name"]), "auto_open") || strings.Contains(strings.ToLower(attrs["name"]), "auto_close")
	case "fldsimple":
		codes.WriteString(attrs["w:instr"] + "\n")
	case "a":
		if web(attrs["xlink:href"]) {
			w.c.Link(attrs["xlink:href"], "")
		}
	}
}

// local drops the prefix of a name.
func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// each calls do for every element of that name.
func each(b []byte, name string, do func(attrs map[string]string)) {
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			raw, more := z.TagName()
			if local(string(raw)) == name {
				do(attributes(z, more))
			}
		}
	}
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	out := map[string]string{}
	for more && len(out) < 50 {
		var k, v []byte
		k, v, more = z.TagAttr()
		out[string(k)] = string(v)
	}
	return out
}

// plain drops the tags.
func plain(b []byte) string {
	var out strings.Builder
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			out.Write(z.Text())
		}
	}
}
