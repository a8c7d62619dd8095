package app

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
)

// signFile is where a demo that runs writes down where its pages are, under
// the address of its SMTP door: so that `bienvu report --smtp ADDR` finds the
// answer without being told a second address.
func signFile(smtp string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	safe := strings.NewReplacer(":", "_", "/", "_", "[", "", "]", "").Replace(smtp)
	return filepath.Join(dir, "bienvu", "demo-"+safe)
}

// hangSign writes the sign, and gives what takes it down. A sign that can't be
// written costs no more than having to say --http.
func hangSign(smtp, url string) (takeDown func()) {
	path := signFile(smtp)
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil || os.WriteFile(path, []byte(url), 0o600) != nil {
		return func() {}
	}
	return func() { _ = os.Remove(path) }
}

// findDesk is where the demo behind an SMTP address shows its pages.
func findDesk(smtp string) string {
	sign, _ := os.ReadFile(signFile(smtp))
	return cmp.Or(strings.TrimSpace(string(sign)), "http://"+defaultHTTP)
}
