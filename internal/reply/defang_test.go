package reply

import "testing"

// A subject that the tone check took for a link kept our own answer back.
func TestDefangLeavesNothingThatTheToneCheckTakesForALink(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Call tel:+33123456789":          "Call tel[:]+33123456789",
		"See data:text/html,x":           "See data[:]text/html,x",
		"mailto:eve@evil.example now":    "mailto[:]eve@evil[.]example now",
		"javascript:alert(1)":            "javascript[:]alert(1)",
		"file:///etc":                    "file[:]///etc",
		"ftp:x and FILE:y":               "ftp[:]x and FILE[:]y",
		"www.intranetx/pay":              "www[.]intranetx/pay",
		"at evil。example/pay":            "at evil[.]example/pay",
		"http://evil.example/x":          "hxxp://evil[.]example/x",
		"Data: the figures; 日本語です。次の文":   "Data: the figures; 日本語です。次の文",
		"plan.final.pdf, 10:30, Re: tel": "plan.final.pdf, 10:30, Re: tel",
	} {
		got := defang(text)
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if anyScheme.MatchString(got) {
			t.Errorf("%q: the tone check finds a link in %q", text, got)
		}
	}
}

// Whatever is quoted, nothing of it is a link afterwards.
func FuzzDefang(f *testing.F) {
	for _, seed := range []string{"http://a.b", "tel:tel:1", "www.www.x", "hxhttp://x", "data:data:data:x", "file:http:x", "a。b", "[:]tel:1", "ſtp:x", "ﬁle:x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := defang(text); anyScheme.MatchString(got) {
			t.Errorf("%q leaves a link: %q", text, got)
		}
	})
}
