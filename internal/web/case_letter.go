package web

import (
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/login"
)

// settleLetter is a person's word on a letter that is stuck: it arrived, or it
// is to be sent again; one that the tone check kept may leave in their name.
func (s *site) settleLetter(v *visit) error {
	c, err := v.decidable(login.ReplySend)
	if err != nil {
		return err
	}
	id := letters.ID(v.r.PathValue("letter"))
	err = v.read(func(tx *db.Tx) error {
		l, err := letters.Get(v.ctx, tx, id)
		if err == nil && l.Case != c.ID {
			return missing()
		}
		return err
	})
	if err != nil {
		return err
	}
	word := ""
	switch form := v.postForm(); {
	case form.Get("left") == "yes":
		word, err = "arrived", s.Desk.Arrived(v.ctx, id, v.who.Person)
	case form.Get("left") == "no":
		word, err = "again", s.Desk.Again(v.ctx, id, v.who.Person)
	case form.Get("release") == "yes":
		word, err = "sent", s.Desk.Release(v.ctx, id, v.who.Person)
	default:
		err = fault.New(fault.Invalid, "web.fault.form", nil)
	}
	if err != nil {
		return err
	}
	return v.goTo("/desk/" + string(c.ID) + "?done=" + word)
}
