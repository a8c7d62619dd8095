package mail

import (
	"net/netip"
	"strings"
)

// parseReceived reads one Received field (RFC 5321 section 4.4). There is a
// grammar and hardly anybody keeps it: we look for the clauses by their words
// outside comments, and for the client's address where the writing server put
// it, which is in the comment after the name.
func parseReceived(raw string) Hop {
	hop := Hop{Raw: raw}
	clauses := raw
	if semi := strings.LastIndexByte(raw, ';'); semi >= 0 {
		clauses = raw[:semi]
		hop.At = parseDate(raw[semi+1:])
	}
	var from strings.Builder
	clause := ""
	for _, token := range receivedTokens(clauses) {
		word := clauseWord(token)
		switch {
		case word != "" && (clause != "from" || word != "for"):
			clause = word
		case clause == "from":
			from.WriteString(token)
			from.WriteByte(' ')
			if hop.From == "" && token[0] != '(' {
				hop.From = token
			}
		case clause == "by" && hop.By == "" && token[0] != '(':
			hop.By = strings.ToLower(token)
		case clause == "with" && token[0] != '(':
			hop.With = strings.TrimSpace(hop.With + " " + token) // "Microsoft SMTP Server"
		}
	}
	hop.IP = clientIP(from.String())
	return hop
}

// clauseWord gives the word that a clause begins with, in small letters; "" for
// any other token.
func clauseWord(token string) string {
	if len(token) < len("by") || len(token) > len("from") {
		return ""
	}
	switch word := strings.ToLower(token); word {
	case "from", "by", "with", "via", "id", "for":
		return word
	}
	return ""
}

// maxReceived is how much of one field we read, in bytes and tokens' worth.
const maxReceived = 8 << 10

// usualTokens is as many as most fields have.
const usualTokens = 24

// receivedTokens cuts the value into words and whole comments.
func receivedTokens(s string) []string {
	s = s[:min(len(s), maxReceived)]
	tokens := make([]string, 0, usualTokens)
	for s = strings.TrimLeft(s, " \t"); s != ""; s = strings.TrimLeft(s, " \t") {
		end := strings.IndexAny(s, " \t(")
		if s[0] == '(' {
			end = commentLength(s)
		}
		if end <= 0 {
			end = len(s)
		}
		tokens = append(tokens, s[:end])
		s = s[end:]
	}
	return tokens
}

// commentLength measures the comment that s begins with, nested ones included.
func commentLength(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// clientIP finds the address in a from clause such as
// "mail.example (rdns.example [192.0.2.1])". What stands in a comment was
// written by the server; the name before it was claimed by the client, so it
// counts only when there is nothing else.
func clientIP(from string) string {
	open := strings.IndexByte(from, '(')
	if open < 0 {
		return firstIP(from)
	}
	comments := withoutHelo(from[open:])
	if bracket := strings.LastIndexByte(comments, '['); bracket >= 0 {
		if ip := firstIP(comments[bracket:]); ip != "" {
			return ip
		}
	}
	if ip := firstIP(comments); ip != "" {
		return ip
	}
	return firstIP(from[:open])
}

// withoutHelo drops what the client said of itself and the server copied into
// a comment: "(helo=[192.0.2.1])" of Exim, "(HELO 192.0.2.1)" of qmail.
func withoutHelo(comments string) string {
	words := strings.Fields(comments)
	for i, word := range words {
		bare := strings.ToLower(strings.TrimLeft(word, "("))
		switch {
		case strings.HasPrefix(bare, "helo=") || strings.HasPrefix(bare, "ehlo="):
			words[i] = ""
		case (bare == "helo" || bare == "ehlo") && i+1 < len(words):
			words[i+1] = ""
		}
	}
	return strings.Join(words, " ")
}

// besideIP reports whether a sign stands around addresses, and in none.
func besideIP(r rune) bool {
	switch r {
	case ' ', '\t', '(', ')', '[', ']', '<', '>', ',', ';', '=':
		return true
	}
	return false
}

// firstIP gives the first word of s that is an IP address.
func firstIP(s string) string {
	for word := range strings.FieldsFuncSeq(s, besideIP) {
		if hasFold(word, "IPv6:") {
			word = word[len("IPv6:"):]
		}
		if !strings.ContainsAny(word, ":0123456789") {
			continue // a parser that refuses costs more than this look
		}
		if ip, err := netip.ParseAddr(word); err == nil {
			return ip.Unmap().WithZone("").String()
		}
	}
	return ""
}
