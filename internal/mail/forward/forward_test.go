package forward

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// layouts are how clients set a forwarded header: %sep, the four labels
// %from %date %subject %to, and the body.
func layouts() map[string]string {
	return map[string]string{
		"outlook desktop": "%from: Anna Berg <anna@bank.example>\n%date: 12.03.2024 09:15\n%to: Emma Petit <emma@corp.example>; Paul <paul@corp.example>\n%subject: Konto 42\n\nLine one\n\nLine two",
		"outlook web":     "________________________________\n%from: Anna Berg <anna@bank.example>\n%date: 12.03.2024 09:15\n%to: Emma Petit <emma@corp.example>; Paul <paul@corp.example>\n%subject: Konto 42\n\nLine one\n\nLine two",
		"outlook stars":   "*%from:* Anna Berg [mailto:anna@bank.example]\n*%date:* 12.03.2024 09:15\n*%to:* Emma Petit <emma@corp.example>; Paul <paul@corp.example>\n*%subject:* Konto 42\n\nLine one\n\nLine two",
		"gmail":           "---------- Forwarded message ---------\n%from: Anna Berg <anna@bank.example>\n%date: 12.03.2024 09:15\n%subject: Konto 42\n%to: Emma Petit <emma@corp.example>, Paul\n <paul@corp.example>\n\n\nLine one\n\nLine two",
		"apple mail":      "> %from: Anna Berg <anna@bank.example>\n> %subject: Konto 42\n> %date: 12.03.2024 09:15\n> %to: Emma Petit <emma@corp.example>, Paul <paul@corp.example>\n> \n> Line one\n> \n> Line two",
		"thunderbird":     "-------- Forwarded Message --------\n%subject: \tKonto 42\n%date: \t12.03.2024 09:15\n%from: \tAnna Berg <anna@bank.example>\n%to: \tEmma Petit <emma@corp.example>, Paul <paul@corp.example>\n\n\n\nLine one\n\nLine two",
		"table as text":   "-------- Forwarded Message --------\n%subject:\nKonto 42\n%date:\n12.03.2024 09:15\n%from:\nAnna Berg <anna@bank.example>\n%to:\nEmma Petit <emma@corp.example>, Paul <paul@corp.example>\n\nLine one\n\nLine two",
		"spaced":          "%from : Anna Berg <anna@bank.example>\n\n%date : 12.03.2024 09:15\n\n%to : Emma Petit <emma@corp.example>; Paul <paul@corp.example>\n\n%subject : Konto 42\n\nLine one\n\nLine two",
		"wide colon":      "%from：Anna Berg <anna@bank.example>\n%date：12.03.2024 09:15\n%to：Emma Petit <emma@corp.example>; Paul <paul@corp.example>\n%subject：Konto 42\n\nLine one\n\nLine two",
	}
}

func TestParseEveryLanguageAndClient(t *testing.T) {
	t.Parallel()
	want := Forward{
		Comment: "Is this real?", From: Mailbox{"Anna Berg", "anna@bank.example"},
		To:   []Mailbox{{"Emma Petit", "emma@corp.example"}, {"Paul", "paul@corp.example"}},
		Date: "12.03.2024 09:15", Subject: "Konto 42", Body: "Line one\n\nLine two",
	}
	for _, l := range languages {
		for name, layout := range layouts() {
			text := strings.NewReplacer("%from", l.from[0], "%date", l.date[0], "%to", l.to[0], "%subject", l.subject[0]).Replace(layout)
			got, ok := Parse("Fwd: Konto 42", "Is this real?\n\n-- \nEmma\n\n"+text)
			if !ok {
				t.Errorf("%s %s: not found in\n%s", l.code, name, text)
				continue
			}
			want.Language = got.Language
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s %s: %s", l.code, name, d)
			}
		}
	}
}

func TestParseSeparators(t *testing.T) {
	t.Parallel()
	for _, s := range separators {
		for _, line := range []string{"-------- " + s + " --------", s + ":", "----- " + s + "-----", "> " + s + " :"} {
			got, ok := Parse("", "Look\n"+line+"\nFrom: a@b.example\nSubject: s\n\nbody")
			if !ok || got.Comment != "Look" || got.Body != "body" {
				t.Errorf("%q: %v %+v", line, ok, got)
			}
		}
	}
}

// Every label must stand for one field, whatever the language.
func TestLabelsAgree(t *testing.T) {
	t.Parallel()
	seen := map[string]field{}
	for _, l := range languages {
		for f, names := range map[field][]string{fieldFrom: l.from, fieldTo: l.to, fieldCc: l.cc, fieldDate: l.date, fieldSubject: l.subject, fieldOther: l.etc} {
			for _, n := range names {
				if old, ok := seen[fold(n)]; ok && old != f {
					t.Errorf("%s: %q stands for two fields", l.code, n)
				}
				if seen[fold(n)] = f; len(n) >= maxLabel {
					t.Errorf("%q is longer than maxLabel", n)
				}
			}
		}
	}
}

func TestParseLanguage(t *testing.T) {
	t.Parallel()
	for code, text := range map[string]string{
		"fr": "De : A <a@b.example>\nEnvoyé : hier\nÀ : c@d.example\nObjet : x\n\nz", "de": "Von: A <a@b.example>\nGesendet: x\nAn: c\nBetreff: x\n\nz",
		"es": "De: A <a@b.example>\nEnviado el: x\nPara: c\nAsunto: x\n\nz", "pt": "De: A <a@b.example>\nEnviada em: x\nPara: c\nAssunto: x\n\nz",
		"da": "Fra: A <a@b.example>\nSendt: x\nTil: c\nEmne: x\n\nz", "zh": "发件人: A <a@b.example>\n日期: x\n收件人: c\n主题: x\n\nz",
	} {
		if got, ok := Parse("", text); !ok || got.Language != code {
			t.Errorf("%s: %v %q", code, ok, got.Language)
		}
	}
}

