package drawn_test

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing/qrcode/decoder"

	"github.com/bienvu/bienvu/internal/analysis/picture/drawn"
	"github.com/bienvu/bienvu/internal/analysis/picture/picturetest"
	"github.com/bienvu/bienvu/internal/analysis/picture/qr"
)

const address = "https://login.paie-verif.example/a?id=7f3"

func reads(pictures []image.Image, want string) bool {
	for _, p := range pictures {
		for _, c := range qr.Read(p).Codes {
			if c.Text == want {
				return true
			}
		}
	}
	return false
}

func get(m [][]bool, x, y int) bool { return y >= 0 && x >= 0 && y < len(m) && x < len(m) && m[y][x] }

// each draws a character for each group of w by h modules.
func each(m [][]bool, w, h int, sign func(x, y int) string) string {
	var b strings.Builder
	for y := -2 * h; y < len(m)+h; y += h {
		for x := -2 * w; x < len(m)+w; x += w {
			b.WriteString(sign(x, y))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func two(m [][]bool, dark, pale string) string {
	return each(m, 1, 1, func(x, y int) string {
		if get(m, x, y) {
			return dark
		}
		return pale
	})
}

func parts(m [][]bool, w, h int, signs string) string {
	list := []rune(signs)
	return each(m, w, h, func(x, y int) string {
		n := 0
		for i := range w * h {
			if get(m, x+i%w, y+i/w) {
				n |= 1 << i
			}
		}
		return string(list[n])
	})
}

// trimmed is a text that lost the spaces at the ends of its lines on the way.
func trimmed(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func TestChars(t *testing.T) {
	t.Parallel()
	m := picturetest.Modules(t, address, decoder.ErrorCorrectionLevel_M)
	for name, text := range map[string]string{
		"double blocks":         two(m, "██", "  "),
		"double blocks, bright": two(m, "  ", "██"),
		"hashes":                two(m, "##", "  "),
		"one sign a module":     two(m, "#", "."),
		"zeroes and ones":       two(m, "1", "0"),
		"any two letters":       two(m, "Q", "k"),
		"emoji":                 two(m, "⬛", "⬜"),
		"shades":                two(m, "▓▓", "░░"),
		"unbreakable spaces":    two(m, "██", "\u00a0\u00a0"),
		"half blocks":           parts(m, 1, 2, " ▀▄█"),
		"half blocks, bright":   parts(m, 1, 2, "█▄▀ "),
		"quarter blocks":        parts(m, 2, 2, " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"),
		"trailing spaces gone":  trimmed(two(m, "██", "  ")),
		"lines apart":           strings.ReplaceAll(two(m, "██", "  "), "\n", "\n\n"),
		"quoted, with words":    "Bonjour,\nscannez ce code :\n\n> " + strings.ReplaceAll(two(m, "██", "  "), "\n", "\n> ") + "\nMerci",
		"carriage returns":      strings.ReplaceAll(two(m, "██", "  "), "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !reads(drawn.Chars(text), address) {
				t.Errorf("not read:\n%s", text)
			}
		})
	}
}

// table draws a code as rows of elements.
func table(m [][]bool, row, end string, sign func(dark bool, n int) string, merge bool) string {
	var b strings.Builder
	for y := -2; y < len(m)+2; y++ {
		b.WriteString(row)
		for x := -2; x < len(m)+2; {
			n := 1
			for merge && x+n < len(m)+2 && get(m, x+n, y) == get(m, x, y) {
				n++
			}
			b.WriteString(sign(get(m, x, y), n))
			x += n
		}
		b.WriteString(end)
	}
	return b.String()
}

func pick(dark bool, a, b string) string {
	if dark {
		return a
	}
	return b
}

func TestCells(t *testing.T) {
	t.Parallel()
	m := picturetest.Modules(t, address, decoder.ErrorCorrectionLevel_M)
	for name, source := range map[string]string{
		"bgcolor": "<table cellspacing=0>" + table(m, "<tr>", "</tr>", func(d bool, _ int) string {
			return `<td bgcolor="` + pick(d, "#000000", "#FFFFFF") + `" width=4 height=4></td>`
		}, false) + "</table>",
		"style": "<p>Bonjour</p><table>" + table(m, "<tr style='height:4px'>", "</tr>", func(d bool, _ int) string {
			return `<td style="width:4px;background-color:` + pick(d, "rgb(10, 10, 30)", "rgb(255,255,255)") + `">&nbsp;</td>`
		}, false) + "</table><p>Merci</p>",
		"only the dark ones": "<table>" + table(m, "<tr>", "</tr>", func(d bool, _ int) string {
			return pick(d, `<td style='background:#123'></td>`, `<td></td>`)
		}, false) + "</table>",
		"dark rows": "<table>" + table(m, "<tr bgcolor=black>", "</tr>", func(d bool, _ int) string {
			return pick(d, `<td></td>`, `<td bgcolor=white></td>`)
		}, false) + "</table>",
		"merged columns": "<table>" + table(m, "<tr>", "</tr>", func(d bool, n int) string {
			return fmt.Sprintf(`<td colspan="%d" bgcolor="%s"></td>`, n, pick(d, "#000", "#fff"))
		}, true) + "</table>",
		"merged widths": table(m, "<table><tr>", "</tr></table>", func(d bool, n int) string {
			return fmt.Sprintf(`<td style="width:%dpx;background:%s"></td>`, 5*n, pick(d, "#000", "#fff"))
		}, true),
		"classes": "<style>.d{width:4px;background:#000} .l{background:#fff}</style><table>" + table(m, "<tr>", "</tr>", func(d bool, _ int) string {
			return `<td class="` + pick(d, "d", "l") + `"></td>`
		}, false) + "</table>",
		"spans": table(m, "<div>", "</div>", func(d bool, _ int) string {
			return `<span style="background:` + pick(d, "#000", "#fff") + `">&nbsp;&nbsp;</span>`
		}, false),
		"spans and breaks": table(m, "", "<br>", func(d bool, n int) string {
			return pick(d, `<span style="background-color: black">`+strings.Repeat("&nbsp;&nbsp;", n)+`</span>`, strings.Repeat("&nbsp;&nbsp;", n))
		}, true),
		"floating boxes": `<div style="width:164px">` + table(m, "", "", func(d bool, _ int) string {
			return `<div style="float:left;width:4px;height:4px;background:` + pick(d, "#000", "#fff") + `"></div>`
		}, false) + `</div>`,
		"boxes in rows": table(m, "<div class=r>", "</div>", func(d bool, _ int) string {
			return `<div style="display:inline-block;width:4px;height:4px;background:` + pick(d, "#000", "#fff") + `"></div>`
		}, false),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !reads(drawn.Cells(source), address) {
				t.Errorf("not read: %.400s", source)
			}
		})
	}
}

