package feed_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/feed"
)

func parsed(t *testing.T, format feed.Format, text string, b feed.Budget) ([]string, feed.Outcome, error) {
	t.Helper()
	var all []string
	out, err := feed.Parse(format, strings.NewReader(text), b, func(e feed.Entry) {
		line := string(rune(e.Kind)) + " " + e.Value
		if e.Note != "" {
			line += " (" + e.Note + ")"
		}
		all = append(all, line)
	})
	return all, out, err
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		format  feed.Format
		text    string
		want    []string
		skipped int
	}{
		"plain": {feed.Plain, "# ours\n\nHXXPS://no\nhxxps://Trap[.]lumo.example:443/In?a=1#x\nlumo.example\n*.pirate.example\n||weiss.example^\n192.0.2.7\n2001:DB8::7\nbad@Lumo.example\n@whole.example\n" +
			strings.Repeat("AB", 32) + "\nco.uk\nlocalhost\n192.0.2.0/24\nlumo.example/a comment\n",
			[]string{
				"u trap.lumo.example/In?a=1", "s trap.lumo.example", "d lumo.example", "d pirate.example", "d weiss.example", "h 192.0.2.7", "h 2001:db8::7",
				"e bad@lumo.example", "d whole.example", "f " + strings.Repeat("ab", 32), "u lumo.example/a", "s lumo.example",
			}, 4},
		"ranked sites": {feed.Plain, "1,lumo.example\n2,weiss.example\r\n", []string{"d lumo.example", "d weiss.example"}, 0},
		"hosts":        {feed.Hosts, "127.0.0.1 localhost\n0.0.0.0 a.lumo.example b.lumo.example # why\nc.lumo.example\n#x\n", []string{"h a.lumo.example", "h b.lumo.example", "h c.lumo.example"}, 1},
		"openphish":    {feed.OpenPhish, "https://lumo.example/\nhttps://lumo.example/#login\nhttp://weiss.example/%7Ejo/%c3%a9\n", []string{"h lumo.example", "u weiss.example/~jo/%C3%A9", "s weiss.example"}, 1},
		"urlhaus csv": {feed.URLhaus, "################\n# id,dateadded,url,url_status,last_online,threat,tags\n" +
			`"1","2026-01-02 03:04:05","http://192.0.2.9:8080/bin.sh","online","","malware_download","a,b"` + "\n" + `"2","","not an address"` + "\n\"3\"\n",
			[]string{"u 192.0.2.9:8080/bin.sh (malware_download)", "s 192.0.2.9 (malware_download)"}, 2},
		"urlhaus json": {feed.URLhaus, `{"7":[{"url":"http://lumo.example/x.exe","threat":"malware_download","tags":["exe"]}],"8":[{"url":"nothing"}]}`,
			[]string{"u lumo.example/x.exe (malware_download)", "s lumo.example (malware_download)"}, 1},
		"phishtank csv": {feed.PhishTank, "phish_id,url,phish_detail_url,submission_time,verified,verification_time,online,target\n" +
			`9,"https://lumo.example/a,b?q=""1""",http://tank.example/9,x,yes,x,yes,Bank` + "\n",
			[]string{"u lumo.example/a,b?q=%221%22 (Bank)", "s lumo.example (Bank)"}, 0},
		"phishtank json": {feed.PhishTank, `[{"phish_id":"9","url":"https:\/\/lumo.example\/a","phish_detail_url":"http://tank.example/9","details":[{"ip_address":"192.0.2.1"}],"target":"Bank"}]`,
			[]string{"u lumo.example/a (Bank)", "s lumo.example (Bank)"}, 0},
		"misp": {feed.MISP, `{"Event":{"info":"x","Attribute":[{"type":"url","category":"Net","to_ids":true,"value":"http://lumo.example/a"},{"type":"domain","to_ids":false,"value":"kind.example"},
			{"type":"hostname","to_ids":true,"value":"h.lumo.example"},{"type":"link","to_ids":true,"value":"https://report.example/x"},{"type":"domain","to_ids":true,"deleted":true,"value":"gone.example"}],
			"Object":[{"name":"file","Attribute":[{"type":"filename|sha256","to_ids":true,"value":"a.exe|` + strings.Repeat("0a", 32) + `"},{"type":"domain|ip","to_ids":true,"value":"weiss.example|192.0.2.3"}]}]}}
			{"Event":{"Attribute":[{"type":"ip-dst|port","to_ids":true,"value":"192.0.2.4|443"},{"type":"email-src","to_ids":true,"value":"Bad@lumo.example"},{"type":"md5","to_ids":true,"value":"zz"}]}}`,
			[]string{"u lumo.example/a (Net)", "s lumo.example (Net)", "h h.lumo.example", "f " + strings.Repeat("0a", 32), "d weiss.example", "h 192.0.2.4", "e bad@lumo.example"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, out, err := parsed(t, c.format, c.text, feed.DefaultBudget())
			if err != nil || out.Cut || out.Skipped != c.skipped {
				t.Errorf("%+v, %v; want %d skipped", out, err, c.skipped)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsNoListIsSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		format feed.Format
		text   string
	}{
		"broken JSON":     {feed.MISP, `{"Event":{"Attribute":[`},
		"a page instead":  {feed.MISP, `<html>moved</html>`},
		"nested":          {feed.URLhaus, strings.Repeat("[", 100_000)},
		"one huge value":  {feed.URLhaus, `{"url":"` + strings.Repeat("x", 20<<20) + `"}`},
		"unknown format":  {"taxi", ""},
		"broken gzip":     {feed.Plain, "\x1f\x8b\x08broken"},
		"truncated value": {feed.PhishTank, `[{"url":"http://a.example/`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := parsed(t, c.format, c.text, feed.DefaultBudget()); err == nil {
				t.Error("nothing is said")
			}
		})
	}
}

func TestBudgets(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	for i := range 100 {
		fmt.Fprintf(&many, "host%d.example\n", i)
	}
	small := feed.DefaultBudget()
	small.Entries = 10
	got, out, err := parsed(t, feed.Plain, many.String(), small)
	if len(got) != 10 || !out.Cut || err != nil {
		t.Errorf("entries: %d, %+v, %v", len(got), out, err)
	}
	small = feed.DefaultBudget()
	small.Bytes = 45
	if got, out, err = parsed(t, feed.Plain, many.String(), small); !out.Cut || err != nil || len(got) == 0 || len(got) > 4 {
		t.Errorf("bytes: %q, %+v, %v", got, out, err)
	}
	if got, out, err = parsed(t, feed.URLhaus, `[{"url":"http://a.example/x"},{"url":"http://b.example/y"}]`, small); !out.Cut || err != nil || len(got) != 2 {
		t.Errorf("JSON: %q, %+v, %v", got, out, err)
	}
	small = feed.DefaultBudget()
	small.Line = 64
	if got, out, err = parsed(t, feed.Plain, strings.Repeat("a", 500)+".example\nb.example", small); !slices.Equal(got, []string{"d b.example"}) || out.Skipped != 1 || err != nil {
		t.Errorf("line: %q, %+v, %v", got, out, err)
	}
}

// A small file that unpacks to a huge one ends with the budget.
func TestGzipBomb(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for range 64 {
		_, _ = z.Write(bytes.Repeat([]byte("x\n"), 1<<19))
	}
	_ = z.Close()
	b := feed.DefaultBudget()
	b.Bytes = 1 << 20
	out, err := feed.Parse(feed.Plain, &packed, b, func(feed.Entry) {})
	if err != nil || !out.Cut || out.Skipped != 1<<19 {
		t.Errorf("%+v, %v", out, err)
	}
}

func compiled(t testing.TB, name string, format feed.Format, text string) *feed.List {
	t.Helper()
	l, err := feed.Compile(name, format, strings.NewReader(text), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), feed.DefaultBudget())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

const listed = `https://trap.example/in?user=1
https://short.example/abc
http://whole.example/
pirate.example
192.0.2.8
bad@sender.example
0123456789abcdef0123456789abcdef
`

func TestSet(t *testing.T) {
	t.Parallel()
	set := feed.NewSet(compiled(t, "one", feed.Plain, "elsewhere.example"), nil, compiled(t, "two", feed.Plain, listed))
	for address, want := range map[string]string{
		"https://trap.example/in?user=1": "exact", "http://TRAP.example:80/in?user=1#x": "exact", "https:\\\\trap.example/in?user=1": "exact",
		"https://trap.example/%69n?user=1": "exact", "https://trap.example/in?user=2": "", "https://trap.example/other": "",
		"https://short.example/abc?e=me": "near", "https://short.example/abc": "exact", "https://short.example/abcd": "",
		"https://trap.example:8443/in?user=1": "", "mailto:x@trap.example": "", "": "",
	} {
		l, exact := set.URL(address)
		if got := map[bool]string{true: map[bool]string{true: "exact", false: "near"}[exact]}[l != nil]; got != want {
			t.Errorf("URL(%s) = %q, want %q", address, got, want)
		}
	}
	for host, want := range map[string]bool{
		"whole.example": true, "www.whole.example": false, "pirate.example": true, "a.b.Pirate.example.": true, "apirate.example": false,
		"192.0.2.8": true, "192.0.2.9": false, "trap.example": false, "example": false, "": false,
	} {
		if got := set.Host(host) != nil; got != want {
			t.Errorf("Host(%s) = %t", host, got)
		}
	}
	if set.Seen("trap.example") == nil || set.Seen("pirate.example") != nil || set.Seen("whole.example") != nil {
		t.Error("a host at which an address is listed is not told from others")
	}
	if l := set.Sender("Bad@Sender.example"); l == nil || l.Name != "two" || set.Sender("good@sender.example") != nil || set.Sender("@") != nil {
		t.Error("senders")
	}
	if set.File("0123456789ABCDEF0123456789abcdef") == nil || set.File("") != nil {
		t.Error("files")
	}
}

func TestNoSetHoldsNothing(t *testing.T) {
	t.Parallel()
	var set *feed.Set
	l, _ := set.URL("https://a.example/b")
	if l != nil || set.Host("a.example") != nil || set.Seen("a.example") != nil || set.File("00") != nil || set.Sender("a@b.example") != nil || set.Lists() != nil {
		t.Error("something is listed nowhere")
	}
}

func TestPack(t *testing.T) {
	t.Parallel()
	l := compiled(t, "two", feed.Plain, listed)
	raw, err := l.Pack()
	if err != nil {
		t.Fatal(err)
	}
	back, err := feed.Unpack(raw)
	if err != nil || back.Name != "two" || back.Entries != 7 || !back.Got.Equal(l.Got) || feed.NewSet(back).Host("pirate.example") == nil {
		t.Errorf("%+v, %v", back, err)
	}
	for name, broken := range map[string][]byte{
		"nothing": nil, "short": raw[:3], "cut": raw[:len(raw)-1], "a foreign head": append([]byte{0, 0, 0, 2, '{', '}'}, raw...),
		"a long head": {0xff, 0xff, 0xff, 0xff, 1}, "unsorted": append(slices.Clone(raw), 0, 0, 0, 0, 0, 0, 0, 0),
	} {
		if _, err := feed.Unpack(broken); err == nil {
			t.Errorf("%s is taken for a list", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{listed, "1,a.example", "0.0.0.0 a.example", `"1","x","http://a.example/b","`, `[{"url":"http://a.example"}]`, `{"Event":{"Attribute":[{"type":"url","value":"x","to_ids":true}]}}`, "\x1f\x8b"} {
		f.Add(s)
	}
	b := feed.Budget{Bytes: 1 << 16, Entries: 100, Line: 1 << 10, Depth: 8}
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range feed.Formats() {
			seen := 0
			out, _ := feed.Parse(format, strings.NewReader(text), b, func(e feed.Entry) {
				if seen++; e.Value == "" || strings.ContainsAny(e.Value, "\n\x00") {
					t.Errorf("%s: %q", format, e.Value)
				}
			})
			if out.Entries > b.Entries || seen > 2*b.Entries {
				t.Errorf("%d entries", out.Entries)
			}
		}
		set := feed.NewSet(compiled(t, "x", feed.Plain, listed))
		set.URL(text)
		set.Host(text)
		set.Sender(text)
	})
}

func FuzzUnpack(f *testing.F) {
	raw, _ := compiled(f, "two", feed.Plain, listed).Pack()
	f.Add(raw)
	f.Fuzz(func(_ *testing.T, raw []byte) {
		if l, err := feed.Unpack(raw); err == nil {
			feed.NewSet(l).Host("a.example")
		}
	})
}

func BenchmarkMillion(b *testing.B) {
	var all strings.Builder
	for i := range 1_000_000 {
		fmt.Fprintf(&all, "https://h%d.lumo.example/p%d?x=%d\n", i, i, i)
	}
	start := time.Now()
	l := compiled(b, "big", feed.OpenPhish, all.String())
	took := time.Since(start)
	raw, _ := l.Pack()
	set := feed.NewSet(l)
	for b.Loop() {
		set.URL("https://news.weiss.example/a/b?c=d")
		set.Host("news.weiss.example")
	}
	b.ReportMetric(took.Seconds(), "s-to-compile")
	b.ReportMetric(float64(len(raw))/1e6, "MB")
}
