package reply_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
)

func BenchmarkCompose(b *testing.B) {
	c := catalogue(b)
	in := base("fr", reply.Vous, reply.PhishingConfirmed)
	in.Reasons = reasonsOf("fr")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := reply.Compose(c, in); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	c := catalogue(b)
	in := base("fr", reply.Vous, reply.PhishingConfirmed)
	in.Reasons = reasonsOf("fr")
	letter, err := reply.Compose(c, in)
	if err != nil {
		b.Fatal(err)
	}
	check := reply.Checkable(in, letter, []string{"colis.example"})
	b.ReportAllocs()
	for b.Loop() {
		if tone := reply.Check(check); !tone.Pass {
			b.Fatal(tone.Problems)
		}
	}
}
