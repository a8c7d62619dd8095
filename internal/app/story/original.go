package story

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// original is the mail that a person received and wonders about.
type original struct {
	template template
	from     string // as it stands in the header
	subject  string
	text     string // with [links](…)
	file     string
	at       time.Time
	raw      []byte
}

// write composes the original as the gateway handed it to one person.
func write(t template, b blanks, to member, at time.Time, r *rand.Rand) original {
	o := original{
		template: t, from: b.fill(t.from, to), subject: b.fill(t.subject, to),
		text: b.fill(t.text, to), file: b.fill(t.file, to), at: at,
	}
	l := &letter{name: fmt.Sprintf("%08x", r.Uint32()), text: plainText(o.text), html: inHTML(o.text)}
	o.gate(l, to, r)
	l.field("From", mailbox(o.from))
	l.field("To", mailbox(to.Name+" <"+to.Address+">"))
	l.field("Subject", words(o.subject))
	l.field("Date", stamp(at))
	l.field("Message-ID", fmt.Sprintf("<%016x@%s>", r.Uint64(), o.domain()))
	o.extras(l, b, to, r)
	if o.file != "" {
		l.parts = append(l.parts, attachment(o.file))
	}
	o.raw = l.bytes()
	return o
}

// address is the sender's.
func (o original) address() string {
	_, rest, _ := strings.Cut(o.from, "<")
	return strings.TrimSuffix(rest, ">")
}

func (o original) domain() string { _, domain, _ := strings.Cut(o.address(), "@"); return domain }

// gate writes what the organisation's own server put on top: the envelope's
// sender, where it came from, and what it could check.
func (o original) gate(l *letter, to member, r *rand.Rand) {
	ip := fmt.Sprintf("203.0.113.%d", 100+r.IntN(100))
	if o.template.mark {
		ip = ExerciseIP
	}
	l.field("Return-Path", "<"+o.address()+">")
	l.field("Authentication-Results", o.checks())
	l.field("Received", fmt.Sprintf("from out.%s (out.%s [%s])\r\n by %s with ESMTPS id %08x\r\n for <%s>; %s",
		o.domain(), o.domain(), ip, gateway, r.Uint32(), to.Address, stamp(o.at)))
}

// checks is the Authentication-Results field (RFC 8601).
func (o original) checks() string {
	from, domain := o.address(), o.domain()
	switch o.template.auth {
	case "pass":
		return fmt.Sprintf("%s;\r\n spf=pass smtp.mailfrom=%s;\r\n dkim=pass header.d=%s;\r\n dmarc=pass header.from=%s", gateway, from, domain, domain)
	case "fail":
		return fmt.Sprintf("%s;\r\n spf=fail smtp.mailfrom=%s;\r\n dkim=none;\r\n dmarc=fail header.from=%s", gateway, from, domain)
	}
	return fmt.Sprintf("%s;\r\n spf=softfail smtp.mailfrom=%s;\r\n dkim=none;\r\n dmarc=none header.from=%s", gateway, from, domain)
}

// extras are the fields that only some mails have.
func (o original) extras(l *letter, b blanks, to member, r *rand.Rand) {
	t := o.template
	if t.replyTo != "" {
		l.field("Reply-To", "<"+b.fill(t.replyTo, to)+">")
	}
	if t.list {
		l.field("List-Unsubscribe", fmt.Sprintf("<https://www.%s/out/%08x>, <mailto:out@%s>", o.domain(), r.Uint32(), o.domain()))
		l.field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	if t.thread {
		id := fmt.Sprintf("<%016x@%s>", r.Uint64(), Domain)
		l.field("In-Reply-To", id)
		l.field("References", id)
	}
	if t.mark {
		l.field("X-Swordphish-Awareness-Campaign", fmt.Sprintf("[%08x]", r.Uint32()))
	}
}

// attachment makes a small harmless file that is what its name says, or, where
// the name is a lure, a line of text that does nothing.
func attachment(name string) part {
	switch name[strings.LastIndexByte(name, '.')+1:] {
	case "pdf":
		return part{"application/pdf", name, []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
			"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\n" +
			"trailer<</Root 1 0 R>>\n%%EOF\n")}
	case "html":
		return part{"text/html", name, []byte("<html><body><p>Demonstration</p></body></html>\n")}
	}
	return part{"application/octet-stream", name, []byte("A harmless line of text for a demonstration.\n")}
}
