package mail_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/mail/msg/msgtest"
)

func TestOutlookMessages(t *testing.T) {
	t.Parallel()
	file := msgtest.Write(msgtest.Message{
		Headers: "From: Bad <bad@evil.example>\r\nSubject: pay\r\nMessage-ID: <1@evil.example>\r\n\r\n",
		Subject: "pay", Body: "Pay at https://evil.example/now",
	})
	alone := mail.Read(file, mail.DefaultBudget())
	if alone.Author().Addr != "bad@evil.example" || alone.MessageID != "1@evil.example" || len(alone.Links) != 1 || string(alone.Raw) != string(file) {
		t.Errorf("%v %v %v", alone.From, alone.Links, alone.Defects)
	}
	attached := mailtest.New("fw", "a@x.example", "b@x.example").Text("look").Attach("x.msg", "application/vnd.ms-outlook", file).Read(t)
	if in := attached.Parts[1].Message; in == nil || in.Subject != "pay" || string(in.Raw) != string(file) {
		t.Errorf("the message inside: %v", in)
	}
	bare := mail.Read(msgtest.Write(msgtest.Message{Subject: "no headers", Body: "x"}), mail.DefaultBudget())
	if !bare.Defective("msg.no-headers") || bare.Subject != "no headers" {
		t.Errorf("%q %v", bare.Subject, bare.Defects)
	}
	document := mailtest.New("doc", "a@x.example", "b@x.example").Text("x").
		Attach("old.doc", "application/msword", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old document")).Read(t)
	if p := document.Parts[1]; p.Message != nil || !p.Attachment || p.TrueType != "application/x-ole-storage" {
		t.Errorf("a document is no message: %v", p.Message)
	}
}

func TestFileInsteadOfMail(t *testing.T) {
	t.Parallel()
	m := mail.Read([]byte("PK\x03\x04\x00\x00rubbish"), mail.DefaultBudget())
	if !m.Defective("message.binary") || m.Text != "" || len(m.Parts) != 1 || m.Parts[0].TrueType != "application/zip" {
		t.Errorf("%v %q", m.Defects, m.Text)
	}
}

func TestTrueType(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"MZ\x90\x00" + strings.Repeat("\x00", 60):                            "application/x-msdownload",
		"MZ is how this letter of mine begins, and it is no program at all.": "",
		"\x7fELF\x02":                      "application/x-elf",
		"\xcf\xfa\xed\xfe":                 "application/x-mach-binary",
		"\xca\xfe\xba\xbe\x00\x00\x00\x02": "application/x-mach-binary",
		"\xca\xfe\xba\xbe\x00\x00\x00\x41": "application/java-vm",
		"PK\x03\x04":                       "application/zip",
		"Rar!\x1a\x07\x01\x00":             "application/vnd.rar",
		"7z\xbc\xaf\x27\x1c":               "application/x-7z-compressed",
		"\x1f\x8b\x08":                     "application/gzip",
		"MSCF\x00\x00\x00\x00":             "application/vnd.ms-cab-compressed",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/x-ole-storage",
		"  \n%PDF-1.7":                     "application/pdf",
		"{\\rtf1":                          "application/rtf",
		"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46": "application/x-ms-shortcut",
		"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3":              "application/onenote",
		strings.Repeat("\x00", 0x8001) + "CD001":                                        "application/x-iso9660-image",
		"\xef\xbb\xbf <!DOCTYPE html>":                                                  "text/html",
		"<!-- x --><html>":                                                              "text/html",
		"<?xml version='1.0'?><svg onload='x'>":                                         "image/svg+xml",
		"<svg xmlns='x'><body>":                                                         "image/svg+xml",
		"<html><head><HTA:APPLICATION id=x>":                                            "application/hta",
		"<job><script language=JScript>":                                                "application/x-wsf",
		"<?xml version='1.0'?><a/>":                                                     "application/xml",
		"#!/bin/sh":                                                                     "text/x-shellscript",
		"\x89PNG\r\n\x1a\n":                                                             "image/png",
		"GIF89a":                                                                        "image/gif",
		"\xff\xd8\xff\xe0":                                                              "image/jpeg",
		"RIFF\x00\x00\x00\x00WEBP":                                                      "image/webp",
		"\x78\x9f\x3e\x22":                                                              "application/ms-tnef",
		"BEGIN:VCALENDAR":                                                               "text/calendar",
		"plain words":                                                                   "",
		"x":                                                                             "",
		"":                                                                              "",
	}
	for body, want := range tests {
		if got := mail.TrueType([]byte(body)); got != want {
			t.Errorf("%.30q: got %q, want %q", body, got, want)
		}
	}
}

func TestLineEndsMakeNoDifference(t *testing.T) {
	t.Parallel()
	crlf := mailtest.New("Été", "a@x.example", "b@x.example").Text("one\ntwo").HTML("<p>one<p>two").Attach("a.txt", "text/plain", []byte("x")).Bytes()
	want := mail.Read(crlf, mail.DefaultBudget())
	for name, raw := range map[string]string{
		"LF":   strings.ReplaceAll(string(crlf), "\r\n", "\n"),
		"CR":   strings.ReplaceAll(string(crlf), "\r\n", "\r"),
		"mbox": "From a@x.example Mon Mar  2 09:00:00 2026\r\n" + string(crlf),
		"BOM":  "\xef\xbb\xbf" + string(crlf),
	} {
		got := mail.Read([]byte(raw), mail.DefaultBudget())
		for _, pair := range [][2]any{{want.Subject, got.Subject}, {want.Text, got.Text}, {want.Shown, got.Shown}, {len(want.Parts), len(got.Parts)}, {want.Defects, got.Defects}} {
			if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
				t.Errorf("%s: -want +got:\n%s", name, diff)
			}
		}
	}
}

func TestRawIsKept(t *testing.T) {
	t.Parallel()
	raw := []byte("From x\r\nFrom: a@x.example\r\n\r\nbody\x00\xff")
	if m := mail.Read(raw, mail.DefaultBudget()); string(m.Raw) != string(raw) {
		t.Errorf("%q", m.Raw)
	}
}

func TestHelpers(t *testing.T) {
	t.Parallel()
	m := mail.Read([]byte("X-A: 1\nx-a: =?utf-8?q?=C3=A9?=\nFrom: broken, A <a.b@x@Y.example>\n\n"), mail.DefaultBudget())
	if m.Get("X-a") != "1" || len(m.All("x-A")) != 2 || m.All("x-A")[1] != "é" || m.Has("x-b") || m.Header.GetRaw("nope") != "" {
		t.Errorf("%v", m.Header)
	}
	a := m.Author()
	if a.Domain() != "y.example" || a.Local() != "a.b@x" || a.Name != "broken, A" {
		t.Errorf("%q", a)
	}
	if (mail.Address{}).Domain() != "" || (&mail.Message{}).Author() != (mail.Address{}) {
		t.Error("the empty address")
	}
}

func TestARCAuthResults(t *testing.T) {
	t.Parallel()
	got := mail.ParseAuthResults("mx.example; arc=pass (i=1 spf=pass) ; dmarc=pass (p=REJECT sp=REJECT) header.from=X.example policy.dmarc=none")
	want := []mail.AuthResult{
		{Method: "arc", Value: "pass", Props: map[string]string{}},
		{Method: "dmarc", Value: "pass", Props: map[string]string{"header.from": "X.example", "policy.dmarc": "none"}},
	}
	if diff := cmp.Diff(want, got.Results); diff != "" || got.Server != "mx.example" {
		t.Errorf("server %q, -want +got:\n%s", got.Server, diff)
	}
}
