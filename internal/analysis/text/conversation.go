package text

import "strings"

// replies reports whether the message answers another by its header.
func (l *look) replies() bool {
	return len(l.v.Message.InReplyTo)+len(l.v.Message.References) > 0
}

// conversation looks for the signs of people talking. All of them can be typed
// by anyone, so they weigh only where nothing else is odd, and the adding up
// never answers "safe" on words alone.
func (l *look) conversation() {
	m := l.v.Message
	quoted := l.quotes()
	switch {
	case l.replies() && quoted:
		l.find("text.conversation", m.Subject, nil)
	case l.replies() || quoted:
		l.find("text.threaded", m.Subject, nil)
	}
	if m.HTML == "" && longer(m.Text, 20) && !l.attachments() {
		l.find("text.plain", "", nil)
	}
}

// longer reports whether a text has more than n words.
func longer(text string, n int) bool {
	for range strings.FieldsSeq(text) {
		if n--; n < 0 {
			return true
		}
	}
	return false
}

// attachments reports whether files came along.
func (l *look) attachments() bool {
	for _, p := range l.v.Message.Parts {
		if p != nil && p.Attachment {
			return true
		}
	}
	return false
}

// quotes reports whether at least two lines of an earlier message are quoted.
func (l *look) quotes() bool {
	n := 0
	for line := range strings.Lines(l.v.Message.Text) {
		if strings.HasPrefix(strings.TrimLeft(line, " "), ">") {
			if n++; n >= 2 {
				return true
			}
		}
	}
	return false
}
