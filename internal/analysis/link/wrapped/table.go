package wrapped

import (
	"strings"
	"sync"
)

// service is one that rewrites links.
type service struct {
	name  string
	kind  Kind
	hosts []string // names below these belong to it too
	path  string   // what its addresses hold besides, "" for nothing
	open  func(parts) string
}

// services lists those we know, by their makers' documentation and by the look
// of their links.
//
//nolint:gochecknoglobals // a constant table
var services = []service{
	{"Microsoft Safe Links", Guard, []string{"safelinks.protection.outlook.com", "safelinks.protection.office365.us", "safelinks.o365.us", "safelinks.protection.partner.outlook.cn", "safelinks.protection.office.de"}, "", query("url")},
	{"Microsoft Safe Links", Guard, []string{"statics.teams.cdn.office.net", "statics.teams.microsoft.com"}, "safelinks", query("url")},
	{"Proofpoint", Guard, []string{"urldefense.proofpoint.com", "urldefense.com", "urldefense.us"}, "", proofpoint},
	{"Proofpoint Isolation", Guard, []string{"urlisolation.com", "proofpointisolation.com"}, "", query("url")},
	{"Mimecast", Guard, []string{"mimecast.com", "mimecastprotect.com"}, "", mimecast},
	{"Barracuda", Guard, []string{"linkprotect.cudasvc.com"}, "", query("a")},
	{"Cisco", Guard, []string{"secure-web.cisco.com"}, "", inPath},
	{"Sophos", Guard, []string{"protection.sophos.com"}, "", sophos},
	{"Trend Micro", Guard, []string{"trendmicro.com", "trendmicro.eu", "trendmicro.co.jp"}, "/wis/clicktime/", query("url")},
	{"Trellix", Guard, []string{"protect2.fireeye.com", "protect.fireeye.com", "protect2.trellix.com", "protect.trellix.com"}, "", query("u")},
	{"Symantec", Guard, []string{"clicktime.symantec.com"}, "", query("u")},
	{"Cyren", Guard, []string{"clicktime.cloud.postoffice.net"}, "", query("u")},
	{"Vade", Guard, []string{"vadesecure.com", "antiphishing.vadesecure.com"}, "", query("u")},
	{"Hornetsecurity", Guard, []string{"atpscan.global.hornetsecurity.com", "seclinks.cloud-security.net"}, "", query("url", "u", "d")},
	{"Check Point", Guard, []string{"protect.checkpoint.com", "url-protection.com", "avanan.click"}, "", checkPoint},
	{"Trustwave", Guard, []string{"scanmail.trustwave.com"}, "", query("u")},
	{"Libraesva", Guard, []string{"urlsand.esvalabs.com", "urlsand.com"}, "", query("u")},
	{"INKY", Guard, []string{"inky.com", "inkyphishfence.com"}, "domain=", domainOnly},
	{"EdgePilot", Guard, []string{"link.edgepilot.com"}, "", query("u")},
	{"Retarus", Guard, []string{"protection.retarus.com"}, "", query("u", "url")},
	{"Menlo", Guard, []string{"menlosecurity.com"}, "", inPath},
	{"Intermedia", Guard, []string{"url.emailprotection.link"}, "", query("url")},
	{"FortiMail", Guard, nil, "/fmlurlsvc/", query("url")},
	{"Outlook on the web", Guard, nil, "/owa/redir.aspx", query("url", "ref")},

	{"Amazon SES", Counter, []string{"awstrack.me"}, "/L0/", afterSegment("L0")},
	{"Mailjet", Counter, []string{"mjt.lu"}, "/lnk/", lastCoded},
	{"Mandrill", Counter, []string{"mandrillapp.com"}, "/track/click", mandrill},
	{"Postmark", Counter, []string{"pstmrk.it"}, "", afterSegment("3s", "3ts", "2s")},
	{"Customer.io", Counter, []string{"customeriomail.com", "customer.io"}, "/e/c/", lastCoded},
	{"Exclaimer", Counter, []string{"content.exclaimer.net"}, "", query("url")},

	{"Google", Redirector, []string{"googleadservices.com", "doubleclick.net", "googleads.g.doubleclick.net"}, "", query("adurl", "url")},
	{"Google", Redirector, []string{"google.com"}, "", googleOpen},
	{"YouTube", Redirector, []string{"youtube.com"}, "/redirect", query("q")},
	{"Bing", Redirector, []string{"bing.com"}, "", bing},
	{"Yahoo", Redirector, []string{"r.search.yahoo.com", "yahoo.com"}, "/RU=", yahoo},
	{"DuckDuckGo", Redirector, []string{"duckduckgo.com"}, "/l/", query("uddg")},
	{"LinkedIn", Redirector, []string{"linkedin.com"}, "", query("url", "dest")},
	{"Facebook", Redirector, []string{"l.facebook.com", "lm.facebook.com", "l.messenger.com"}, "", query("u")},
	{"Facebook", Redirector, []string{"facebook.com"}, "/l.php", query("u")},
	{"Instagram", Redirector, []string{"l.instagram.com"}, "", query("u")},
	{"Slack", Redirector, []string{"slack-redir.net"}, "", query("url")},
	{"Tumblr", Redirector, []string{"t.umblr.com"}, "", query("z")},
	{"Reddit", Redirector, []string{"out.reddit.com"}, "", query("url")},
	{"Pinterest", Redirector, []string{"pinterest.com"}, "/offsite", query("url")},
	{"VK", Redirector, []string{"vk.com"}, "/away", query("to")},
	{"Steam", Redirector, []string{"steamcommunity.com"}, "/linkfilter", query("u", "url")},
	{"Disqus", Redirector, []string{"disq.us"}, "", query("url")},
	{"Medium", Redirector, []string{"medium.com"}, "/r/", query("url")},
	{"Microsoft", Redirector, []string{"login.microsoftonline.com", "microsoftonline.com", "login.live.com"}, "redirect", query("redirect_uri", "post_logout_redirect_uri")},

	{"Gmail pictures", Cache, []string{"googleusercontent.com"}, "#", fragment},
	{"AMP cache", Cache, []string{"cdn.ampproject.org"}, "", amp},
	{"Google Translate", Cache, []string{"translate.goog"}, "", translated},
	{"Internet Archive", Cache, []string{"web.archive.org"}, "/web/", inPath},
	{"archive.today", Cache, []string{"archive.today", "archive.ph", "archive.is"}, "", inPath},
}

// hosts gives the services by host.
//
//nolint:gochecknoglobals // a constant table, built once
var hosts = sync.OnceValue(func() map[string][]*service {
	out := map[string][]*service{}
	for i := range services {
		for _, h := range services[i].hosts {
			out[h] = append(out[h], &services[i])
		}
	}
	return out
})

// byPath lists the services that run under any host.
//
//nolint:gochecknoglobals // a constant table, built once
var byPath = sync.OnceValue(func() (out []*service) {
	for i := range services {
		if len(services[i].hosts) == 0 {
			out = append(out, &services[i])
		}
	}
	return out
})

//nolint:gochecknoglobals // a constant table, built once
var named = sync.OnceValue(func() map[string]service {
	out := map[string]service{}
	for _, s := range services {
		if _, had := out[s.name]; !had {
			out[s.name] = s
		}
	}
	return out
})

// google gives Google's redirector for its sites of other countries.
func google(address string) *service {
	if !strings.Contains(address, "/url") && !strings.Contains(address, "/amp/") {
		return nil
	}
	return hosts()["google.com"][0]
}
