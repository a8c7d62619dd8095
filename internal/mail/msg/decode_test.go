package msg_test

import (
	"encoding/base64"
	"strings"
	"testing"
)

func decode(t *testing.T, encoding string, b []byte) string {
	t.Helper()
	if encoding != "base64" {
		return string(b)
	}
	out, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
