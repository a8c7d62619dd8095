// Package forward finds the original inside a mail that was forwarded inline.
//
// When a person presses Forward, the client writes a separator, a few lines
// of header in the person's own language, and the text. Nothing of it is
// standardised. What is common to all is kept in tables (labels.go,
// separators.go), and one parser reads them.
package forward

// Mailbox is a name and an address as the client wrote them.
type Mailbox struct {
	Name, Addr string // either may be ""
}

// Forward is what an inline forward holds.
type Forward struct {
	Comment  string // the person's own words above the separator, signature trimmed
	From     Mailbox
	To, Cc   []Mailbox
	Date     string // as written, in whatever language
	Subject  string
	Body     string
	Language string // the language of the client's labels, such as "fr"; "" when unknown
}

// Parse finds the outermost inline forward in a mail's text. The subject
// helps where the client writes no separator.
func Parse(subject, text string) (Forward, bool) {
	return Forward{}, false
}
