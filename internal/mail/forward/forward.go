// Package forward finds the original inside a mail that was forwarded inline.
//
// When a person presses Forward, the client writes a separator, a few lines
// of header in the person's own language, and the text. Nothing of it is
// standardised: Outlook writes no separator, Thunderbird begins with the
// subject, Apple Mail quotes the whole, Gmail's plain text sets labels in
// stars. What is common to all is kept in tables (labels.go), and one parser
// reads them: a run of lines that begin with known labels, one of them From.
package forward

import "strings"

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

// maxLines is how far down a forward may begin; a comment is never longer.
const maxLines = 20000

// maxTried is how many lines may begin like a forwarded header without being one:
// each is read on for sixty lines.
const maxTried = 500

// Parse finds the outermost inline forward in a mail's text. The subject
// helps where the client writes no separator.
func Parse(subject, text string) (Forward, bool) {
	lines := splitLines(text)
	forwarded := IsForward(subject)
	for i, tried := 0, 0; i < len(lines) && i < maxLines && tried < maxTried; i++ {
		sep := separatorAbove(lines, i)
		b, ok := readBlock(lines, i, sep >= 0)
		if b.end > 0 {
			tried++
		}
		if ok && (b.count() >= 3 || sep >= 0 || forwarded) {
			return b.forward(subject, lines, above(lines, i, sep)), true
		}
	}
	if forwarded {
		return parseAttribution(subject, lines)
	}
	return Forward{}, false
}

// splitLines gives the lines without their ends and with plain spaces.
func splitLines(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
	for i, l := range lines {
		lines[i] = plainSpaces.Replace(strings.TrimRight(l, " \t\u00A0"))
	}
	return lines
}

// plainSpaces drops marks without width and makes odd blanks plain ones.
//
//nolint:gochecknoglobals // a constant table
var plainSpaces = strings.NewReplacer("\u00A0", " ", "\u202F", " ", "\u2007", " ", "\u200E", "", "\u200F", "",
	"\u200B", "", "\uFEFF", "", "\u202A", "", "\u202B", "", "\u202C", "", "\u2068", "", "\u2069", "", "\u00AD", "")

// separatorAbove gives the line of the separator that stands above line i,
// blank lines between them allowed, or -1.
func separatorAbove(lines []string, i int) int {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if l := unquote(lines[j], 9); strings.TrimSpace(l) != "" {
			if isSeparator(l) {
				return j
			}
			return -1
		}
	}
	return -1
}

// isSeparator knows the sentences of the table, and any line that is dashes
// with or without something between them.
func isSeparator(line string) bool {
	l := strings.TrimSpace(line)
	bare := strings.Trim(l, "-_=*—–─ \t:")
	if len(bare) < len(l) && separatorIndex[fold(bare)] {
		return true
	}
	dashed := func(s string) bool {
		return strings.HasPrefix(s, "---") || strings.HasPrefix(s, "___") || strings.HasPrefix(s, "===") || strings.HasPrefix(s, "———")
	}
	return dashed(l) && (bare == "" || strings.HasSuffix(l, l[:3]))
}

// above gives what stands above the block: the person's own words.
func above(lines []string, i, sep int) []string {
	if sep < 0 {
		return lines[:i]
	}
	for sep > 0 {
		l := unquote(lines[sep-1], 9)
		if strings.TrimSpace(l) != "" && !isSeparator(l) {
			break
		}
		sep--
	}
	return lines[:sep]
}

func (b block) forward(subject string, lines, comment []string) Forward {
	f := Forward{
		Comment: OwnWords(strings.Join(comment, "\n")), Language: b.language(),
		From: ParseMailbox(b.values[fieldFrom]), To: ParseMailboxes(b.values[fieldTo]), Cc: ParseMailboxes(b.values[fieldCc]),
		Date: b.values[fieldDate], Subject: b.values[fieldSubject],
	}
	if _, has := b.values[fieldSubject]; !has {
		f.Subject = StripPrefixes(subject)
	}
	body := make([]string, 0, len(lines)-b.end)
	for _, l := range lines[b.end:] {
		body = append(body, unquote(l, b.level))
	}
	f.Body = strings.TrimSpace(strings.Join(body, "\n"))
	return f
}
