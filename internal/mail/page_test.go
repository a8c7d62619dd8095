package mail_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/mail"
)

// papers are documents and the text of each that is seen.
var papers = map[string]string{
	"<p>One<b>two</b></p><div style='display:none'>three<div>x</div>four</div>five": "\nOnetwo\n\nfive",
	"<span hidden>a</span><SPAN STYLE='font-size: 0px' style='color:red'>b</span>c": "c",
	"<noscript><p>a</p><img></noscript><p>b":                                        "\nb",
	"a<noscript title='</noscript>'>b<!-- </noscript> -->c</noscript>d":             "a -->cd",
	"<style>p{}</style><title>t<b></title>x<form><input type=PASSWORD></form>":      "x",
	"<script>if(a<b)</script><textarea><i>y</textarea><xmp><i></xmp><br/>z\x00\xff": "<i>y<i>\nz\ufffd\u00ff",
}

func read(document string) *mail.Message {
	return mail.Read([]byte("Content-Type: text/html; charset=utf-8\r\n\r\n"+document), mail.DefaultBudget())
}

// What is noted by the way is what a look of its own tells.
func samePaper(t *testing.T, document string) mail.Page {
	t.Helper()
	m := read(document)
	got, want := m.Paper(), (&mail.Message{HTML: m.HTML}).Paper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%.80q: -want +got:\n%s", document, diff)
	}
	return got
}

func TestPaper(t *testing.T) {
	t.Parallel()
	for document, visible := range papers {
		if got := samePaper(t, document); got.Visible != visible {
			t.Errorf("%q shows %q, want %q", document, got.Visible, visible)
		}
	}
	samePaper(t, strings.Repeat("<p style='display:none'>long</p>", 40_000))
}

// A message whose HTML was exchanged is looked at anew.
func TestPaperOfAnotherDocument(t *testing.T) {
	t.Parallel()
	m := read("<p>one")
	m.HTML = "<p>two<img>"
	if got := m.Paper(); got.Visible != "\ntwo" || got.Images != 1 {
		t.Errorf("Paper() = %+v", got)
	}
}

func FuzzPaper(f *testing.F) {
	for document := range papers {
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, document string) { samePaper(t, document) })
}
