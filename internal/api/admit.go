package api

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
)

// admit reads the token of a call (RFC 6750 2.1) and asks for its right.
func (s *server) admit(ctx context.Context, c *call, right login.Right) error {
	secret, ok := bearer(c.Header.Get("Authorization"))
	if !ok {
		return fault.New(fault.Unauthenticated, "fault.api-token-missing", nil)
	}
	now := s.Desk.Now()
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		c.who, c.token, err = login.ByToken(ctx, tx, secret, now)
		return err
	})
	if err != nil {
		return err
	}
	if !c.who.May(right) {
		return needs(right)
	}
	s.touch(ctx, c.token, now)
	return nil
}

// needs says which right a token lacks.
func needs(right login.Right) error {
	return fault.New(fault.Forbidden, "fault.api-right", fault.Args{"right": string(right)})
}

// touch notes that the token is in use. That it could not be noted is no
// reason to turn a report away.
func (s *server) touch(ctx context.Context, t login.Token, now time.Time) {
	if !t.Stale(now) {
		return
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error { return login.TouchToken(ctx, tx, t.ID, now) })
	if err != nil {
		s.Log.LogAttrs(ctx, slog.LevelWarn, "use of a token not noted", slog.Any("cause", err))
	}
}

// bearer takes the secret out of an Authorization field; the name of the scheme
// may be in any case (RFC 9110 11.1).
func bearer(field string) (string, bool) {
	scheme, secret, _ := strings.Cut(field, " ")
	secret = strings.TrimSpace(secret)
	return secret, strings.EqualFold(scheme, "Bearer") && secret != ""
}
