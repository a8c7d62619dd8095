package authcheck

import (
	"strings"
	"testing"
)

// A header of one field in a quarter of a million folded lines took twenty
// seconds: each line copied all before it. It is counted in allocations, which
// do not depend on the machine.
func TestLongFoldedFieldIsReadOnce(t *testing.T) {
	t.Parallel()
	head := "From: a@b.example\r\nX-Long: a\r\n" + strings.Repeat(" b\r\n", 50_000) + "To: c@d.example\r\n"
	result := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if got := fields(head); len(got) != 3 || got[1].name != "x-long" || len(got[1].raw) != len("X-Long: a\r\n")+50_000*4 {
				b.Errorf("read wrongly: %d fields", len(got))
			}
		}
	})
	if got, most := result.AllocedBytesPerOp(), int64(50*len(head)); got > most {
		t.Errorf("%d bytes were allocated for a header of %d", got, len(head))
	}
}

// What stands between a field and its continuation is passed over.
func TestFieldsSkipWhatIsNone(t *testing.T) {
	t.Parallel()
	got := fields(" lost\r\nFrom : a\r\n b\r\nnothing\r\n c\r\nTo: d")
	if len(got) != 2 || got[0].name != "from" || got[0].raw != "From : a\r\n b\r\n c\r\n" || got[1].raw != "To: d" {
		t.Errorf("%+v", got)
	}
}
