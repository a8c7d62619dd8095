package db

import (
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/bienvu/bienvu/internal/fault"
)

// Keys of the faults that this package makes.
const (
	keyAway = "fault.database-away"
	keyFull = "fault.disk-full"
)

// The SQLSTATE codes we act on (PostgreSQL manual, appendix A).
const (
	stateUnique        = "23505"
	stateSerialization = "40001"
	stateDeadlock      = "40P01"
	stateDiskFull      = "53100"
	stateTooMany       = "53300"
)

// IsConflict reports whether err says that a row with that key already stands.
func IsConflict(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == stateUnique
}

// lostRace reports whether trying the whole transaction again may help.
func lostRace(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		primary := e.Code() & 0xff
		return primary == sqlite3.SQLITE_BUSY || primary == sqlite3.SQLITE_LOCKED
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == stateSerialization || e.Code == stateDeadlock)
}

// translate turns what passes with time into a fault that people are told;
// every other error stays as it is.
func translate(err error) error {
	if _, ok := errors.AsType[*fault.Fault](err); ok || err == nil {
		return err
	}
	switch {
	case isFull(err):
		return fault.Wrap(fault.Unavailable, keyFull, err)
	case isAway(err) || lostRace(err):
		return fault.Wrap(fault.Unavailable, keyAway, err)
	}
	return err
}

func isFull(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()&0xff == sqlite3.SQLITE_FULL
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == stateDiskFull
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func isAway(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		primary := e.Code() & 0xff
		return primary == sqlite3.SQLITE_CANTOPEN || primary == sqlite3.SQLITE_IOERR
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "57P") || e.Code == stateTooMany
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, syscall.ECONNRESET)
}

// jitter keeps those who lost the same race from meeting again.
func jitter(pause time.Duration) time.Duration {
	return pause/2 + rand.N(pause) //nolint:gosec // it only spreads retries, nobody gains from guessing it
}
