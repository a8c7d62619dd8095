package web

import "github.com/bienvu/bienvu/internal/login"

// Anyone needs no right: the page is for everybody.
const Anyone login.Right = ""

// Route is one line of the table: what may be asked, what right it needs, and
// who answers.
type Route struct {
	Method, Pattern string
	Needs           login.Right
	Handle          func(v *visit) error
}

// table is every page, and the right each needs. Whoever adds a screen adds a
// line here; a test asks each route as each role.
func (s *site) table() []Route {
	routes := []Route{
		// For everyone
		{"GET", "/{$}", Anyone, s.home},
		{"GET", "/about", Anyone, s.about},
		{"GET", "/sign-in", Anyone, s.signIn},
		{"POST", "/sign-in", Anyone, s.sendLink},
		{"POST", "/sign-in/password", Anyone, s.enterByPassword},
		{"GET", "/in/{token}", Anyone, s.confirmLink},
		{"POST", "/in/{token}", Anyone, s.enterByLink},
		{"POST", "/sign-out", Anyone, s.signOut},
		{"POST", "/language", Anyone, s.chooseLanguage},
		{"GET", "/a/{token}", Anyone, s.showAction}, // the signature is the right
		{"POST", "/a/{token}", Anyone, s.doAction},
		{"GET", "/rescue", Anyone, s.rescue}, // someone who clicked is never sent away
		{"POST", "/rescue", Anyone, s.beginRescue},
		{"GET", "/api", Anyone, s.reference},
		{"GET", "/healthz", Anyone, s.healthy},
		{"GET", "/readyz", Anyone, s.ready},

		// For people who report: their own matters, nobody else's
		{"POST", "/reports", login.ReportSend, s.sendReport},
		{"GET", "/reports", login.ReportReadOwn, s.listReports},
		{"GET", "/reports/{id}", login.ReportReadOwn, s.showReport},
		{"GET", "/reports/{id}/html/{report}", login.ReportReadOwn, s.showOwnHTML},
		{"GET", "/reports/{id}/picture", login.ReportReadOwn, s.showPicture},
		{"POST", "/reports/{id}/feedback", login.ReportReadOwn, s.rateReport},
		{"GET", "/rescue/{id}", login.ReportReadOwn, s.rescueCase},
		{"POST", "/rescue/{id}", login.ReportReadOwn, s.stepRescue},
		{"GET", "/live", login.ReportReadOwn, s.live},

		// For the team, each within the accounts they work for
		{"GET", "/desk", login.CaseRead, s.showQueue},
		{"GET", "/desk/{id}", login.CaseRead, s.showCase},
		{"GET", "/desk/{id}/html/{report}", login.CaseRead, s.showHTML},
		{"POST", "/desk/{id}/answer", login.CaseDecide, s.answerCase},
		{"POST", "/desk/{id}/close", login.CaseDecide, s.closeCase},
		{"POST", "/desk/{id}/letters/{letter}", login.ReplySend, s.settleLetter},
		{"GET", "/lists", login.CaseRead, s.showLists},
		{"GET", "/numbers", login.NumbersRead, s.showNumbers},
		{"POST", "/numbers/forget", login.SettingsWrite, s.forgetLessons},
		{"GET", "/team/risk", login.NumbersRead, s.showRisk},
	}
	outbox := login.OutboxRead
	if s.Demo != nil {
		outbox = Anyone // nothing in it is real, and the way in lies there
		routes = append(routes,
			Route{"GET", "/demo", Anyone, s.demo},
			Route{"POST", "/demo/sign-in", Anyone, s.demoSignIn},
			Route{"GET", "/demo/in/{role}", Anyone, s.demoDoor},
			Route{"GET", "/outbox.json", Anyone, s.outboxJSON},
		)
	}
	return append(routes,
		Route{"GET", "/outbox", outbox, s.listOutbox},
		Route{"GET", "/outbox/{id}", outbox, s.showMail},
		Route{"GET", "/outbox/{id}/html", outbox, s.showMailHTML},
	)
}
