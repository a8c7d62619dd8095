package office_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/document/office"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/mail/msg/msgtest"
)

// pack compresses as MS-OVBA does, with literal bytes only.
func pack(source string) []byte {
	out := []byte{1}
	for len(source) > 0 {
		n := min(len(source), 3000)
		var chunk []byte
		for i := 0; i < n; i += 8 {
			chunk = append(append(chunk, 0), source[i:min(i+8, n)]...)
		}
		out = append(binary.LittleEndian.AppendUint16(out, uint16(0xB000|len(chunk)-1)), chunk...)
		source = source[n:]
	}
	return out
}

func project(source string) []*msgtest.Node {
	return []*msgtest.Node{{Name: "VBA", Children: []*msgtest.Node{
		{Name: "_VBA_PROJECT", Data: []byte("x")},
		{Name: "Module1", Data: append([]byte("compiled code"), pack(source)...)},
	}}}
}

func ole(children ...*msgtest.Node) []byte {
	return msgtest.CFB(&msgtest.Node{Name: "Root Entry", Children: children})
}

func stream(name string, data []byte) *msgtest.Node { return &msgtest.Node{Name: name, Data: data} }

func signs(c *paper.Contents) (out []paper.Kind) {
	for _, s := range c.Signs {
		out = append(out, s.Kind)
	}
	return out
}

const header = "Attribute VB_Name = \"Module1\"\r\n"

