package domain

import "testing"

// The quick look never hides a member or a parent that is one.
func TestHostsAreFoundBehindTheQuickLook(t *testing.T) {
	t.Parallel()
	h := hostsOf(map[string]bool{"a.example": true, "zz.example": true, "example.org": true})
	for host, want := range map[string]bool{
		"a.example": true, "www.a.example": true, "zz.example": true, "b.c.example.org": true,
		"b.example": false, "example": false, "": false, "aa.example": false,
	} {
		if h.within(host) != want {
			t.Errorf("%q: %v", host, !want)
		}
	}
	if p := pairsOf("pay-lumo.example"); !p.may("lumo") || p.may("zumo") {
		t.Error("the pairs of letters of a host tell what names it may hold")
	}
}
