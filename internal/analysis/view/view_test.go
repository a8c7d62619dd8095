package view_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/phrase"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"testing/fstest"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                " ",
		"Vérifiez  votre\ncompte !":       " verifiez votre compte ",
		"L'ŒUVRE, straße":                 " l oeuvre strasse ",
		"ver\u200bify your acc\u00adount": " verify your account ",
		"vеrify yоur аccount":             " verify your account ",
		"привет":                          " привет ",
		"𝐁𝐚𝐧𝐤":                            " bank ",
	} {
		if got := view.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestOriginalIsWhatStoodThere(t *testing.T) {
	t.Parallel()
	f := view.FoldKeeping("Objet", "Merci de  vérifier\nvotre compte, sous 24 h.")
	at := strings.Index(f.Words, "verifier votre compte")
	if got := f.Original(at, at+len("verifier votre compte")); got != "vérifier votre compte" {
		t.Errorf("got %q", got)
	}
}

func TestLinksAreReadAsABrowserReadsThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://www.example/a":                 "www.example",
		"HTTPS://Abc.Example.:443/":             "abc.example",
		"https://known.example@evil.example/":   "evil.example",
		"https:\\\\evil.example\\x":             "evil.example",
		"https://evil.example\\@known.example/": "evil.example",
		"//evil.example/x":                      "evil.example",
		"www.evil.example/x":                    "evil.example",
		"mailto:a@b.example":                    "",
		"#top":                                  "",
		"javascript:alert(1)":                   "",
	} {
		v := view.New(subject.Subject{Message: &mail.Message{Links: []mail.Link{{URL: in, Source: mail.LinkAnchor}}}})
		if got := strings.TrimPrefix(v.Links[0].Host, "www."); got != strings.TrimPrefix(want, "www.") {
			t.Errorf("%s leads to %q, want %q", in, got, want)
		}
	}
}

func TestPageShowsAndHides(t *testing.T) {
	t.Parallel()
	v := view.New(subject.Subject{Message: &mail.Message{HTML: `<title>no</title><p>seen<div style="Display : NONE">veil<div>deep</div></div>after<form><input type=password></form><script>x()</script>`}})
	if got := strings.Join(strings.Fields(v.Page.Visible), " "); got != "seen after" {
		t.Errorf("visible %q", got)
	}
	if got := strings.Join(strings.Fields(v.Page.Hidden), " "); got != "veil deep" && got != "veildeep" {
		t.Errorf("hidden %q", got)
	}
	if v.Page.Secrets != 1 || v.Page.Forms != 1 || v.Page.Scripts != 1 {
		t.Errorf("%+v", v.Page)
	}
}

func TestPhrases(t *testing.T) {
	t.Parallel()
	m, err := phrase.Load(fstest.MapFS{"a.txt": {Data: []byte("verify your account\nyour account\nheir*\n")}, "b.txt": {Data: []byte("# no\naccount\n")}})
	if err != nil {
		t.Fatal(err)
	}
	hits := m.Find(view.Fold("Verify your account; your account. The heirloom, accounts"))
	if len(hits["a"]) != 3 || len(hits["b"]) != 1 {
		t.Errorf("%v", hits)
	}
}

func FuzzView(f *testing.F) {
	f.Add("subject", "text", "<p style='display:none'>x", "https://a@b/")
	f.Add("", "", "<div hidden><div></p></div>", "//\\@")
	f.Fuzz(func(t *testing.T, subj, text, html, link string) {
		v := view.New(subject.Subject{Message: &mail.Message{Subject: subj, Text: text, HTML: html, Links: []mail.Link{{URL: link, Text: text, Source: mail.LinkAnchor}}}})
		if !strings.HasPrefix(v.Words, " ") || !strings.HasSuffix(v.Words, " ") || strings.Contains(v.Words, "  ") {
			t.Errorf("folded text is not words between single spaces: %q", v.Words)
		}
		v.Text.Original(0, len(v.Words))
		v.Text.Original(len(v.Words)/2, len(v.Words)/2+3)
	})
}
