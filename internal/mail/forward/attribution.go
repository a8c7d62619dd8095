package forward

import "strings"

// parseAttribution finds a mail quoted the way answers quote: one sentence
// that names the sender, then the text behind quote marks.
func parseAttribution(subject string, lines []string) (Forward, bool) {
	for i := 0; i < len(lines) && i < maxLines; i++ {
		sentence, n, code := attributionAt(lines, i)
		if n == 0 {
			continue
		}
		f := Forward{
			Comment: OwnWords(strings.Join(lines[:i], "\n")), Language: code,
			From: attributed(sentence), Date: sentence, Subject: StripPrefixes(subject),
		}
		var body []string
		for _, l := range lines[i+n:] {
			body = append(body, unquote(l, 1))
		}
		f.Body = strings.TrimSpace(strings.Join(body, "\n"))
		return f, f.From.Addr != ""
	}
	return Forward{}, false
}

// attributed gives the sender of "On <date>, <name> <addr> wrote:": the words
// before the address, back to the comma or the digit that ends the date.
func attributed(sentence string) Mailbox {
	m := ParseMailbox(sentence)
	if i := strings.LastIndexAny(m.Name, ",0123456789"); i >= 0 {
		m.Name = strings.TrimLeft(m.Name[i+1:], ".: ")
	}
	return m
}

// attributionAt reads an attribution that begins at line i and may be
// wrapped over three lines; n is how many it takes, 0 when there is none.
func attributionAt(lines []string, i int) (sentence string, n int, code string) {
	for n = 1; n <= 3 && i+n <= len(lines); n++ {
		line := strings.TrimSpace(unquote(lines[i+n-1], 1))
		if line == "" {
			return "", 0, ""
		}
		sentence = strings.TrimSpace(sentence + " " + line)
		if len(sentence) > 300 {
			return "", 0, ""
		}
		if code = attributionOf(sentence); code != "" {
			return sentence, n, code
		}
	}
	return "", 0, ""
}

func attributionOf(s string) string {
	end := strings.TrimRight(s, " :：")
	if len(end) == len(s) || !strings.ContainsAny(s, "0123456789@") {
		return ""
	}
	for _, a := range attributions {
		tail := end[max(0, len(end)-len(a.end)-30):]
		if strings.HasPrefix(s, a.start) && strings.Contains(tail, a.end) {
			return a.code
		}
	}
	return ""
}
