package login_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
)

func TestSignedLink(t *testing.T) {
	t.Parallel()
	for _, want := range []login.Action{
		{Name: "clicked", Subject: "01890000-0000-7000-8000-00000000000a", Person: string(nadia), Expires: noon.Add(time.Hour)},
		{Name: "", Subject: "", Person: "", Expires: noon.Add(time.Hour)},
		{Name: "helped", Subject: "01890000-0000-7000-8000-00000000000A", Person: "é\x00/+", Expires: noon.Add(time.Hour)},
	} {
		link := login.Sign(key, want.Name, want.Subject, want.Person, want.Expires)
		got, err := login.Verify(key, link, noon)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if strings.Trim(link, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("%q is not safe in a URL", link)
		}
	}
}

// A link has to stay whole in a plain-text mail, behind the address of the desk.
func TestSignedLinkIsShort(t *testing.T) {
	t.Parallel()
	if link := login.Sign(key, "not-helped", string(nadia), string(omar), noon); len(link) > 90 {
		t.Errorf("%d characters", len(link))
	}
}

func TestForgedLinksAreRefused(t *testing.T) {
	t.Parallel()
	link := login.Sign(key, "clicked", string(nadia), string(omar), noon.Add(time.Hour))
	raw, err := base64.RawURLEncoding.DecodeString(link)
	must(t, err)
	for i := range raw { // any byte changed
		forged := append([]byte{}, raw...)
		forged[i] ^= 1
		wantWrong(t, key, base64.RawURLEncoding.EncodeToString(forged))
	}
	for i := range link { // any part missing
		wantWrong(t, key, link[:i])
	}
	wantWrong(t, key, link+"A")
	wantWrong(t, key, link+"=")
	wantWrong(t, []byte("another key of the right length!"), link)
	// A desk that was set up without a key must not accept what anybody can sign.
	wantWrong(t, nil, login.Sign(nil, "clicked", string(nadia), string(omar), noon.Add(time.Hour)))
}

func TestLinkExpires(t *testing.T) {
	t.Parallel()
	link := login.Sign(key, "clicked", string(nadia), string(omar), noon)
	if _, err := login.Verify(key, link, noon.Add(-time.Second)); err != nil {
		t.Errorf("just before: %v", err)
	}
	_, err := login.Verify(key, link, noon)
	if f := fault.Of(err); err == nil || f.Key != "fault.link-expired" {
		t.Errorf("at its end: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add(login.Sign(key, "clicked", string(nadia), "x", noon))
	f.Add("")
	f.Add("AQAAAAA")
	f.Fuzz(func(t *testing.T, link string) {
		a, err := login.Verify(key, link, noon.Add(-time.Hour))
		if err == nil && login.Sign(key, a.Name, a.Subject, a.Person, a.Expires) != link {
			t.Errorf("%q was taken, and is not what Sign makes", link)
		}
	})
}

func wantWrong(t *testing.T, key []byte, link string) {
	t.Helper()
	if a, err := login.Verify(key, link, noon); err == nil || fault.Of(err).Key != "fault.link-wrong" {
		t.Errorf("%q was read as %+v, %v", link, a, err)
	}
}
