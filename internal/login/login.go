// Package login knows who asks and what they may do.
//
// A person proves who they are by a link sent to their address, or by a local
// password; a program by a named token. What follows is a [Who], which answers
// May: each route names the [Right] it needs, and a role is no more than a row
// in a table of rights.
//
// Of every secret we hand out (session, link, token) only the SHA-256 is kept:
// they are 32 random bytes, so a plain hash cannot be guessed back. Passwords
// are chosen by people, so they are kept as argon2id. A link in a mail is opened
// by scanners before its reader sees it; so opening one ([PeekLink]) changes
// nothing, and only pressing the button on its page ([UseLink]) does.
package login

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/bienvu/bienvu/internal/db"
)

// Locale holds the sentences of this package's faults.
//
//go:embed *.json
var Locale embed.FS

// secretSize is the number of random bytes in what we hand out.
const secretSize = 32

// secret makes a new one from the caller's randomness, URL-safe.
func secret(random io.Reader) (string, error) {
	var b [secretSize]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("login: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

// digest is the form in which a secret is kept.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Sweep removes what is over: sessions and links of the past, old failures.
// Run it now and then.
func Sweep(ctx context.Context, tx *db.Tx, now time.Time) error {
	dayAgo := now.Add(-24 * time.Hour)
	for query, before := range map[string]time.Time{
		`DELETE FROM login_sessions WHERE expires_at <= $1`: now,
		`DELETE FROM login_links WHERE created_at <= $1`:    dayAgo,
		`DELETE FROM login_failures WHERE at <= $1`:         dayAgo,
	} {
		if _, err := db.Exec(ctx, tx, query, db.Micros(before)); err != nil {
			return fmt.Errorf("login: sweep: %w", err)
		}
	}
	return nil
}
