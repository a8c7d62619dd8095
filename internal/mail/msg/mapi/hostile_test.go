package mapi_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
)

// TestDeepGroups opens a great many groups and closes them again. The state of
// a group takes sixty bytes, and rich text is compressed.
func TestDeepGroups(t *testing.T) {
	t.Parallel()
	const deep = 2_000_000
	rtf := []byte("{\\rtf1 a" + strings.Repeat("{", deep) + "b" + strings.Repeat("}", deep) + "c}")
	if got := mapi.ReadRTF([]byte("{\\rtf1 "+strings.Repeat("{", 1000)+"{\\info a}b"), 1252).Text; got != "ab" {
		t.Errorf("%q: the state of a group that is too deep was kept", got)
	}
	if got := mapi.ReadRTF(rtf, 1252).Text; got != "abc" {
		t.Errorf("%.40q", got)
	}
	if got := mapi.ReadRTF(bytes.Repeat([]byte("{\\b "), deep), 1252).Text; got != "" {
		t.Errorf("%.40q", got)
	}
}
