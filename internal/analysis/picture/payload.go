package picture

import "strings"

// payload is what a code makes a telephone do.
type payload struct {
	kind string // the finding that tells of it
	what string // the address, the number, the account: what a person should see
}

// kinds lists how the contents of codes begin (compared in lower case). The
// forms are conventions that telephones follow: RFC 3966 for tel, RFC 6068 for
// mailto, EPC069-12 for SEPA transfers ("BCD"), EMVCo for payments ("000201").
//
//nolint:gochecknoglobals // a constant table
var kinds = []struct{ prefix, kind string }{
	{"http://", "picture.qr-link"},
	{"https://", "picture.qr-link"},
	{"www.", "picture.qr-link"},
	{"tel:", "picture.qr-call"},
	{"sms:", "picture.qr-call"},
	{"smsto:", "picture.qr-call"},
	{"mmsto:", "picture.qr-call"},
	{"facetime:", "picture.qr-call"},
	{"mailto:", "picture.qr-call"},
	{"matmsg:", "picture.qr-call"},
	{"whatsapp:", "picture.qr-call"},
	{"tg:", "picture.qr-call"},
	{"bitcoin:", "picture.qr-crypto"},
	{"bitcoincash:", "picture.qr-crypto"},
	{"lightning:", "picture.qr-crypto"},
	{"ethereum:", "picture.qr-crypto"},
	{"litecoin:", "picture.qr-crypto"},
	{"dogecoin:", "picture.qr-crypto"},
	{"monero:", "picture.qr-crypto"},
	{"solana:", "picture.qr-crypto"},
	{"tron:", "picture.qr-crypto"},
	{"bcd\n", "picture.qr-payment"},
	{"bcd\r", "picture.qr-payment"},
	{"spc\n", "picture.qr-payment"},
	{"spc\r", "picture.qr-payment"},
	{"spd*", "picture.qr-payment"},
	{"upi:", "picture.qr-payment"},
	{"000201", "picture.qr-payment"},
	{"wifi:", "picture.qr-setup"},
	{"otpauth:", "picture.qr-setup"},
	{"otpauth-migration:", "picture.qr-setup"},
	{"lpa:", "picture.qr-setup"},
	{"fido:", "picture.qr-setup"},
	{"sgnl:", "picture.qr-setup"},
	{"itms-services:", "picture.qr-setup"},
	{"intent:", "picture.qr-setup"},
	{"market:", "picture.qr-setup"},
}

// read says what the text of a code does.
func read(text string) payload {
	text = strings.TrimSpace(text)
	head := strings.ToLower(text[:min(len(text), 24)])
	for _, k := range kinds {
		if strings.HasPrefix(head, k.prefix) {
			return payload{k.kind, summary(k.kind, text)}
		}
	}
	if bare(text) {
		return payload{"picture.qr-link", text}
	}
	return payload{"picture.qr-text", oneLine(text)}
}

// bare reports whether a text is an address without its scheme, which
// telephones offer to open as well.
func bare(text string) bool {
	host, _, path := strings.Cut(text, "/")
	return path && len(host) > 3 && strings.Contains(host[1:], ".") && !strings.ContainsAny(text, " \n\t@")
}

// summary leaves out what nobody should pass on: passwords and keys.
func summary(kind, text string) string {
	switch kind {
	case "picture.qr-link":
		return text
	case "picture.qr-setup":
		scheme, _, _ := strings.Cut(text, ":")
		return strings.ToLower(scheme)
	case "picture.qr-payment":
		return account(text)
	}
	return oneLine(text)
}

// account gives the account number of a payment that writes one on a line of
// its own, else the first line.
func account(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if len(line) >= 15 && len(line) <= 34 && upper(line[0]) && upper(line[1]) && digit(line[2]) && digit(line[3]) {
			return line
		}
	}
	return oneLine(text)
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
func digit(c byte) bool { return c >= '0' && c <= '9' }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
