package feed

import (
	"bufio"
	"errors"
	"io"
	"net/netip"
	"strings"
)

// lines gives each line to take, without its end and without spaces around it.
// A line that is too long is left out.
func (p *reading) lines(take func(line string)) error {
	long := false
	for !p.full() {
		raw, err := p.in.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			long = true
			continue
		case long:
			p.out.Skipped++
		default:
			if line := strings.TrimSpace(string(raw)); line != "" {
				take(line)
			}
		}
		long = false
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// plain reads one entry a line.
func (p *reading) plain() error {
	return p.lines(func(line string) {
		if line[0] == '#' || line[0] == '!' || line[0] == ';' {
			return
		}
		p.add("", Understand(word(line))...)
	})
}

// word is the entry of a line: its first word, or the second when the first is
// a rank ("17,example.com", as lists of well-known sites are written).
func word(line string) string {
	all := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
	first, rest, cut := strings.Cut(all[0], ",")
	if cut && strings.Trim(first, "0123456789") == "" {
		first, _, _ = strings.Cut(rest, ",")
		return first
	}
	if strings.Contains(first, "/") {
		return all[0] // a comma may stand in an address
	}
	return first
}

// hosts reads lines such as "0.0.0.0 bad.example worse.example # why".
func (p *reading) hosts() error {
	return p.lines(func(line string) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			return
		}
		if _, err := netip.ParseAddr(words[0]); err == nil {
			words = words[1:]
		}
		for _, w := range words {
			if host := HostName(w); host != "" && !p.full() {
				p.add("", Entry{Kind: Host, Value: host})
			} else {
				p.out.Skipped++ // "localhost", as a rule
			}
		}
	})
}

// Understand says what a person meant who wrote text into a list: an address, a
// host (then with all below it), an IP address, a hash or a sender. Nothing
// comes back when it is none of these, or names too much.
func Understand(text string) []Entry {
	text = refang(text)
	switch {
	case text == "" || len(text) > longest:
		return nil
	case strings.Contains(text, "://"):
		return address(text)
	case digest(text):
		return []Entry{{Kind: File, Value: strings.ToLower(text)}}
	case strings.Contains(text, "/"):
		if _, err := netip.ParsePrefix(text); err == nil {
			return nil // whole networks are not compared
		}
		return address("http://" + text)
	case strings.Contains(text, "@"):
		return sender(text)
	}
	host := HostName(strings.Trim(strings.TrimPrefix(text, "||"), "*.^"))
	switch {
	case host == "":
		return nil
	case isIP(host):
		return []Entry{{Kind: Host, Value: host}}
	}
	return []Entry{{Kind: Domain, Value: host}}
}

// refang undoes what makes an address impossible to click.
func refang(text string) string {
	text = strings.TrimSpace(text)
	if !strings.ContainsAny(text, "[(") && !strings.HasPrefix(text, "hxxp") {
		return text
	}
	text = strings.NewReplacer("[.]", ".", "(.)", ".", "[:]", ":", "[://]", "://", "[@]", "@", "[dot]", ".", "[at]", "@").Replace(text)
	if rest, ok := strings.CutPrefix(text, "hxxp"); ok {
		return "http" + rest
	}
	return text
}

// digest reports whether text is an MD5, SHA-1 or SHA-256 in hex.
func digest(text string) bool {
	if len(text) != 32 && len(text) != 40 && len(text) != 64 {
		return false
	}
	return strings.Trim(text, "0123456789abcdefABCDEF") == ""
}

func sender(text string) []Entry {
	at := strings.LastIndexByte(text, '@')
	host := HostName(text[at+1:])
	if host == "" {
		return nil
	}
	if at == 0 {
		return []Entry{{Kind: Domain, Value: host}}
	}
	return []Entry{{Kind: Sender, Value: strings.ToLower(text[:at]) + "@" + host}}
}
