package similar

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// How much of a message a fingerprint keeps, so that it never takes more than
// Longest bytes.
const (
	slots      = 96 // places of the text's sketch
	fewTags    = 12 // tags below which the build of the HTML says nothing
	mostHosts  = 4  // places that links lead to
	mostShapes = 5  // forms of paths
	mostImages = 4
	mostLooks  = 3
	mostFiles  = 4
)

// Print is the fingerprint of one message: what stays the same when a campaign
// goes to the next recipient, and most of what stays when it is reworded. Two
// are held against each other by Compare. It holds no word of the message.
type Print struct {
	Text    [slots]uint16 // MinHash of the runs of words; nothing when Words is 0
	Words   uint16        // runs of words behind Text, 0 when there are too few to say anything
	Layout  uint64        // SimHash of the sequence of HTML tags
	Tags    uint16        // tags behind Layout, 0 when there are too few
	Hosts   []uint32      // registrable domains that links lead to
	Shapes  []uint32      // paths of links, with what changes from link to link left out
	Images  []uint32      // pictures that came along, by content
	Looks   []uint64      // pictures by what they look like (see looks)
	Files   []uint32      // attached files, by content
	Names   []uint32      // attached files, by name, with numbers left out
	Sender  uint32        // display name of the author, 0 for none
	Box     uint32        // form of the author's address before the @
	Home    uint32        // registrable domain of the author or the list that they wrote to, 0 where anybody can have an address
	Subject uint32        // the subject, with what changes left out, 0 when little is left
	Exact   uint64        // the smallest runs and all domains of links: equal for the same letter to others; 0 with little text
}

// Of takes the fingerprint of a message.
func Of(v *view.View) Print {
	words := letter(v)
	p := Print{Exact: exact(v, words)}
	if len(words) >= fewest {
		runs := runsOf(words)
		p.Text, p.Words = sketch(runs), uint16(min(len(runs.members), mostRuns))
	}
	p.Layout, p.Tags = layout(v.Message.HTML)
	p.Hosts, p.Shapes = places(v)
	p.addFiles(v.Message)
	p.Sender, p.Home = fold32(v.Name), house(v)
	local, _, _ := strings.Cut(v.From.Addr, "@")
	p.Box = fold32(shape(local))
	p.Subject = heading(v)
	return p
}

// Empty reports whether the print holds too little to gather messages by.
func (p Print) Empty() bool {
	return p.Words == 0 && len(p.Images) == 0 && len(p.Files) == 0
}

// house is who answers for the sender's address, 0 where anybody can have one.
// What goes through a list where people talk is the list's.
func house(v *view.View) uint32 {
	if list := v.Header("List-Post"); list != "" {
		return fold32(cut(list, 200))
	}
	if domain.FreeMail(v.Host) {
		return 0
	}
	return fold32(v.Org)
}

// heading hashes the subject without numbers, codes and the recipient's names.
func heading(v *view.View) uint32 {
	words := steady(v.Title, own(v))
	if len(strings.Join(words, "")) < 6 {
		return 0
	}
	return fold32(strings.Join(words, " "))
}

// shape writes a name with its numbers as "#": what a generator leaves the same.
func shape(name string) string {
	var b strings.Builder
	number := false
	for _, r := range strings.ToLower(name) {
		switch digit := r >= '0' && r <= '9'; {
		case !digit:
			b.WriteRune(r)
		case !number:
			b.WriteByte('#')
		}
		number = r >= '0' && r <= '9'
	}
	if s := b.String(); !domain.Random(strings.ReplaceAll(name, ".", "")) {
		return s
	}
	return "*"
}

// fold32 is a hash of the words of a text, 0 for none.
func fold32(s string) uint32 {
	if s = strings.TrimSpace(s); s == "" {
		return 0
	}
	return uint32(mix(hash(s))>>32) | 1
}

// few sorts, drops what is there twice, and keeps so many.
func few[T uint32 | uint64](all []T, most int) []T {
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.Clip(all[:min(len(all), most)])
}
