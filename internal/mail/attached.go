package mail

import (
	"bytes"
	"errors"
	"strings"

	"github.com/bienvu/bienvu/internal/mail/msg"
	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
)

// messageTypes are the types of attached messages.
//
//nolint:gochecknoglobals // a constant table
var messageTypes = map[string]bool{
	"message/rfc822": true, "message/global": true, "message/news": true,
	"text/rfc822-headers": true, "message/rfc822-headers": true, "message/global-headers": true,
}

// attached reads the message inside p when it is one, declared or not.
func (r *reading) attached(p *Part, depth int) bool {
	declared := messageTypes[p.Type]
	outlook := !p.Cut && msg.Is(p.Body)
	if !declared && !outlook && !hiddenMessage(p) {
		return false
	}
	if depth+1 >= r.budget.Depth {
		r.defect("budget.depth", p.Path, "an attached message nested deeper than we read")
		return declared
	}
	inner := r.begin(p.Body)
	if outlook && !inner.convert() && !declared {
		return false // an Office document of the old kind
	}
	p.Message = inner.read(depth + 1)
	return true
}

// hiddenMessage recognises a message that is not declared as one: an .eml that
// travels as octet-stream or text, or one without any name.
func hiddenMessage(p *Part) bool {
	if hasSuffixFold(p.Name, ".eml") || hasSuffixFold(p.Name, ".mht") || hasSuffixFold(p.Name, ".mhtml") {
		return looksLikeMessage(p.Body, 1)
	}
	if p.Type == "application/octet-stream" || p.Type == "application/eml" || p.Type == "application/x-eml" {
		return p.TrueType == "" && looksLikeMessage(p.Body, 3)
	}
	return p.Type == "text/plain" && p.Disposition == "attachment" && looksLikeMessage(p.Body, 4)
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// looksLikeMessage reports whether body begins with a header in which at least
// want fields are ones that every mail has.
func looksLikeMessage(body []byte, want int) bool {
	head := trimStart(body[:min(len(body), 16<<10)])
	known := 0
	for len(head) > 0 {
		size, _ := fieldLength(head)
		if !isField(head[:size]) {
			break
		}
		name := bytes.TrimSpace(head[:bytes.IndexByte(head, ':')])
		if mailFields[strings.ToLower(string(name))] {
			known++
		}
		head = head[size:]
	}
	return known >= want
}

//nolint:gochecknoglobals // a constant table
var mailFields = map[string]bool{
	"from": true, "to": true, "subject": true, "date": true, "received": true, "message-id": true,
	"return-path": true, "mime-version": true, "delivered-to": true, "dkim-signature": true, "reply-to": true,
}

// convert turns an Outlook .msg file into the mail it holds, and says whether
// it did. Message.Raw stays as it came. What the conversion adds beyond twice
// its input counts against the budget, because a .msg may be compressed.
func (r *reading) convert() bool {
	if !msg.Is(r.source) {
		return false
	}
	room := r.budget.TotalBytes - r.bytes
	if room <= 0 {
		r.defect("budget.bytes", "", "no room left to read an Outlook message")
		return false
	}
	converted, err := msg.Convert(r.source, room)
	if err != nil {
		id := "msg.unreadable"
		if errors.Is(err, mapi.ErrTooBig) {
			id = "budget.bytes"
		}
		r.defect(id, "", err.Error())
		return false
	}
	if !converted.Headers {
		r.defect("msg.no-headers", "", "Outlook kept no transport headers: sender, recipients and date are its word only")
	}
	r.bytes += max(0, len(converted.RFC822)-2*len(r.source))
	r.source = converted.RFC822
	return true
}
