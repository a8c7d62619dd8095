package config

import (
	"cmp"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// From is the address our answers come from, "" when none is set.
func (c Config) From() string {
	if c.Mail.FromAddress == "" && len(c.Mail.ReportAddresses) > 0 {
		return c.Mail.ReportAddresses[0]
	}
	return c.Mail.FromAddress
}

// FromName is the name our answers come from.
func (c Config) FromName() string { return cmp.Or(c.Mail.FromName, c.Org.TeamName, c.Org.Name) }

// Risk is the share of answers given alone that may be wrong, from 0 to 1.
func (c Config) Risk() float64 {
	percent, err := strconv.ParseFloat(c.Desk.Risk, 64)
	if err != nil {
		return 0 // never loaded: the usual one
	}
	return percent / 100
}

// DatabaseURL is postgres://… or sqlite:PATH; it may hold a password.
func (c Config) DatabaseURL() string {
	return cmp.Or(c.Database.URL.Reveal(), "sqlite:"+filepath.Join(c.Data.Dir, "bienvu.db"))
}

// PublicURL is what the links in our mails begin with, without a final slash.
func (c Config) PublicURL() string {
	if c.HTTP.PublicURL != "" {
		return strings.TrimRight(c.HTTP.PublicURL, "/")
	}
	host, port, err := net.SplitHostPort(c.HTTP.Address)
	if err != nil {
		return "http://" + c.HTTP.Address
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// SecretKeyFile is the file of the signing key.
func (c Config) SecretKeyFile() string {
	return cmp.Or(c.Data.SecretKeyFile, filepath.Join(c.Data.Dir, "secret.key"))
}

const usualEvery = 6 * time.Hour

// Every is how often the list is read again.
func (f Feed) Every() time.Duration {
	return cmp.Or(time.Duration(f.EveryHours)*time.Hour, usualEvery)
}
