package house

import (
	"math"
	"strconv"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

// What is remembered of a sender counts from here on.
const (
	enough       = 50                  // reports in memory before a first contact is worth telling
	oftenTimes   = 10                  // reports of a sender that is common here
	oftenPeople  = 5                   // who reported it: no figure about fewer
	oftenSince   = 60 * 24 * time.Hour // few domains of criminals live that long
	faint        = 0.1                 // strength below which a decision is forgotten
	mostTrust    = 2.5                 // log odds that decisions may take away, at most
	mostDistrust = 4.0                 // log odds that they may add, at most
)

// remembered says what the house remembers of the author. Of a provider whom
// everybody may use, the address counts and the domain tells nothing.
func remembered(v *view.View) []verdict.Finding {
	seen := v.House.Seen
	if seen == nil || v.Ours(v.Host) {
		return nil
	}
	proved, side := Proved(v), seen.Unproved
	if proved {
		side = seen.Proved
	}
	count := side.Domain
	if v.House.Places.FreeMail(v.Host) || v.House.Places.Shared(v.Host) {
		count = side.Sender
	}
	var out []verdict.Finding
	switch never := seen.Proved.Domain.Times+seen.Unproved.Domain.Times == 0; {
	case never && seen.Reports >= enough:
		out = append(out, find(v, "house.first-contact"))
	case side.Written:
		out = append(out, find(v, "house.written-before"))
	}
	if proved && common(count, v.Now) {
		out = append(out, find(v, "house.frequent", "people", strconv.Itoa(count.People)))
	}
	return append(out, decided(v, count, proved)...)
}

// common reports whether a sender has long been part of life here, and nobody
// ever decided anything against it.
func common(c subject.Count, now time.Time) bool {
	return c.Times >= oftenTimes && c.People >= oftenPeople && now.Sub(c.First) >= oftenSince && c.Phishing.Times+c.Spam.Times == 0
}

// decided weighs what people of the team decided about the sender.
//
// "Legitimate", of good decisions against bad ones, moves by the logarithm of
// (good+1)/(bad+1): a single decision of today halves the odds, five of several
// persons leave a sixth, and never more than mostTrust goes. It counts only with
// proof, then and now, so it can't be borrowed.
//
// "Phishing" weighs more, as whoever sent it once has the means to send it again:
// 3.1 after one decision. Where the sender was honest at other times, a supplier
// whose mailbox was taken over, it weighs by its share. Of an unproved sender it
// says only that the name is being borrowed, and half as much.
func decided(v *view.View, c subject.Count, proved bool) []verdict.Finding {
	good, bad := c.Legitimate.Strength, c.Phishing.Strength
	if bad > faint && bad >= good {
		f := find(v, "house.decided-phishing", "n", strconv.Itoa(c.Phishing.Times))
		if f.Weight = mostDistrust * bad / (bad + 0.3) * bad / (bad + good); !proved {
			f.Weight /= 2
		}
		return []verdict.Finding{f}
	}
	if against := bad + c.Spam.Strength; proved && good > faint && good > against {
		f := find(v, "house.decided-legitimate", "n", strconv.Itoa(c.Legitimate.Times))
		f.Weight = -min(mostTrust, math.Log((good+1)/(against+1)))
		return []verdict.Finding{f}
	}
	if c.Spam.Strength > faint && c.Spam.Strength >= good {
		return []verdict.Finding{find(v, "house.decided-spam", "n", strconv.Itoa(c.Spam.Times))}
	}
	return nil
}

// Learned tells how much the decisions of the team moved the opinion of this
// message, as a finding with that weight; below a tenth it isn't worth telling,
// and moves nothing.
func Learned(odds float64) []verdict.Finding {
	id := "house.learned-danger"
	if odds < 0 {
		id = "house.learned-harmless"
	}
	if math.Abs(odds) < faint {
		return nil
	}
	f := Table.Find(id, verdict.Place{Spot: verdict.InWhole}, nil)
	f.Weight = odds
	return []verdict.Finding{f}
}
