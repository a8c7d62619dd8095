package config

import (
	"fmt"
	"io"
	"log/slog"
)

// Hidden stands where a secret would.
const Hidden = "(hidden)"

// Secret is a text that never prints: not by fmt with any verb, not in logs,
// JSON or YAML. Only Reveal gives it away.
type Secret string

// Reveal gives the secret itself, for the one place that needs it.
func (s Secret) Reveal() string { return string(s) }

// String says that there is a secret, or "" when there is none.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return Hidden
}

// Format hides the secret from every verb of fmt.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText hides the secret from JSON and YAML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue hides the secret from logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
