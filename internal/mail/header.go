package mail

import "strings"

// Get gives the decoded value of the first field of that name, "" when there
// is none. Names are compared without regard to case.
func (h Header) Get(name string) string {
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			return h[i].Value
		}
	}
	return ""
}

// GetRaw gives the value of the first field of that name as it was written,
// unfolded only.
func (h Header) GetRaw(name string) string {
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			return h[i].Raw
		}
	}
	return ""
}

// Has reports whether there is a field of that name.
func (h Header) Has(name string) bool {
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			return true
		}
	}
	return false
}

// All gives the decoded values of every field of that name, in order.
func (h Header) All(name string) []string {
	var values []string
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			values = append(values, h[i].Value)
		}
	}
	return values
}

// count says how many fields have that name.
func (h Header) count(name string) (n int) {
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			n++
		}
	}
	return n
}

// HasPrefix reports whether there is a field whose name begins with prefix.
func (h Header) HasPrefix(prefix string) bool {
	for i := range h {
		if hasFold(h[i].Name, prefix) {
			return true
		}
	}
	return false
}

// Get gives the decoded value of the first header field of that name.
func (m *Message) Get(name string) string { return m.Header.Get(name) }

// All gives the decoded values of every header field of that name.
func (m *Message) All(name string) []string { return m.Header.All(name) }

// Has reports whether the header has a field of that name.
func (m *Message) Has(name string) bool { return m.Header.Has(name) }

// Author is the first From mailbox that has an address; else the first, and
// the empty Address when there is none.
func (m *Message) Author() Address {
	for _, a := range m.From {
		if a.Addr != "" {
			return a
		}
	}
	if len(m.From) == 0 {
		return Address{}
	}
	return m.From[0]
}

// Defective reports whether the message has the defect of that ID.
func (m *Message) Defective(id string) bool {
	for _, d := range m.Defects {
		if d.ID == id {
			return true
		}
	}
	return false
}

// OverBudget reports whether reading stopped short somewhere: something of
// the message has not been looked at.
func (m *Message) OverBudget() bool {
	for _, d := range m.Defects {
		if strings.HasPrefix(d.ID, "budget.") {
			return true
		}
	}
	return false
}

// Attachments gives the parts that a person sees as files.
func (m *Message) Attachments() []*Part {
	var files []*Part
	for _, p := range m.Parts {
		if p.Attachment {
			files = append(files, p)
		}
	}
	return files
}

// Domain is the part after the last @, in lower case, "" when there is none.
func (a Address) Domain() string {
	if at := strings.LastIndexByte(a.Addr, '@'); at >= 0 {
		return a.Addr[at+1:]
	}
	return ""
}

// Local is the part before the last @; the whole when there is none.
func (a Address) Local() string {
	if at := strings.LastIndexByte(a.Addr, '@'); at >= 0 {
		return a.Addr[:at]
	}
	return a.Addr
}

// hasFold is strings.HasPrefix without regard to ASCII case.
func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// validName reports whether s can be the name of a field (RFC 5322 section 2.2).
func validName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f || s[i] == ':' {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 998
}