func TestParseIsNotFooled(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a question":       "Hello,\nI want to install the button.\nFrom: the app store?\nThanks",
		"two words":        "De: moi\n\nje ne sais pas",
		"an answer":        "Thanks, done.\n\nOn Mon, 1 Jan 2024 at 10:00, Desk <desk@corp.example> wrote:\n> Please confirm",
		"a list of fields": "Name: Emma\nSubject: help\nDate: today\n",
		"empty":            "",
	} {
		if got, ok := Parse("Help", text); ok {
			t.Errorf("%s: taken for a forward: %+v", name, got)
		}
	}
}

func TestParseAttribution(t *testing.T) {
	t.Parallel()
	for code, line := range map[string]string{
		"en": "On Mon, 1 Jan 2024 at 10:00, Anna Berg\n<anna@bank.example> wrote:", "fr": "Le lun. 1 janv. 2024 à 10:00, Anna Berg <anna@bank.example> a écrit :",
		"de": "Am 01.01.2024 um 10:00 schrieb Anna Berg <anna@bank.example>:", "nl": "Op 1 jan. 2024 om 10:00 schreef Anna Berg <anna@bank.example>:",
		"ru": "1 янв. 2024 г., 10:00, Anna Berg <anna@bank.example> написал(а):",
	} {
		got, ok := Parse("TR: Konto", "Bizarre\n\n"+line+"\n> Hello\n> there\n")
		if !ok || got.From.Addr != "anna@bank.example" || got.Body != "Hello\nthere" || got.Comment != "Bizarre" || got.Language != code || got.Subject != "Konto" {
			t.Errorf("%s: %v %+v", code, ok, got)
		}
	}
}

func TestSubject(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Fwd: Invoice": "Invoice", "TR : Facture": "Facture", "[External] WG: AW: Rechnung": "Rechnung", "RV: Fwd: Factura": "Factura",
		"转发: 发票": "发票", "転送： 請求": "請求", "[EXT][SPAM?] FW: x": "x", "TR\u00a0: é": "é",
	} {
		if !IsForward(in) || StripPrefixes(in) != want {
			t.Errorf("%q: forward %v, %q want %q", in, IsForward(in), StripPrefixes(in), want)
		}
	}
	for _, in := range []string{"Invoice", "Re: Invoice", "Meeting: Fwd planning", "", "[x]"} {
		if IsForward(in) {
			t.Errorf("%q was taken for a forward", in)
		}
	}
}

func TestOwnWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Bonjour,\n\nEst-ce vrai ?\n\nCordialement,\nEmma Petit\nComptable":  "Bonjour,\n\nEst-ce vrai ?",
		"See below\n\nSent from my iPhone":                                   "See below",
		"Merci\nEnvoyé de mon iPhone":                                        "Merci",
		"Cordialement":                                                       "Cordialement",
		"I clicked!\n\nOn Mon, 1 Jan 2024, Desk <d@c.example> wrote:\n> old": "I clicked!",
		"CAUTION: This email originated from outside.\nHelp":                 "Help",
		"a\n\n\n\nb\n-- \nsig":                                               "a\n\nb",
	} {
		if got := OwnWords(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestParseMailbox(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Mailbox{
		`"Berg, Anna" <anna@bank.example>`:                       {"Berg, Anna", "anna@bank.example"},
		"anna@bank.example":                                      {"", "anna@bank.example"},
		"Anna Berg [mailto:anna@bank.example]":                   {"Anna Berg", "anna@bank.example"},
		"Anna <anna@bank.example<mailto:anna@bank.example>>":     {"Anna", "anna@bank.example"},
		"anna@bank.example (Anna Berg)":                          {"Anna Berg", "anna@bank.example"},
		"Service client <mailto:a@b.example>":                    {"Service client", "a@b.example"},
		"anna@bank.example <anna@bank.example>":                  {"", "anna@bank.example"},
		"Anna Berg":                                              {"Anna Berg", ""},
		"'anna@bank.example' via Billing <billing@corp.example>": {"", "anna@bank.example"},
	} {
		if got := ParseMailbox(in); got != want {
			t.Errorf("%q: %+v", in, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, l := range layouts() {
		f.Add("Fwd: x", strings.NewReplacer("%from", "De", "%date", "Date", "%to", "À", "%subject", "Objet").Replace(l))
	}
	f.Fuzz(func(t *testing.T, subject, text string) {
		got, _ := Parse(subject, text)
		if len(got.Body) > len(text) {
			t.Error("the body grew")
		}
	})
}

func TestTime(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Tue, Mar 12, 2024 at 9:15 AM": "2024-03-12T09:15", "mardi 12 mars 2024 21:15": "2024-03-12T21:15", "12.03.2024 09:15": "2024-03-12T09:15",
		"Dienstag, 12. März 2024 um 09:15 Uhr": "2024-03-12T09:15", "2024年3月12日 9:15": "2024-03-12T09:15", "3/25/2024 11:05 PM": "2024-03-25T23:05",
		"mar. 12 août 2025 à 08h05": "2025-08-12T08:05", "вт, 12 мар. 2024 г. в 09:15": "2024-03-12T09:15", "2024-03-12 09:15": "2024-03-12T09:15",
		"martes, 12 de diciembre de 2023 9:15": "2023-12-12T09:15", "yesterday": "0001-01-01T00:00", "": "0001-01-01T00:00",
	} {
		if got := Time(in).Format("2006-01-02T15:04"); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
