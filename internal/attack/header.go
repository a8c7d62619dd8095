package attack

import (
	"fmt"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
)

// passes is what a server writes of a mail that proves itself.
const passes = "Authentication-Results: %[1]s; spf=pass smtp.mailfrom=%[2]s; dkim=pass header.d=%[2]s; dmarc=pass header.from=%[2]s; compauth=pass reason=100"

// author and reader give the domains of the two ends.
func (d *draft) author() string { return domainOf(d.of.mail.From, "sender.example") }
func (d *draft) reader() string { return domainOf(d.of.mail.To, "reader.example") }

func domainOf(all []mail.Address, none string) string {
	if len(all) > 0 {
		if _, domain, ok := strings.Cut(all[0].Addr, "@"); ok && domain != "" {
			return domain
		}
	}
	return none
}

// results forges what servers found out.
func results() (out []recipe) {
	for _, server := range []string{"mx.relay-strange.example", "mx.google.com", "mail-gateway.%s"} {
		out = append(out, recipe{"forged Authentication-Results", server, true, func(d *draft) { d.vouch(server) }})
	}
	return append(
		out,
		recipe{"forged Authentication-Results", "several", true, func(d *draft) {
			for _, server := range []string{"mx.google.com", "spamfilter.%s", "protection.outlook.com", "mail-gateway.%s"} {
				d.vouch(server)
			}
		}},
		recipe{"forged Authentication-Results", "without a server's name", true, func(d *draft) {
			d.add(strings.Replace(fmt.Sprintf(passes, "", d.author()), ": ; ", ": ", 1))
		}},
		recipe{"forged ARC and Received-SPF", "a chain", true, seal},
		recipe{"forged ARC and Received-SPF", "Received-SPF", true, func(d *draft) {
			d.add(fmt.Sprintf("Received-SPF: pass (mx.%s: domain of %s designates 192.0.2.7 as permitted sender) client-ip=192.0.2.7;", d.reader(), d.author()))
		}},
		recipe{"forged ARC and Received-SPF", "a signature", true, func(d *draft) {
			d.add("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + d.author() + "; s=key1; h=from:to:subject:date; bh=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=; b=AAAAAAAAAAAAAAAA")
		}},
	)
}

func (d *draft) vouch(server string) {
	if strings.Contains(server, "%s") {
		server = fmt.Sprintf(server, d.reader())
	}
	d.add(fmt.Sprintf(passes, server, d.author()))
}

func seal(d *draft) {
	d.add(
		"ARC-Seal: i=1; a=rsa-sha256; t=1900000000; cv=none; d=google.com; s=arc-20160816; b=AAAAAAAAAAAAAAAA",
		"ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=google.com; s=arc-20160816; h=from:to:subject; bh=AAAA; b=AAAAAAAAAAAAAAAA",
		"ARC-"+strings.Replace(fmt.Sprintf(passes, "mx.google.com", d.author()), ": ", ": i=1; ", 1),
	)
}

// marks are the lines by which products know their exercises. Anybody can type
// them; a test holds them against those that the analysis knows.
//
//nolint:gochecknoglobals // a constant table
var marks = []string{
	"X-FortiPhish-Recipient-UUID: 5b0c", "X-Phishtest-Curricula: 7", "X-Phishtest: fortiphish", "X-Phishtest: yes",
	"X-Phish-Crid: 4410", "X-Mailer: KnowBe4", "X-PhishMe: true", "X-Cofense-Id: 9", "X-ThreatSim-Header: 1",
	"X-Gophish-Contact: it@desk.example", "X-Mailer: gophish", "X-Swordphish-Awareness-Campaign: 3",
	"DKIM-Signature: v=1; a=rsa-sha256; d=hoxhuntsigning.com; s=a; h=from; bh=AAAA; b=AAAA", "X-Hoxhunt: 1",
	"X-SoSafe-Mail: 1", "X-Adaptive-Bypass: 1", "X-Adaptive-Signature: ab12", "X-Fable-Phishing-Simulation: 1",
	"X-PhishingTackle: 1", "X-ePHISHiency: 1", "X-Mailer: BullPhish", "X-Usecure: 1", "X-Phished-Id: 1",
	"Return-Path: <bounce@knowbe4.com>", "Return-Path: <a@phriendlyphishing.com>", "Return-Path: <a@phishline.com>",
	"Return-Path: <a@simulator.office.com>",
}

// exercises pretend to be an exercise.
func exercises() (out []recipe) {
	for _, line := range marks {
		out = append(out, recipe{"forged exercise header", line, true, func(d *draft) {
			if name, value, _ := strings.Cut(line, ": "); name == "Return-Path" {
				d.set(name, value) // the first one counts
				return
			}
			d.add(line)
		}})
	}
	return out
}

// others are lines of mail programs, servers and lists.
//
//nolint:gochecknoglobals // a constant table
var others = []struct{ kind, how, lines string }{
	{"forged Received", "two more", "Received: from mail.%[1]s ([192.0.2.7]) by mx1.%[2]s with ESMTPS id 4xQ; Tue, 4 Mar 2031 09:11:58 +0100|Received: from [10.0.0.5] by mail.%[1]s with ESMTPSA id 7aa; Tue, 4 Mar 2031 09:11:57 +0100"},
	{"forged Received", "from a great one", "Received: from mail-sor-f41.google.com (mail-sor-f41.google.com [209.85.220.41]) by mx.google.com with SMTPS id 5si; Tue, 4 Mar 2031 00:11:57 -0800"},
	{"forged Received", "inside the house", "Received: from intranet.%[2]s ([10.1.2.3]) by mail.%[2]s with ESMTP id 1; Tue, 4 Mar 2031 09:11:57 +0100"},
	{"forged filter verdict", "SpamAssassin", "X-Spam-Status: No, score=-9.9 required=5.0 tests=USER_IN_WHITELIST|X-Spam-Flag: NO|X-Spam-Level:"},
	{"forged filter verdict", "Exchange", "X-MS-Exchange-Organization-SCL: -1|X-Forefront-Antispam-Report: CIP:192.0.2.7;SCL:-1;SFV:SKN;|X-MS-Exchange-Organization-AuthAs: Internal"},
	{"forged filter verdict", "gateways", "X-Virus-Scanned: clean|X-Barracuda-Spam-Status: No, SCORE=0.00|X-Proofpoint-Spam-Details: rule=notspam score=0|X-Mimecast-Spam-Score: 0"},
	{"forged list or automatic", "a list", "List-Id: Announcements <announce.%[1]s>|List-Unsubscribe: <https://%[1]s/unsubscribe>|List-Unsubscribe-Post: List-Unsubscribe=One-Click|Precedence: list|List-Post: <mailto:announce@%[1]s>"},
	{"forged list or automatic", "automatic", "Auto-Submitted: auto-generated|Precedence: bulk|X-Auto-Response-Suppress: All|Feedback-ID: 7:transaction:mailer"},
	{"forged conversation", "a thread", "In-Reply-To: <20310303.1014@mail.%[2]s>|References: <20310228.1640@mail.%[2]s> <20310303.1014@mail.%[2]s>|Thread-Topic: shelves|Thread-Index: AdvQ"},
	{"forged conversation", "a mail program", "User-Agent: Mozilla Thunderbird|Content-Language: en-US|X-Mailer: Microsoft Outlook 16.0|Importance: normal|Organization: %[2]s"},
}

// fieldsOfOthers types the fields by which honest mail is known.
func fieldsOfOthers() (out []recipe) {
	for _, o := range others {
		out = append(out, recipe{o.kind, o.how, true, func(d *draft) {
			d.add(strings.Split(fmt.Sprintf(o.lines+"%.0[1]s%.0[2]s", d.author(), d.reader()), "|")...)
		}})
	}
	return out
}
