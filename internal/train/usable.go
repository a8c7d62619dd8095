package train

import "strings"

// Usable leaves out the findings that tell how a message was collected, or what
// only an organisation knows.
func Usable(ids []string) []string {
	var out []string
	for _, id := range ids {
		group, _, _ := strings.Cut(id, ".")
		switch {
		case group == "house", group == "exercise", group == "reading", group == "listed":
		case id == "sender.id-elsewhere", id == "sender.id-missing", id == "sender.return-elsewhere", id == "sender.nobody", id == "text.write-to", id == "sender.brand-own", id == "sender.himself":
		case id == "auth.claimed-pass", group == "auth" && !strings.HasPrefix(id, "auth.claimed-"):
		case id == "text.threaded", id == "text.conversation", id == "bulk.list", id == "bulk.discussion", id == "bulk.precedence", id == "bulk.service", id == "bulk.newsletter":
		default:
			out = append(out, id)
		}
	}
	return out
}
