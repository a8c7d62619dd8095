package text

import (
	"crypto/sha256"
	"math/big"
	"strings"
)

// ibanLength gives the length of the account numbers of each country (ISO
// 13616 and its register).
//
//nolint:gochecknoglobals // a constant table
var ibanLength = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28, "CH": 21, "CR": 22,
	"CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22,
	"GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30,
	"KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27,
	"MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31,
	"SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}

// findIBAN gives the first account number whose check digits are right.
func findIBAN(text string) string {
	for i := 0; i+15 <= len(text); i++ {
		if !upper(text[i]) || i > 0 && alnum(text[i-1]) || !upper(text[i+1]) || !digit(text[i+2]) || !digit(text[i+3]) {
			continue
		}
		n := ibanLength[text[i:i+2]]
		if n == 0 {
			continue
		}
		if iban := gather(text[i:], n); iban != "" && mod97(iban) == 1 {
			return iban
		}
	}
	return ""
}

// gather takes n letters and digits from the beginning of text, leaving out the
// spaces between groups; "" when another sign stands between or more follow.
func gather(text string, n int) string {
	out := make([]byte, 0, n)
	for i := range len(text) {
		c := text[i]
		switch {
		case len(out) == n:
			if alnum(c) {
				return ""
			}
			return string(out)
		case digit(c), upper(c):
			out = append(out, c)
		case c == ' ' || c == '-' || c == '\xa0' || c == '\xc2':
		default:
			return ""
		}
	}
	if len(out) == n {
		return string(out)
	}
	return ""
}

// mod97 is the rest by which an account number checks itself (ISO 7064); 1 when right.
func mod97(iban string) int {
	rest := 0
	for i := range len(iban) {
		switch c := iban[(i+4)%len(iban)]; {
		case digit(c):
			rest = (rest*10 + int(c-'0')) % 97
		default:
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
func alnum(c byte) bool { return digit(c) || upper(c) || c >= 'a' && c <= 'z' }

// findWallet gives the first address of a wallet: of Bitcoin with its checksum
// right (base58check, or bech32 by BIP 173 and 350), or of Ethereum by its form.
func findWallet(text string) string {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r >= 0x80 || !alnum(byte(r)) }) {
		switch {
		case len(word) >= 26 && len(word) <= 35 && (word[0] == '1' || word[0] == '3') && base58check(word),
			len(word) >= 42 && len(word) <= 62 && strings.EqualFold(word[:3], "bc1") && bech32(strings.ToLower(word)),
			len(word) == 42 && strings.HasPrefix(word, "0x") && strings.Trim(word[2:], "0123456789abcdefABCDEF") == "":
			return word
		}
	}
	return ""
}

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

func base58check(word string) bool {
	n := new(big.Int)
	for i := range len(word) {
		at := strings.IndexByte(base58, word[i])
		if at < 0 {
			return false
		}
		n.Mul(n, big.NewInt(58)).Add(n, big.NewInt(int64(at)))
	}
	if n.BitLen() > 25*8 {
		return false
	}
	raw := n.FillBytes(make([]byte, 25))
	once := sha256.Sum256(raw[:21])
	twice := sha256.Sum256(once[:])
	return string(twice[:4]) == string(raw[21:])
}

const bech32Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

func bech32(word string) bool {
	check := uint32(1)
	step := func(v uint32) {
		top := check >> 25
		check = check&0x1ffffff<<5 ^ v
		for i, g := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				check ^= g
			}
		}
	}
	for _, v := range []uint32{'b' >> 5, 'c' >> 5, 0, 'b' & 31, 'c' & 31} {
		step(v)
	}
	for i := 3; i < len(word); i++ {
		at := strings.IndexByte(bech32Letters, word[i])
		if at < 0 {
			return false
		}
		step(uint32(at))
	}
	return check == 1 || check == 0x2bc830a3
}

// masked shows enough of a number to find it again, and not enough to pay to it.
func masked(s string) string {
	if len(s) <= 10 {
		return s
	}
	return s[:6] + "…" + s[len(s)-3:]
}

// findPhone gives the first telephone number of the text: 9 to 15 digits in
// groups, with a country's sign, brackets or a leading 0 or 1, not part of a
// longer number or of an address.
func findPhone(text string) string {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '+' && c != '(' && !digit(c) || i > 0 && (alnum(text[i-1]) || strings.IndexByte("./=&?_#@-:$€£", text[i-1]) >= 0) {
			continue
		}
		number, length := phoneAt(text[i:])
		if number != "" {
			return number
		}
		i += max(length-1, 0)
	}
	return ""
}

// phoneAt reads a number at the beginning of text, "" when there is none, and
// tells how long what was read is.
func phoneAt(text string) (number string, length int) {
	digits, groups, last := 0, 1, 0
	end := 0
	for end < len(text) && end < 30 {
		c := text[end]
		if digit(c) {
			if end > 0 && last < end-1 {
				groups++
			}
			digits++
			last = end
		} else if strings.IndexByte("+() .-", c) < 0 || end-last > 2 {
			break
		}
		end++
	}
	plain := text[:min(last+1, len(text))]
	switch {
	case digits < 9 || digits > 15 || groups < 2 && plain[0] != '+' && plain[0] != '0':
		return "", end
	case plain[0] != '+' && plain[0] != '(' && plain[0] != '0' && plain[0] != '1' && groups != 3:
		return "", end
	case last+1 < len(text) && alnum(text[last+1]):
		return "", end
	}
	return plain, end
}
