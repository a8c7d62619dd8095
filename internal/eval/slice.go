package eval

import "strings"

// Slice is a part of the corpora that is measured by itself.
type Slice struct {
	Name      string
	Bad, Good func(*Sample) bool
}

func phish(s *Sample) bool { return s.Label == Phish }
func ham(s *Sample) bool   { return s.Label == Ham }
func twin(s *Sample) bool  { return s.Source == "synthetic:twin" }

// real is phishing that somebody sent, not the twins.
func real(s *Sample) bool { return phish(s) && !twin(s) }

// honeypot is phishing that came to addresses which nobody uses.
func honeypot(s *Sample) bool { return phish(s) && s.Source == "phishing_pot" }

func product(s *Sample) bool {
	return ham(s) && (strings.HasPrefix(s.Source, "template:") || s.Source == "synthetic:workplace2")
}

// hard is modern legitimate mail that is no list post.
func hard(s *Sample) bool {
	return ham(s) && s.Source != "spamassassin" && !strings.HasPrefix(s.Source, "list:")
}

// Slices lists the parts in the order of the report.
func Slices() []Slice {
	in := func(lang string, of func(*Sample) bool) func(*Sample) bool {
		return func(s *Sample) bool { return s.Lang == lang && of(s) }
	}
	out := []Slice{
		All(),
		{"hard", real, hard},
		{"fixtures", real, func(s *Sample) bool { return hard(s) && !product(s) }},
		{"twins", twin, product},
		{"honeypot", honeypot, ham},
		{"elsewhere", func(s *Sample) bool { return real(s) && !honeypot(s) }, ham},
	}
	for lang := range strings.FieldsSeq("en fr de nl pt es it") {
		out = append(out, Slice{lang, in(lang, phish), in(lang, ham)})
	}
	return out
}

// All is malicious against legitimate.
func All() Slice { return Slice{"all", phish, ham} }

// main lists the parts that are compared with others.
func main() []Slice { return Slices()[:4] }
