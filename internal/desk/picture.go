package desk

import (
	"context"
	"encoding/json"
	"html"
	"log/slog"
	"strconv"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/exhibit"
	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// rowWords are the keys of what the rows of a picture are.
//
//nolint:gochecknoglobals // a constant table
var rowWords = map[exhibit.Kind]string{
	exhibit.From: "picture.from", exhibit.Subject: "picture.subject", exhibit.Replies: "picture.replies",
	exhibit.Text: "picture.text", exhibit.Link: "picture.link", exhibit.File: "picture.file",
}

// PictureWords are the words of a picture that are ours.
func PictureWords(words *i18n.Catalogue, lang string) exhibit.Words {
	w := exhibit.Words{Title: words.T(lang, "picture.title", nil), Kinds: map[exhibit.Kind]string{}}
	for kind, key := range rowWords {
		w.Kinds[kind] = words.T(lang, key, nil)
	}
	return w
}

// Pictured reports whether a verdict comes with a picture of what gave the
// message away.
func Pictured(v verdict.Verdict) bool { return v == verdict.Phishing || v == verdict.Simulation }

// Exhibit lays out the picture of a reported message for a verdict.
func Exhibit(words *i18n.Catalogue, lang string, m *mail.Message, r analysis.Result, v verdict.Verdict) exhibit.Card {
	var reasons []exhibit.Reason
	for _, f := range verdict.Reasons(r.Findings, v) {
		reasons = append(reasons, exhibit.Reason{Finding: f, Sentence: sentences.Reporter(words, lang, f)})
	}
	return exhibit.Of(m, reasons)
}

// listEnd is where the picture stands in a letter: behind the reasons.
const listEnd = "</ul>\n"

// illustrate puts the picture of the reported message into a letter that lists
// what gave it away. The picture says what the letter says and nothing else, so
// the tone check has seen its every sentence. It is made when the letter
// leaves, and a letter leaves without one rather than not at all.
func (d *Desk) illustrate(ctx context.Context, l letters.Letter, o *mail.Outgoing) {
	before, after, listed := strings.Cut(l.HTML, listEnd)
	if d.Org.NoPicture || !listed || l.Case == "" || !Pictured(l.Verdict) {
		return
	}
	card, err := d.exhibit(ctx, l, before)
	if err != nil || card.Empty() {
		d.unillustrated(ctx, l, err)
		return
	}
	words := PictureWords(d.Words, l.Language)
	drawn, err := exhibit.Draw(card, words)
	if err != nil {
		d.unillustrated(ctx, l, err)
		return
	}
	id := "picture." + string(l.ID) + "@bienvu" // a name inside this letter, so no domain of ours is needed
	o.Inline = []mail.Inline{{ID: id, Type: "image/png", Name: "message.png", Body: drawn}}
	o.HTML = before + listEnd + imageTag(id, card.Alt(words)) + after
}

func (d *Desk) unillustrated(ctx context.Context, l letters.Letter, err error) {
	if err != nil {
		d.Log.WarnContext(ctx, "a letter leaves without its picture", slog.String("letter", string(l.ID)), slog.Any("error", err))
	}
}

func imageTag(id, alt string) string {
	return `<p style="margin:0 0 16px 0;"><img src="cid:` + id + `" width="` + strconv.Itoa(exhibit.Width) + `" alt="` + html.EscapeString(alt) +
		`" style="display:block;width:100%;max-width:` + strconv.Itoa(exhibit.Width) + `px;height:auto;border:0;"></p>` + "\n"
}

// exhibit lays out the gravest message of a letter's case, with the reasons
// that the letter gives.
func (d *Desk) exhibit(ctx context.Context, l letters.Letter, given string) (exhibit.Card, error) {
	var reports []cases.Reported
	err := d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		reports, err = cases.Reports(ctx, tx, l.Case)
		return err
	})
	if err != nil {
		return exhibit.Card{}, err
	}
	at, results := -1, make([]analysis.Result, len(reports))
	for i, r := range reports {
		if len(r.Judgement) == 0 {
			continue
		}
		if err := json.Unmarshal(r.Judgement, &results[i]); err != nil {
			return exhibit.Card{}, err
		}
		if at < 0 || results[i].Score > results[at].Score {
			at = i
		}
	}
	if at < 0 {
		return exhibit.Card{}, nil
	}
	raw, err := d.Blobs.Get(ctx, blob.Hash(reports[at].Blob))
	if err != nil {
		return exhibit.Card{}, err
	}
	results[at].Findings = d.told(results[at].Findings, l, given)
	return Exhibit(d.Words, l.Language, mail.Read(raw, mail.DefaultBudget()), results[at], l.Verdict), nil
}

// told keeps the findings whose sentence a letter holds: a person may have
// taken one out.
func (d *Desk) told(all []verdict.Finding, l letters.Letter, given string) []verdict.Finding {
	var out []verdict.Finding
	for _, f := range all {
		if strings.Contains(given, html.EscapeString(sentences.Reporter(d.Words, l.Language, f))) {
			out = append(out, f)
		}
	}
	return out
}
