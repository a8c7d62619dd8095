package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSegments(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text  string
		marks []Mark
		limit int
		want  []Segment
		cut   bool
	}{
		"no marks":         {text: "hello", want: []Segment{{Text: "hello"}}},
		"nothing":          {text: "", want: nil},
		"one mark":         {text: "pay now please", marks: []Mark{{1, "now"}}, want: []Segment{{Text: "pay "}, {Text: "now", Pins: []int{1}}, {Text: " please"}}},
		"other case":       {text: "Pay NOW", marks: []Mark{{1, "pay now"}}, want: []Segment{{Text: "Pay NOW", Pins: []int{1}}}},
		"other spaces":     {text: "within\n24 hours", marks: []Mark{{1, "within 24  hours"}}, want: []Segment{{Text: "within\n24 hours", Pins: []int{1}}}},
		"overlapping":      {text: "abcd", marks: []Mark{{1, "abc"}, {2, "cd"}}, want: []Segment{{Text: "ab", Pins: []int{1}}, {Text: "c", Pins: []int{1, 2}}, {Text: "d", Pins: []int{2}}}},
		"not there":        {text: "abcd", marks: []Mark{{1, "x"}, {2, " "}}, want: []Segment{{Text: "abcd"}}},
		"pattern in quote": {text: "a.c abc", marks: []Mark{{1, "a.c"}}, want: []Segment{{Text: "a.c", Pins: []int{1}}, {Text: " abc"}}},
		"mark in a link":   {text: "see https://a.b.example/x", marks: []Mark{{1, "b.example"}}, want: []Segment{{Text: "see hxxps://a[.]"}, {Text: "b[.]example", Pins: []int{1}}, {Text: "/x"}}},
		"cut in a letter":  {text: "aéb", limit: 2, want: []Segment{{Text: "a"}}, cut: true},
		"broken bytes":     {text: "a\xffb", want: []Segment{{Text: "a\uFFFDb"}}},
	} {
		limit := c.limit
		if limit == 0 {
			limit = 1000
		}
		got, cut := Segments(c.text, c.marks, limit)
		if diff := cmp.Diff(c.want, got); diff != "" || cut != c.cut {
			t.Errorf("%s: cut %t, (-want +got)\n%s", name, cut, diff)
		}
	}
}

func TestDefang(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"http://a.example/x.html?u=b.c":          "hxxp://a[.]example/x.html?u=b.c",
		"HTTPS://A.example":                      "HxxPS://A[.]example",
		"www.a.example":                          "www[.]a[.]example",
		"ftp://a.example":                        "fxp://a[.]example",
		"write to a@b.example":                   "write to a@b.example",
		"<http://a.example>, http://b.example.":  "<hxxp://a[.]example>, hxxp://b[.]example[.]",
		"left\u202eright":                        "left[U+202E]right",
		"in\u200bvisible":                        "invisible",
		"bell\x07":                               "bell[U+0007]",
		"line\r\nline\ttab":                      "line\nline\ttab",
		"http://user:pw@a.example:8080/https://": "hxxp://user:pw@a[.]example:8080/https://",
	} {
		if got := Defang(in); got != want {
			t.Errorf("Defang(%q) = %q, want %q", in, got, want)
		}
	}
	if got := defangLink("javascript:alert(1)"); strings.Contains(got, "http") {
		t.Errorf("defangLink: %q", got)
	}
	if got := defangLink("http:evil"); got != "hxxp:evil" {
		t.Errorf("defangLink: %q", got)
	}
}

func FuzzSegments(f *testing.F) {
	f.Add("pay now https://a.example/x www.b.example", "now", "a.example", 30)
	f.Add("\u202ehttp://\x00", "http", "\u202e", 3)
	f.Fuzz(func(t *testing.T, text, one, two string, limit int) {
		if limit < 0 {
			limit = -(limit + 1)
		}
		segments, _ := Segments(text, []Mark{{1, one}, {2, two}}, limit)
		var whole strings.Builder
		for _, s := range segments {
			whole.WriteString(s.Text)
		}
		plain, _ := Segments(text, nil, limit)
		var unmarked strings.Builder
		for _, s := range plain {
			unmarked.WriteString(s.Text)
		}
		if whole.String() != unmarked.String() {
			t.Errorf("marks change the text:\n%q\n%q", whole.String(), unmarked.String())
		}
	})
}

func TestRuns(t *testing.T) {
	t.Parallel()
	own := "https://desk.example/"
	for in, want := range map[string][]run{
		"":                                {},
		"none":                            {{Text: "none"}},
		"a https://desk.example/x. b":     {{Text: "a "}, {Text: "https://desk.example/x", Link: true}, {Text: ". b"}},
		"https://desk.example/":           {{Text: "https://desk.example/", Link: true}},
		"https://desk.example.evil.test/": {{Text: "https://desk.example.evil.test/"}},
	} {
		if diff := cmp.Diff(want, append([]run{}, runs(in, own)...)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", in, diff)
		}
	}
	if got := runs("https://desk.example/", ""); len(got) != 1 || got[0].Link {
		t.Errorf("no own address: %v", got)
	}
}

// Where marks overlap, each figure stands once, at the end of its run.
func TestAPinStandsWhereItsMarkEnds(t *testing.T) {
	t.Parallel()
	f := frame(t, "en", nil)
	segments, _ := Segments("your password expires today, hurry", []Mark{{Pin: 1, Quote: "password expires"}, {Pin: 2, Quote: "expires today"}}, 1000)
	var b strings.Builder
	if err := marked(f, segments, "").Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for pin, after := range map[string]string{">1</a>": "expires</mark>", ">2</a>": "today</mark>"} {
		if strings.Count(got, pin) != 1 || strings.Index(got, pin) < strings.Index(got, after) {
			t.Errorf("%s does not stand once, after %s:\n%s", pin, after, got)
		}
	}
	if !strings.Contains(got, `<mark data-pin="1 2">expires</mark>`) {
		t.Errorf("the words of both are not marked for both:\n%s", got)
	}
}
