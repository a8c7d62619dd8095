package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/exhibit"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/mail"
)

// showPicture draws the picture of one's own report: what the mail had in it.
func (s *site) showPicture(v *visit) error {
	var c cases.Case
	var reports []cases.Reported
	err := v.read(func(tx *db.Tx) (err error) {
		if c, err = v.own(tx); err != nil {
			return err
		}
		reports, err = cases.Reports(v.ctx, tx, c.ID)
		return err
	})
	if err != nil {
		return err
	}
	if len(reports) == 0 || len(reports[0].Judgement) == 0 || c.Answered.IsZero() || !desk.Pictured(c.Verdict) {
		return missing()
	}
	var result analysis.Result
	if err := json.Unmarshal(reports[0].Judgement, &result); err != nil {
		return err
	}
	m, err := v.message(reports[0])
	if err != nil {
		return err
	}
	drawn, err := exhibit.Draw(desk.Exhibit(v.Words, v.lang, m, result, c.Verdict), desk.PictureWords(v.Words, v.lang))
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "private, no-store")
	v.w.WriteHeader(http.StatusOK)
	_, err = v.w.Write(drawn)
	return err
}

// withPictures puts the pictures of a mail of ours into its HTML, where a page
// can show them.
func withPictures(m *mail.Message) string {
	page := m.HTML
	for _, p := range m.Parts {
		if p != nil && p.ContentID != "" && p.TrueType == "image/png" {
			page = strings.ReplaceAll(page, "cid:"+p.ContentID, "data:image/png;base64,"+base64.StdEncoding.EncodeToString(p.Body))
		}
	}
	return page
}
