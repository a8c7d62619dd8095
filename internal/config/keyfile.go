package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/bienvu/bienvu/internal/fault"
)

// keyBytes is the length of the signing key: 256 bits, as HMAC-SHA-256 wants.
const keyBytes = 32

// SigningKey reads the key that signs our links, and makes it from random at
// the first start. Only the owner may read the file: a looser one is refused,
// because whoever reads it can sign in as anybody.
func SigningKey(file string, random io.Reader) ([]byte, error) {
	key, err := readKey(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := makeKey(file, random); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, &fault.Fault{Kind: fault.Unavailable, Key: "config.key-unwritable", Args: fault.Args{"file": file}, Cause: err}
	}
	return readKey(file) // also when another process made it first
}

func readKey(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fault.New(fault.Invalid, "config.key-open", fault.Args{"file": file})
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil || len(key) != keyBytes {
		return nil, &fault.Fault{Kind: fault.Invalid, Key: "config.key-broken", Args: fault.Args{"file": file}, Cause: err}
	}
	return key, nil
}

// makeKey writes the key to a file beside and links it into place, so that no
// reader ever sees half of one and two first starts agree on one key.
func makeKey(file string, random io.Reader) error {
	key := make([]byte, keyBytes)
	if _, err := io.ReadFull(random, key); err != nil {
		return fmt.Errorf("config: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("config: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".secret-*") // 0600
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("config: %w", err)
	}
	return os.Link(tmp.Name(), file)
}
