package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/document/pdf"
)

// members writes an object stream whose members all begin at the same place.
func members(n int, body string) string {
	var index strings.Builder
	for i := range n {
		fmt.Fprintf(&index, "%d 0 ", 100+i)
	}
	return stream(10, fmt.Sprintf("/Type/ObjStm/First %d/N %d", index.Len(), n), index.String()+body)
}

// TestAmplified gives little that refers to much, many times. What is read for
// it must be paid for each time, or a message of some kilobytes takes a desk's
// memory or its day.
func TestAmplified(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("\xe9", 4<<20)
	script := "5 0 obj(" + strings.Repeat("a", 1<<20) + ")endobj"
	for name, body := range map[string][]byte{
		"members that overlap":       build("", "", "", members(2000, "("+strings.Repeat("a", 4<<20)+")")),
		"members behind blanks":      build("", "", "", members(2000, strings.Repeat(" ", 4<<20)+"1")),
		"one address, many links":    build("", "", "", "5 0 obj("+long+")endobj", "6 0 obj["+strings.Repeat("<</S/URI/URI 5 0 R>>", 500)+"]endobj"),
		"one script, many openings":  build("", "", "/Names<</JavaScript<</Names["+strings.Repeat("<</S/JavaScript/JS 5 0 R>>", 500)+"]>>>>", script),
		"a tree that comes back":     build("", "", "/Names<</JavaScript 6 0 R>>", "6 0 obj<</Names["+strings.Repeat("0 ", 1000)+"]/Kids["+strings.Repeat("6 0 R ", 20)+"]>>endobj"),
		"a comment over all objects": build("", "", "", strings.Repeat("7 0 obj<<>>% ", 20_000)),
		"a page of empty streams":    build("", "/Contents["+strings.Repeat("5 0 R ", 300_000)+"]", "", stream(5, "", "")),
		"runs of runs":               build("", "/Contents["+strings.Repeat("5 0 R ", 50)+"]", "", "5 0 obj<</Filter[/RL/RL]>>stream\n"+strings.Repeat("\x81\x81", 30_000)+"\nendstream endobj"),
		"a font made for each word":  build(strings.Repeat("/F 1 Tf ", 10_000), "/Resources<</Font<</F<</ToUnicode 5 0 R>>>>>>", "", "5 0 obj<<>>stream\n"+strings.Repeat("0 ", 1<<20)+"\nendstream endobj"),
		"a list for each word":       build(strings.Repeat("/F 1 Tf ", 10_000), "/Resources<</Font<</F<</Encoding<</Differences 5 0 R>>>>>>>>", "", "5 0 obj["+strings.Repeat("0 ", 100_000)+"]endobj"),
		"a program too long to run":  build("", "/Contents 5 0 R", "", "5 0 obj<<>>stream\n"+strings.Repeat("0 ", 4<<20)+"\nendstream endobj", stream(6, "/Type/Page", "")),
		"a page of ranges":           build("/F 1 Tf <"+strings.Repeat("ffff", 400_000)+"> Tj", "/Resources<</Font<</F 6 0 R>>>>", "", stream(5, "", "beginbfrange "+strings.Repeat("<0000> <0001> <0041> ", 1024)+"endbfrange"), "6 0 obj<</Subtype/Type0/ToUnicode 5 0 R>>endobj"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c := read(body); !c.Cut {
				t.Error("all of it was read, and nobody is told that it was more than a file may cost")
			}
		})
	}
}

// TestGlyphs lets one code stand for a whole book, and writes it on and on.
func TestGlyphs(t *testing.T) {
	t.Parallel()
	book := strings.Repeat("0041", 50_000)
	for _, table := range []string{"beginbfchar <01> <" + book + "> endbfchar", "beginbfrange <01> <02> <" + book + "> endbfrange", "beginbfrange <01> <02> [<" + book + ">] endbfrange"} {
		c := read(build("/F 1 Tf <"+strings.Repeat("01", 20_000)+"> Tj", "/Resources<</Font<</F 6 0 R>>>>", "",
			stream(5, "", table), "6 0 obj<</ToUnicode 5 0 R>>endobj"))
		if n := len(c.Text()); n < 20_000 || n > paper.MostText {
			t.Errorf("%d bytes of text from %.20s", n, table)
		}
	}
}

// TestPasswords tries a slow password in a great many files of one message.
func TestPasswords(t *testing.T) {
	t.Parallel()
	file := []byte("%PDF-2.0\ntrailer<</ID[(x)]/Encrypt<</Filter/Standard/V 5/R 6/Length 256/U(" + strings.Repeat("u", 48) + ")/UE(" + strings.Repeat("e", 32) + ")>>>>")
	budget := paper.Default()
	budget.Passwords = []string{"one", "two", "three"}
	for range 30 {
		pdf.Read(file, budget)
	}
	if budget.Bytes > 0 {
		t.Errorf("%d bytes left after 120 tries: they cost nothing", budget.Bytes)
	}
}