func TestMacros(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source string
		want   []paper.Kind
	}{
		"adds numbers up":          {"Sub Total()\r\n x = 1\r\nEnd Sub", []paper.Kind{paper.Macro}},
		"greets when opened":       {"Private Sub Workbook_Open()\r\n MsgBox \"Hello\"\r\nEnd Sub", []paper.Kind{paper.Macro, paper.MacroAuto}},
		"starts when asked":        {"Sub Go()\r\n CreateObject(\"WScript.Shell\").Run x\r\nEnd Sub", []paper.Kind{paper.Macro}},
		"starts when opened":       {"Sub AutoOpen()\r\n CreateObject(\"WScript.Shell\").Run x\r\nEnd Sub", []paper.Kind{paper.Macro, paper.MacroAuto, paper.MacroAttack}},
		"a name cut to pieces":     {"Sub Document_Open()\r\n CreateObject(\"WScr\" & \"ipt.Sh\" & \"ell\").Run x\r\nEnd Sub", []paper.Kind{paper.Macro, paper.MacroAuto, paper.MacroAttack}},
		"a name that only sounds":  {"Sub AutoOpenReport()\r\n Shell.Application\r\nEnd Sub", []paper.Kind{paper.Macro}},
		"a long one, in two parts": {strings.Repeat("' a comment line\r\n", 400) + "Sub Auto_Open()\r\n powershell\r\nEnd Sub", []paper.Kind{paper.Macro, paper.MacroAuto, paper.MacroAttack}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := office.ReadOLE(ole(project(header+c.source)...), paper.Default())
			if diff := cmp.Diff(c.want, signs(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestUnpackCopies unpacks a module in which "Open" is written once and copied
// once: "Attribute Open", a new line, "Sub Auto" and the copy.
func TestUnpackCopies(t *testing.T) {
	t.Parallel()
	packed := []byte("\x01\x1d\xb0\x00Attribut\x00e Open\nS\x80ub Auto\x01\x60\x00\n")
	c := office.ReadOLE(ole(&msgtest.Node{Name: "VBA", Children: []*msgtest.Node{stream("M", packed)}}), paper.Default())
	if diff := cmp.Diff([]paper.Kind{paper.Macro, paper.MacroAuto}, signs(c)); diff != "" {
		t.Error(diff)
	}
}

func TestOLE(t *testing.T) {
	t.Parallel()
	sheet := func(kind byte) []byte {
		b := []byte{0x85, 0, 9, 0, 0, 0, 0, 0, 0, kind, 1, 0, 'x'}
		name := make([]byte, 16)
		name[0], name[15] = 0x20, 1
		return append(append(b, 0x18, 0, 16, 0), name...)
	}
	word := make([]byte, 600)
	locked := bytes.Clone(word)
	locked[11] = 1
	native := []byte("\x00\x00\x00\x00\x02\x00photo.jpg\x00C:\\a\\run.vbs\x00\x00\x00\x03\x00\x02\x00\x00\x00x\x00\x05\x00\x00\x00hello")
	for name, c := range map[string]struct {
		file   []byte
		want   []paper.Kind
		locked bool
	}{
		"a plain workbook":        {ole(stream("Workbook", sheet(0))), nil, false},
		"a sheet of macros":       {ole(stream("Workbook", sheet(1))), []paper.Kind{paper.MacroSheet, paper.MacroAuto}, false},
		"a locked workbook":       {ole(stream("Workbook", []byte{0x2F, 0, 0, 0})), nil, true},
		"a link to a program":     {ole(stream("Workbook", append([]byte{0xAE, 1, 13, 0, 0, 0, 0, 0}, "cmd\x03/c calc"[:9]...))), []paper.Kind{paper.Dynamic}, false},
		"a locked document":       {ole(stream("WordDocument", locked)), nil, true},
		"a field that starts":     {ole(stream("WordDocument", append(bytes.Clone(word), "\x13 DDEAUTO c:\\\\x\\\\cmd.exe \"/k calc\" \x15"...))), []paper.Kind{paper.Dynamic}, false},
		"a locked package":        {ole(stream("EncryptedPackage", []byte("x"))), nil, true},
		"an equation":             {ole(stream("Equation Native", []byte("x"))), []paper.Kind{paper.Equation}, false},
		"a project without text":  {ole(&msgtest.Node{Name: "VBA", Children: []*msgtest.Node{stream("_VBA_PROJECT", []byte("x"))}}), []paper.Kind{paper.Macro, paper.MacroHidden}, false},
		"an object from the net":  {ole(stream("\x01Ole", []byte("\x01\x00\x00\x02h\x00t\x00t\x00p\x00:\x00/\x00/\x00a\x00.\x00b\x00/\x00x\x00"))), []paper.Kind{paper.Remote}, false},
		"a file packed inside":    {ole(stream("\x01Ole10Native", native)), nil, false},
		"not a compound file":     {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), nil, false},
		"words and no more":       {ole(stream("WordDocument", append(bytes.Clone(word), "Dear all, see you on Monday."...))), nil, false},
		"a talk about dde in bed": {ole(stream("WordDocument", append(bytes.Clone(word), "The addendum is added."...))), nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := office.ReadOLE(c.file, paper.Default())
			if diff := cmp.Diff(c.want, signs(got)); diff != "" || got.Locked != c.locked {
				t.Errorf("locked %t; %s", got.Locked, diff)
			}
		})
	}
	got := office.ReadOLE(ole(stream("\x01Ole10Native", native)), paper.Default()).Files
	if diff := cmp.Diff([]paper.File{{Name: "run.vbs", Body: []byte("hello")}}, got); diff != "" {
		t.Error(diff)
	}
}

// archive writes a zip of names and contents in turn.
func archive(t testing.TB, files ...string) *zip.Reader {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for files = append([]string{"[Content_Types].xml", "<Types/>"}, files...); len(files) > 1; files = files[2:] {
		f, err := w.Create(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func relation(kind, target string) string {
	return `<Relationships><Relationship Id="1" Type="http://x/` + kind + `" Target="` + target + `" TargetMode="External"/></Relationships>`
}

func TestXML(t *testing.T) {
	t.Parallel()
	vba := string(ole(project(header + "Sub AutoOpen()\r\n powershell\r\nEnd Sub")...))
	for name, c := range map[string]struct {
		files []string
		want  []paper.Kind
		links int
		text  string
	}{
		"words":                   {[]string{"word/document.xml", "<w:p><w:r><w:t>Pay</w:t><w:t xml:space=\"preserve\"> &amp; go</w:t></w:r></w:p><w:p><w:t>now</w:t></w:p>"}, nil, 0, "Pay & go\nnow"},
		"cells":                   {[]string{"xl/sharedStrings.xml", "<sst><si><t>one</t></si><si><t>two</t></si></sst>"}, nil, 0, "one\ntwo"},
		"a link":                  {[]string{"word/_rels/document.xml.rels", relation("hyperlink", "https://a.example/")}, nil, 1, ""},
		"a picture from the net":  {[]string{"word/_rels/document.xml.rels", relation("image", "https://a.example/x.png")}, nil, 0, ""},
		"a template of one's own": {[]string{"word/_rels/settings.xml.rels", relation("attachedTemplate", "file:///C:\\Templates\\Letter.dotm")}, nil, 0, ""},
		"a template of the house": {[]string{"word/_rels/settings.xml.rels", relation("attachedTemplate", "file:///\\\\server\\share\\Letter.dotm")}, nil, 0, ""},
		"a template from the net": {[]string{"word/_rels/settings.xml.rels", relation("attachedTemplate", "http://a.example/t.dotm")}, []paper.Kind{paper.Remote}, 1, ""},
		"an object from the net":  {[]string{"word/_rels/document.xml.rels", relation("oleObject", "mhtml:http://a.example/x!x-usc:http://a.example/x")}, []paper.Kind{paper.Remote}, 1, ""},
		"a stranger's folder":     {[]string{"word/_rels/document.xml.rels", relation("frame", "file://files.a.example@80/x")}, []paper.Kind{paper.Remote}, 1, ""},
		"macros":                  {[]string{"word/vbaProject.bin", vba}, []paper.Kind{paper.Macro, paper.MacroAuto, paper.MacroAttack}, 0, ""},
		"a field that starts":     {[]string{"word/document.xml", "<w:instrText>DDEAUTO </w:instrText><w:instrText>cmd.exe</w:instrText>"}, []paper.Kind{paper.Dynamic}, 0, ""},
		"a link to a program":     {[]string{"xl/externalLinks/externalLink1.xml", `<ddeLink ddeService="cmd" ddeTopic="/c calc"/>`}, []paper.Kind{paper.Dynamic}, 0, ""},
		"a sheet of macros":       {[]string{"xl/macrosheets/sheet1.xml", "<x/>", "xl/workbook.xml", `<definedName name="_xlnm.Auto_Open">x</definedName>`}, []paper.Kind{paper.MacroSheet, paper.MacroAuto}, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := archive(t, c.files...)
			got := office.ReadXML(r, paper.Default())
			if diff := cmp.Diff(c.want, signs(got)); diff != "" {
				t.Error(diff)
			}
			if len(got.Links) != c.links || strings.TrimSpace(got.Text()) != c.text {
				t.Errorf("links %v, text %q", got.Links, got.Text())
			}
		})
	}
	got := office.ReadXML(archive(t, "word/embeddings/oleObject1.bin", "abc"), paper.Default()).Files
	if diff := cmp.Diff([]paper.File{{Name: "oleObject1.bin", Body: []byte("abc")}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestRTF(t *testing.T) {
	t.Parallel()
	length := func(s string) string {
		return string(binary.LittleEndian.AppendUint32(nil, uint32(len(s)))) + s
	}
	native := "\x02\x00a\x00C:\\run.js\x00\x00\x00\x03\x00\x02\x00\x00\x00x\x00\x02\x00\x00\x00hi"
	object := hex.EncodeToString([]byte("\x01\x05\x00\x00\x02\x00\x00\x00" + length("Package\x00") + length("") + length("") + length(native)))
	for name, c := range map[string]struct {
		file  string
		want  []paper.Kind
		links int
		files int
		text  string
	}{
		"words":                   {`{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Pay \b now\b0 , caf\'e9\par please}`, nil, 0, 0, "Pay now, café\nplease"},
		"a link":                  {`{\rtf1{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt here}}}`, nil, 1, 0, "here"},
		"a template from the net": {`{\rtf1{\*\template http://a.example/t}}`, []paper.Kind{paper.Remote}, 1, 0, ""},
		"a template of one's own": {`{\rtf1{\*\template C:\\a.dot}}`, nil, 0, 0, ""},
		"an equation":             {`{\rtf1{\object\objemb{\*\objdata 0105 {\x}` + hex.EncodeToString([]byte("Equation.3\x00")) + `}}}`, []paper.Kind{paper.Equation}, 0, 0, ""},
		"a file packed inside":    {`{\rtf1{\object{\*\objdata ` + object + `}}}`, nil, 0, 1, ""},
		"a field that starts":     {`{\rtf1{\field{\*\fldinst DDEAUTO cmd.exe}}}`, []paper.Kind{paper.Dynamic}, 0, 0, ""},
		"an object never ended":   {`{\rtf1{\*\objdata ` + object, nil, 0, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := office.ReadRTF([]byte(c.file), paper.Default())
			if diff := cmp.Diff(c.want, signs(got)); diff != "" {
				t.Error(diff)
			}
			if len(got.Links) != c.links || len(got.Files) != c.files || strings.TrimSpace(got.Text()) != c.text {
				t.Errorf("links %v, files %v, text %q", got.Links, got.Files, got.Text())
			}
		})
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]paper.Kind{
		"name;sum\nBank;=1+1\n":          nil,
		"a,=cmd|' /C calc'!A0\n":         {paper.Dynamic},
		"the command cmd | is a word":    nil,
		"WEB\r\n1\r\nhttp://a.example/x": {paper.Remote},
	} {
		if diff := cmp.Diff(want, signs(office.ReadTable([]byte(text), paper.Default()))); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func FuzzOLE(f *testing.F) {
	f.Add(ole(project(header + "Sub AutoOpen()")...))
	f.Add(ole(stream("Workbook", []byte{0x85, 0, 9, 0})))
	f.Add(ole(stream("\x01Ole10Native", []byte("\x00\x00\x00\x00\x02\x00a\x00b\x00"))))
	f.Fuzz(func(_ *testing.T, b []byte) { office.ReadOLE(b, paper.Default()) })
}

func FuzzModules(f *testing.F) {
	f.Add(pack(header))
	f.Fuzz(func(_ *testing.T, b []byte) {
		office.ReadOLE(ole(&msgtest.Node{Name: "VBA", Children: []*msgtest.Node{stream("M", b)}}, stream("Workbook", b), stream("WordDocument", b), stream("\x01Ole10Native", b)), paper.Default())
	})
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1{\object{\*\objdata 01050000}}}`))
	f.Fuzz(func(_ *testing.T, b []byte) { office.ReadRTF(b, paper.Default()) })
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(`<w:p><w:t>a</w:t></w:p>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		office.ReadXML(archive(t, "word/document.xml", string(b), "word/_rels/document.xml.rels", string(b)), paper.Default())
	})
}
