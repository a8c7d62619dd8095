package mail

import "strings"

// ParseAuthResults reads the value of an Authentication-Results field
// (RFC 8601), or of an ARC-Authentication-Results field after its "i=1;". It
// also reads the form without a server name that Microsoft used to write; then
// Server is "". Methods, results and property names are lower case.
func ParseAuthResults(value string) AuthResults {
	out := AuthResults{Raw: value}
	for i, clause := range splitClauses(stripComments(value)) {
		words := resultWords(clause)
		if len(words) == 0 {
			continue
		}
		if i == 0 && !strings.Contains(words[0], "=") {
			out.Server = strings.ToLower(strings.Trim(words[0], `"`))
			words = words[1:]
			if len(words) > 0 && strings.Trim(words[0], "0123456789") == "" {
				words = words[1:] // the version of the header, always 1
			}
		}
		out.Results = append(out.Results, parseResults(words)...)
	}
	return out
}

// splitClauses cuts at semicolons outside quotes.
func splitClauses(s string) []string {
	var out []string
	quoted, start := false, 0
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

// resultWords cuts a clause at spaces outside quotes, and closes the spaces
// that some write around an equals sign.
func resultWords(clause string) []string {
	var b strings.Builder
	quoted := false
	for i := range len(clause) {
		c := clause[i]
		if c == '"' {
			quoted = !quoted
			continue
		}
		if quoted && (c == ' ' || c == '\t') {
			c = 0 // holds a quoted value together until the end
		}
		b.WriteByte(c)
	}
	s := b.String()
	for _, loose := range []string{" =", "= "} {
		if strings.Contains(s, loose) {
			s = strings.ReplaceAll(s, loose, "=")
		}
	}
	words := strings.Fields(s)
	for i := range words {
		words[i] = strings.ReplaceAll(words[i], "\x00", " ")
	}
	return words
}

// parseResults reads "method=value prop=x …"; a second method without a
// semicolon before it begins a result of its own.
func parseResults(words []string) []AuthResult {
	var out []AuthResult
	for _, word := range words {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			continue
		}
		name = strings.ToLower(name)
		method, _, _ := strings.Cut(name, "/")
		if len(out) == 0 || authMethods[method] {
			out = append(out, AuthResult{Method: method, Value: strings.ToLower(value), Props: map[string]string{}})
			continue
		}
		last := out[len(out)-1]
		if _, twice := last.Props[name]; !twice {
			last.Props[name] = value
		}
	}
	return out
}

//nolint:gochecknoglobals // a constant table
var authMethods = map[string]bool{
	"spf": true, "dkim": true, "dmarc": true, "arc": true, "iprev": true, "auth": true, "dkim-adsp": true,
	"dkim-atps": true, "domainkeys": true, "sender-id": true, "compauth": true, "bimi": true, "vbr": true, "smime": true,
}
