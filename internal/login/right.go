package login

import "slices"

// Role is what a person is to the desk.
type Role string

// The roles. Everybody is a reporter; the others are granted.
const (
	Reporter  Role = "reporter"  // anyone of the organisation
	Responder Role = "responder" // answers reports
	Lead      Role = "lead"      // numbers and words
	Admin     Role = "admin"     // settings and people
)

// Roles lists the roles, from the least to the most trusted.
func Roles() []Role { return []Role{Reporter, Responder, Lead, Admin} }

// Right is one thing that may be done; each route names the one it needs.
type Right string

// The rights.
const (
	ReportSend    Right = "report.send"     // hand in a report
	ReportReadOwn Right = "report.read-own" // see one's own reports and answers
	ReportForAny  Right = "report.for-any"  // hand in a report for somebody else; services only
	CaseRead      Right = "case.read"       // see the queue and every case
	CaseDecide    Right = "case.decide"     // give or change a verdict
	ReplySend     Right = "reply.send"      // write to reporters
	OutboxRead    Right = "outbox.read"     // see every mail we sent
	NumbersRead   Right = "numbers.read"    // see the figures
	WordsWrite    Right = "words.write"     // change the texts of answers
	SettingsWrite Right = "settings.write"  // change how the desk works
	PeopleWrite   Right = "people.write"    // add people, grant roles
	TokenWrite    Right = "token.write"     // make and revoke API tokens
)

// Rights lists every right.
func Rights() []Right {
	return []Right{
		ReportSend, ReportReadOwn, ReportForAny, CaseRead, CaseDecide, ReplySend,
		OutboxRead, NumbersRead, WordsWrite, SettingsWrite, PeopleWrite, TokenWrite,
	}
}

//nolint:gochecknoglobals // a constant table
var rightsOf = map[Role][]Right{
	Reporter:  {ReportSend, ReportReadOwn},
	Responder: {ReportSend, ReportReadOwn, CaseRead, CaseDecide, ReplySend, OutboxRead, NumbersRead},
	Lead:      {ReportSend, ReportReadOwn, CaseRead, OutboxRead, NumbersRead, WordsWrite},
	Admin: {
		ReportSend, ReportReadOwn, CaseRead, CaseDecide, ReplySend, OutboxRead,
		NumbersRead, WordsWrite, SettingsWrite, PeopleWrite, TokenWrite,
	},
}

// Can reports whether a role has a right.
func Can(role Role, right Right) bool { return slices.Contains(rightsOf[role], right) }