// TestNothing: texts and tables that are no drawing cost no look at a picture.
func TestNothing(t *testing.T) {
	t.Parallel()
	newsletter := strings.Repeat("<table bgcolor=#fff><tr><td bgcolor=#eee width=300>Des mots</td><td bgcolor=#ddd>et d'autres</td></tr></table>", 100)
	for name, got := range map[string][]image.Image{
		"words":      drawn.Chars(strings.Repeat("The quick brown fox\njumps over the lazy dog\n", 100)),
		"ruled":      drawn.Chars(strings.Repeat("----------------\nTotal: 14.00\n================\n", 30)),
		"one sign":   drawn.Chars(strings.Repeat("################\n", 30)),
		"newsletter": drawn.Cells(newsletter),
	} {
		if len(got) != 0 {
			t.Errorf("%s: %d pictures", name, len(got))
		}
	}
}

func FuzzDrawn(f *testing.F) {
	m := picturetest.Modules(f, "https://a.example", decoder.ErrorCorrectionLevel_L)
	f.Add(two(m, "##", "  "))
	f.Add(parts(m, 1, 2, " ▀▄█"))
	f.Add("<style>.d{background:#000}</style><table>" + table(m, "<tr>", "</tr>", func(d bool, _ int) string { return "<td class=" + pick(d, "d", "l") + ">" }, false))
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range append(drawn.Chars(s), drawn.Cells(s)...) {
			if b := p.Bounds(); b.Dx()*b.Dy() > 8<<20 {
				t.Errorf("a picture of %v", b)
			}
		}
	})
}
