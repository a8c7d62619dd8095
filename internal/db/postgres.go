package db

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/bienvu/bienvu/internal/fault"
)

// defaultConns is enough for the doors and the workers; "pool_max_conns" in the
// address says otherwise.
const (
	defaultConns   = 20
	connectTimeout = 5 * time.Second
)

func openPostgres(ctx context.Context, url string) (*DB, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = defaultConns
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectTimeout
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	shared := stdlib.OpenDBFromPool(pool)
	d := &DB{engine: Postgres, writer: shared, reader: shared, pool: pool}
	if err := d.Ping(ctx); err != nil {
		_ = d.Close()
		return nil, unreachable(config.ConnConfig, err)
	}
	return d, nil
}

// unreachable says where no database was found, and why, without the password.
func unreachable(at *pgx.ConnConfig, err error) error {
	place := net.JoinHostPort(at.Host, strconv.Itoa(int(at.Port))) + "/" + at.Database
	why := err
	for below := errors.Unwrap(why); below != nil; below = errors.Unwrap(why) {
		why = below
	}
	return &fault.Fault{Kind: fault.Unavailable, Key: "fault.database-unreachable", Args: fault.Args{"place": place, "why": why}, Cause: err}
}
