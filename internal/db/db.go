// Package db opens SQLite or PostgreSQL and gives transactions on either.
package db
