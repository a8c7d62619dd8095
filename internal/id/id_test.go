package id_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/id"
	"github.com/google/uuid"
)

func make20k(t *testing.T) []string {
	t.Helper()
	m := id.NewMaker(rand.NewChaCha8([32]byte{1}))
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	all := make([]string, 20_000)
	for i := range all {
		one, err := m.New(at.Add(time.Duration(i/5000) * time.Second))
		if err != nil {
			t.Fatal(err)
		}
		all[i] = one
	}
	return all
}

func TestSortedUniqueAndReproducible(t *testing.T) {
	t.Parallel()

	all := make20k(t)
	if !slices.IsSorted(all) {
		t.Error("identifiers do not sort by the order they were made in")
	}
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Error("an identifier came twice")
	}
	if !slices.Equal(all, make20k(t)) {
		t.Error("the same seed gave other identifiers")
	}
}

func TestIsUUIDv7(t *testing.T) {
	t.Parallel()

	u, err := uuid.Parse(make20k(t)[0])
	if err != nil || u.Version() != 7 || u.Variant() != uuid.RFC4122 {
		t.Fatalf("%v: version %d, variant %v, %v", u, u.Version(), u.Variant(), err)
	}
	if got := time.Unix(u.Time().UnixTime()).UTC(); got.Year() != 2026 || got.Month() != 3 {
		t.Errorf("time in identifier = %v", got)
	}
}
