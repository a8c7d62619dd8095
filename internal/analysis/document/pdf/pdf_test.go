package pdf_test

import (
	"bytes"
	"compress/zlib"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image/color"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/document/pdf"
)

func deflate(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// build writes a PDF of one page: its program, further entries of the page and
// of the catalogue, and further objects.
func build(program, page, catalogue string, objects ...string) []byte {
	packed := deflate(program)
	parts := append([]string{
		"1 0 obj<</Type/Catalog/Pages 2 0 R" + catalogue + ">>endobj",
		"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" + page + ">>endobj",
		fmt.Sprintf("4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj", len(packed), packed),
	}, objects...)
	return []byte("%PDF-1.7\n" + strings.Join(parts, "\n") + "\ntrailer<</Root 1 0 R>>")
}

func stream(n int, dict, body string) string {
	packed := deflate(body)
	return fmt.Sprintf("%d 0 obj<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj", n, dict, len(packed), packed)
}

func read(b []byte) *paper.Contents { return pdf.Read(b, paper.Default()) }

func links(c *paper.Contents) []string {
	var out []string
	for _, l := range c.Links {
		out = append(out, l.URL)
	}
	return out
}

func signs(c *paper.Contents) (out []paper.Kind) {
	for _, s := range c.Signs {
		out = append(out, s.Kind)
	}
	return out
}

func TestWords(t *testing.T) {
	t.Parallel()
	table := "2 beginbfrange <0001> <0003> <0041> <0010> <0011> [<0058> <00590059>] endbfrange 1 beginbfchar <0020> <0020> endbfchar"
	fonts := "/Resources<</Font<</F1 5 0 R/F2 6 0 R>>/XObject<</X 8 0 R>>>>"
	objects := []string{
		"5 0 obj<</Subtype/Type1/Encoding<</Differences[65/eacute/B/uni20AC]>>>>endobj",
		"6 0 obj<</Subtype/Type0/ToUnicode 7 0 R>>endobj",
		stream(7, "", table),
		stream(8, "/Subtype/Form", "BT (in a drawing) Tj ET"),
	}
	for name, c := range map[string]struct{ program, want string }{
		"one line":           {"BT /F9 12 Tf (Pay \\(now\\)\\041) Tj ET", "Pay (now)!"},
		"two lines":          {"BT /F9 12 Tf 0 0 Td (Pay) Tj 0 -14 Td (now) Tj ET", "Pay\nnow"},
		"spaced by numbers":  {"BT /F9 12 Tf [(Pa) 20 (y) -300 (now)] TJ ET", "Pay now"},
		"letter by letter":   {"BT /F9 10 Tf 0 0 Td (P) Tj 5 0 Td (a) Tj 5 0 Td (y) Tj 12 0 Td (n) Tj ET", "Pay n"},
		"its own encoding":   {"BT /F1 12 Tf (ABC) Tj ET", "e\u0301B€"},
		"two bytes a letter": {"BT /F2 12 Tf <000100020003002000100011> Tj ET", "ABC XYY"},
		"a drawing":          {"/X Do", "in a drawing"},
		"a picture between":  {"BT (a) Tj ET BI /W 1 ID \x00(EI) junk\nEI BT (b) Tj ET", "a b"},
		"hexadecimal":        {"BT <50 61 7> Tj ET", "Pap"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := strings.TrimSpace(read(build(c.program, fonts, "", objects...)).Text())
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const action = "/A<</S/URI/URI(https://a.example/x)>>"

func TestLinks(t *testing.T) {
	t.Parallel()
	inside := "9 0 10 60 <</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://b.example/)>>>>      <</X 1>>"
	first := strings.Index(inside, "<<")
	for name, c := range map[string]struct {
		objects []string
		want    []string
	}{
		"an action":              {[]string{"5 0 obj<</Subtype/Link" + action + ">>endobj"}, []string{"https://a.example/x"}},
		"its name in disguise":   {[]string{"5 0 obj<</A<</S/#55RI/U#52I(https://a.example/x)>>>>endobj"}, []string{"https://a.example/x"}},
		"through a reference":    {[]string{"5 0 obj<</S/URI/URI 6 0 R>>endobj", "6 0 obj(https://a.example/x)endobj"}, []string{"https://a.example/x"}},
		"in UTF-16":              {[]string{"5 0 obj<</S/URI/URI<FEFF0068007400740070003A002F002F0061002E006500780061006D0070006C0065>>>endobj"}, []string{"http://a.example"}},
		"in an object stream":    {[]string{stream(5, fmt.Sprintf("/Type/ObjStm/N 2/First %d", first), inside)}, []string{"https://b.example/"}},
		"a form that is sent":    {[]string{"5 0 obj<</S/SubmitForm/F<</FS/URL/F(https://c.example/send)>>>>endobj"}, []string{"https://c.example/send"}},
		"in a replaced object":   {[]string{"5 0 obj<</S/URI/URI(https://a.example/x)>>endobj", "5 0 obj<<>>endobj"}, []string{"https://a.example/x"}},
		"a file without an end":  {[]string{"5 0 obj<</S/URI/URI(https://a.example/x)>>endobj 6 0 obj<<>>stream\nxx 7 0 obj<</S/URI/URI(https://d.example/)>>"}, []string{"https://a.example/x", "https://d.example/"}},
		"a length that is wrong": {[]string{"5 0 obj<</Length 99999>>stream\nx\nendstream endobj 6 0 obj<</S/URI/URI(https://a.example/x)>>endobj"}, []string{"https://a.example/x"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, links(read(build("", "", "", c.objects...)))); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got := links(read(build("BT (see https://e.example/p.) Tj ET", "", ""))); !cmp.Equal(got, []string{"https://e.example/p"}) {
		t.Errorf("the address in the text gave %q", got)
	}
}

func TestSigns(t *testing.T) {
	t.Parallel()
	long := "BT (" + strings.Repeat("many honest words ", 60) + ") Tj ET"
	for name, c := range map[string]struct {
		file []byte
		want []paper.Kind
	}{
		"a plain document":        {build(long, "", "/OpenAction[3 0 R/FitH 0]"), nil},
		"a link among many words": {build(long, "", "", "5 0 obj<</Rect[10 10 90 20]"+action+">>endobj"), nil},
		"a picture with a link":   {build("", "", "", "5 0 obj<</Rect[10 10 90 20]"+action+">>endobj"), []paper.Kind{paper.Lure}},
		"a page that is a link":   {build(long, "", "", "5 0 obj<</Rect[600 0 0 700]"+action+">>endobj"), []paper.Kind{paper.Lure}},
		"prints itself":           {build(long, "", "/OpenAction<</S/JavaScript/JS(this.print\\(\\))>>"), nil},
		"opens a page":            {build(long, "", "/OpenAction<</S/JavaScript/JS(app.launchURL\\(x\\))>>"), []paper.Kind{paper.Autostart}},
		"a named script":          {build(long, "", "/Names<</JavaScript<</Names[(a) 5 0 R]>>>>", "5 0 obj<</S/JavaScript/JS 6 0 R>>endobj", stream(6, "", "eval(x)")), []paper.Kind{paper.Autostart}},
		"a script of a page":      {build(long, "/AA<</O<</S/JavaScript/JS(eval\\(x\\))>>>>", ""), []paper.Kind{paper.Autostart}},
		"starts a program":        {build(long, "", "/OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c x)>>>>"), []paper.Kind{paper.Launch}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, signs(read(c.file))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEmbedded(t *testing.T) {
	t.Parallel()
	c := read(build("", "", "", "5 0 obj<</Type/Filespec/UF(run.exe)/EF<</F 6 0 R>>>>endobj", stream(6, "/Type/EmbeddedFile", "MZ")))
	if diff := cmp.Diff([]paper.File{{Name: "run.exe", Body: []byte("MZ")}}, c.Files); diff != "" {
		t.Error(diff)
	}
}

const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

func cipher(key, in []byte) []byte {
	c, _ := rc4.NewCipher(key)
	out := make([]byte, len(in))
	c.XORKeyStream(out, in)
	return out
}

// locked encrypts one link with a password (revision 2, 40 bits).
func locked(password string) []byte {
	owner, id := strings.Repeat("o", 32), "0123456789abcdef"
	sum := md5.Sum(append(binary.LittleEndian.AppendUint32([]byte((password + padding)[:32]+owner), 0xfffffffc), id...))
	key := sum[:5]
	each := md5.Sum(append(bytes.Clone(key), 5, 0, 0, 0, 0))
	link := hex.EncodeToString(cipher(each[:10], []byte("https://f.example/")))
	user := hex.EncodeToString(cipher(key, []byte(padding)))
	return []byte("%PDF-1.4\n5 0 obj<</S/URI/URI<" + link + ">>>endobj\n" +
		"trailer<</ID[(" + id + ")]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(" + owner + ")/U<" + user + ">>>>>")
}

func TestLocked(t *testing.T) {
	t.Parallel()
	want := []string{"https://f.example/"}
	if c := read(locked("")); c.Locked || c.Opened || !cmp.Equal(links(c), want) {
		t.Errorf("without a password: locked %t, opened %t, links %q", c.Locked, c.Opened, links(c))
	}
	if c := read(locked("1234")); !c.Locked || c.Opened || len(c.Links) != 0 {
		t.Errorf("with an unknown password: locked %t, opened %t, links %q", c.Locked, c.Opened, links(c))
	}
	budget := paper.Default()
	budget.Passwords = []string{"no", "1234"}
	if c := pdf.Read(locked("1234"), budget); c.Locked || !c.Opened || !cmp.Equal(links(c), want) {
		t.Errorf("with a known password: locked %t, opened %t, links %q", c.Locked, c.Opened, links(c))
	}
}

func TestImages(t *testing.T) {
	t.Parallel()
	grey := strings.Repeat("\x80", 40*30)
	bits := strings.Repeat("\xf0", 5*30)
	rgb := strings.Repeat("\xff\x00\x00", 40*30)
	picture := "/Subtype/Image/Width 40/Height 30/BitsPerComponent "
	b := build("", "", "",
		stream(5, picture+"8/ColorSpace/DeviceGray", grey),
		stream(6, picture+"1/ColorSpace[/Indexed/DeviceRGB 1<000000ffffff>]", bits),
		stream(7, picture+"8/ColorSpace/DeviceRGB", rgb),
		stream(8, picture+"8/ColorSpace/DeviceGray", "too short"),
		stream(9, "/Subtype/Image/Width 999999/Height 999999/BitsPerComponent 8/ColorSpace/DeviceGray", grey))
	var got []uint8
	for img := range pdf.Images(b, paper.Default()) {
		if img.Bounds().Dx() != 40 || img.Bounds().Dy() != 30 {
			t.Errorf("a picture of %v", img.Bounds())
		}
		got = append(got, color.GrayModel.Convert(img.At(0, 0)).(color.Gray).Y, color.GrayModel.Convert(img.At(5, 0)).(color.Gray).Y)
	}
	if diff := cmp.Diff([]uint8{0x80, 0x80, 255, 0, 76, 76}, got); diff != "" {
		t.Error(diff)
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	want := "https://g.example/"
	text := "BT (" + want + ") Tj ET"
	lzw := func(s string) string { // nine bits a code, begun anew often enough to stay at nine
		var bits strings.Builder
		for i := range len(s) {
			if i%200 == 0 {
				bits.WriteString("100000000")
			}
			fmt.Fprintf(&bits, "%09b", s[i])
		}
		bits.WriteString("100000001")
		out := ""
		for b := bits.String() + "0000000"; len(b) >= 8; b = b[8:] {
			var n byte
			for _, bit := range b[:8] {
				n = n<<1 | byte(bit-'0')
			}
			out += string([]byte{n})
		}
		return out
	}
	for name, c := range map[string][2]string{
		"hexadecimal": {"/ASCIIHexDecode", hex.EncodeToString([]byte(text)) + ">"},
		"LZW":         {"/LZWDecode", lzw(text)},
		"runs":        {"/RunLengthDecode", string(rune(len(text)-1)) + text + "\x80"},
		"two of them": {"[/ASCIIHexDecode/FlateDecode]", hex.EncodeToString([]byte(deflate(text)))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := fmt.Sprintf("%%PDF-1.4\n1 0 obj<</Type/Page/Contents 2 0 R>>endobj 2 0 obj<</Filter%s/Length %d>>stream\n%s\nendstream endobj", c[0], len(c[1]), c[1])
			if got := links(read([]byte(b))); !cmp.Equal(got, []string{want}) {
				t.Errorf("links %q", got)
			}
		})
	}
}

// TestBudget makes sure that a bomb is cut, and said to be.
func TestBudget(t *testing.T) {
	t.Parallel()
	budget := &paper.Budget{Bytes: 1 << 20, Entries: 10}
	c := pdf.Read(build(strings.Repeat("q Q ", 1<<20), "", ""), budget)
	if !c.Cut || budget.Bytes != 0 {
		t.Errorf("cut %t with %d bytes left", c.Cut, budget.Bytes)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(build("BT (a) Tj ET", "", "", "5 0 obj<<"+action+">>endobj"))
	f.Add(locked("x"))
	f.Add(build("", "", "", stream(5, "/Subtype/Image/Width 40/Height 30/BitsPerComponent 8/ColorSpace/DeviceGray", "x")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if c := read(b); len(c.Text()) > paper.MostText {
			t.Errorf("%d bytes of text", len(c.Text()))
		}
		for range pdf.Images(b, paper.Default()) {
		}
	})
}
