// Package document looks into one file of any kind that we know, by what it is
// rather than what it is called, and gives what it holds.
package document

import (
	"bytes"
	"image"
	"iter"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/archive"
	"github.com/bienvu/bienvu/internal/analysis/document/office"
	"github.com/bienvu/bienvu/internal/analysis/document/page"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/document/pdf"
	"github.com/bienvu/bienvu/internal/analysis/document/shortcut"
)

// Read gives what a file holds, nil when there is nothing in it that we know how
// to look for. The type is the one declared, "" when there is none.
func Read(f paper.File, mediaType string, budget *paper.Budget) *paper.Contents {
	b := f.Body
	if c, known := archive.Read(f.Name, b, budget); known {
		return c
	}
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("PK\x05\x06")):
		return readZip(b, budget)
	case office.IsOLE(b):
		return office.ReadOLE(b, budget)
	case office.IsRTF(b):
		return office.ReadRTF(b, budget)
	case pdf.Is(b):
		return pdf.Read(b, budget)
	case shortcut.IsLink(b):
		return shortcut.ReadLink(b, budget)
	}
	return readText(f, mediaType, budget)
}

// readText reads the formats that are text, which only their name or a look at
// their beginning tells.
func readText(f paper.File, mediaType string, budget *paper.Budget) *paper.Contents {
	ending := f.Name[strings.LastIndexByte(f.Name, '.')+1:]
	switch strings.ToLower(ending) {
	case "url", "website", "desktop", "library-ms", "search-ms", "searchconnector-ms", "webloc":
		return shortcut.ReadInternet(f.Body, budget)
	case "csv", "slk", "iqy", "tsv":
		return office.ReadTable(f.Body, budget)
	case "htm", "html", "shtml", "xhtml", "xht", "svg", "hta":
		return page.Read(f.Body, budget)
	}
	if mediaType == "text/html" || mediaType == "image/svg+xml" || looksLikePage(f.Body) {
		return page.Read(f.Body, budget)
	}
	return nil
}

// looksLikePage reports whether a file without a telling name begins like a page.
func looksLikePage(b []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(b[:min(len(b), 512)], []byte("\xef\xbb\xbf"))))
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<svg", "<meta http-equiv"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	return false
}

func readZip(b []byte, budget *paper.Budget) *paper.Contents {
	r, err := archive.OpenZip(b)
	if err != nil {
		return &paper.Contents{Cut: true}
	}
	if office.IsXML(r) {
		return office.ReadXML(r, budget)
	}
	return archive.ReadZip(r, budget)
}

// Images gives the pictures inside a document, one at a time and at most 20:
// those of a PDF and of an Office document of the new kind. It spends from the
// budget, and gives none when there is nothing left of it.
func Images(b []byte, budget *paper.Budget) iter.Seq[image.Image] {
	switch {
	case pdf.Is(b):
		return pdf.Images(b, budget)
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		if r, err := archive.OpenZip(b); err == nil && office.IsXML(r) {
			return office.Images(r, budget)
		}
	}
	return func(func(image.Image) bool) {}
}
