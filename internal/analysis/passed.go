package analysis

import (
	"slices"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// graver gives what is to be said of a mail that passes another on: what is said
// of the inner one where that is worse, told at the places of the outer one,
// which is the one people have before them. What is said of the inner one alone
// can't be trusted: whoever writes the outer one can write it as well.
func graver(outer, inner Result, holds, held *mail.Message) Result {
	if inner.Score <= outer.Score {
		return outer
	}
	hold := slices.ContainsFunc(outer.Findings, func(f verdict.Finding) bool { return f.Hold })
	outer.Judgement = inner.Judgement
	outer.Findings, outer.Reasons = placed(inner.Findings, held, holds), placed(inner.Reasons, held, holds)
	passed := readingTable.Find("reading.passed", verdict.Place{Spot: verdict.InWhole}, nil)
	outer.Findings = append(outer.Findings, passed)
	if hold {
		outer.Verdict, outer.Confident = verdict.Unsure, false
	}
	return outer
}

// placed moves findings about a forwarded mail to the mail that holds it: its
// head stands in the text there, its links are found again by where they lead.
// What is not found again is about the whole.
func placed(findings []verdict.Finding, inner, outer *mail.Message) []verdict.Finding {
	out := slices.Clone(findings)
	for i := range out {
		place := &out[i].Place
		switch place.Spot {
		case verdict.InHeader:
			*place = verdict.Place{Spot: verdict.InText, Quote: place.Quote}
		case verdict.InLink:
			*place = again(*place, inner, outer)
		case verdict.InAttachment:
			*place = verdict.Place{Spot: verdict.InWhole}
		case verdict.InText, verdict.InWhole:
		}
	}
	return out
}

func again(place verdict.Place, inner, outer *mail.Message) verdict.Place {
	if place.Index < 0 || place.Index >= len(inner.Links) {
		return verdict.Place{Spot: verdict.InWhole}
	}
	url := inner.Links[place.Index].URL
	place.Index = slices.IndexFunc(outer.Links, func(l mail.Link) bool { return l.URL == url })
	if place.Index < 0 {
		return verdict.Place{Spot: verdict.InWhole}
	}
	return place
}
