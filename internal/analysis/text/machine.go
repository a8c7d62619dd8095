package text

import (
	"embed"
	"strings"
	"sync"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/phrase"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

//go:embed data/machine.txt data/machine-order.txt
var machineWords embed.FS

//nolint:gochecknoglobals // a constant table, built once
var orders = sync.OnceValues(func() (*phrase.Matcher, error) { return phrase.Load(machineWords) })

// mostHidden limits how much hidden text is read, in bytes.
const mostHidden = 32 << 10

// whispers looks for words to machines where no person sees them: they are
// never followed, and they tell what the sender is after.
func (l *look) whispers(hidden string) {
	m, err := orders()
	if err != nil || len(hidden) < 10 {
		return
	}
	folded := view.FoldKeeping(hidden[:min(len(hidden), mostHidden)])
	for _, hits := range m.Find(folded.Words) {
		quote := folded.Original(hits[0].From, hits[0].To)
		l.find("text.whisper", quote, map[string]string{"quote": domain.Defang(view.Quote(quote))})
		return
	}
}

// unseen gives the text that the message holds and nobody sees: the longer of
// what the two readers of its HTML found.
func (l *look) unseen() string {
	if hidden := l.v.Message.Hidden; letters(hidden) > letters(l.v.Page.Hidden) {
		return strings.TrimSpace(hidden)
	}
	return strings.TrimSpace(l.v.Page.Hidden)
}
