package view

import (
	"net/url"
	"strings"
	"unicode"
)

// Limits of a name in the domain name system (RFC 1035 2.3.4).
const (
	longestName  = 253
	longestLabel = 63
)

// impossible reports whether the host of an address is longer than any name can
// be. Nothing opens such an address, and writing a long foreign name in ASCII
// takes time that grows with its square.
func impossible(address string) bool {
	host := authority(address)
	if len(host) <= longestName {
		return false
	}
	if plain, err := url.PathUnescape(host); err == nil {
		host = plain
	}
	all, label := 0, 0
	for _, r := range host {
		if unseen(r) {
			continue
		}
		all++
		if label++; r == '.' || r == '。' || r == '．' || r == '｡' {
			label = 0
		}
		if label > longestLabel || all > longestName+1 { // a name may end with a dot
			return true
		}
	}
	return false
}

// authority is the host of an address, perhaps with a port.
func authority(address string) string {
	_, host, _ := strings.Cut(address, ":")
	host = strings.TrimLeft(host, "/\\ \t\r\n")
	if end := strings.IndexAny(host, "/?#\\"); end >= 0 {
		host = host[:end]
	}
	return host[strings.LastIndexByte(host, '@')+1:]
}

// unseen reports whether browsers drop a character from a name (UTS 46).
func unseen(r rune) bool {
	return r < ' ' || unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
