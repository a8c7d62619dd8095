package mail

import (
	"bytes"
	"strings"
)

// magic is how a format begins.
type magic struct {
	at   int
	sign string
	kind string
}

// magics are tried in order: the longer and rarer signs first.
//
//nolint:gochecknoglobals // a constant table
var magics = []magic{
	{0, "\x7fELF", "application/x-elf"},
	{0, "\xfe\xed\xfa\xce", "application/x-mach-binary"},
	{0, "\xfe\xed\xfa\xcf", "application/x-mach-binary"},
	{0, "\xce\xfa\xed\xfe", "application/x-mach-binary"},
	{0, "\xcf\xfa\xed\xfe", "application/x-mach-binary"},
	{0, "PK\x03\x04", "application/zip"},
	{0, "PK\x05\x06", "application/zip"},
	{0, "PK\x07\x08", "application/zip"},
	{0, "Rar!\x1a\x07", "application/vnd.rar"},
	{0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
	{0, "\x1f\x8b", "application/gzip"},
	{0, "BZh", "application/x-bzip2"},
	{0, "\xfd7zXZ\x00", "application/x-xz"},
	{0, "\x28\xb5\x2f\xfd", "application/zstd"},
	{0, "MSCF\x00\x00\x00\x00", "application/vnd.ms-cab-compressed"},
	{0, "\x60\xea", "application/x-arj"},
	{2, "-lh", "application/x-lzh-compressed"},
	{7, "**ACE**", "application/x-ace-compressed"},
	{257, "ustar", "application/x-tar"},
	{0x8001, "CD001", "application/x-iso9660-image"},
	{0x8801, "CD001", "application/x-iso9660-image"},
	{0, "conectix", "application/x-vhd"},
	{0, "vhdxfile", "application/x-vhdx"},
	{0, "MSWIM\x00\x00\x00", "application/x-ms-wim"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"},
	{0, "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote"},
	{0, "L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46", "application/x-ms-shortcut"},
	{0, "ITSF\x03\x00\x00\x00", "application/vnd.ms-htmlhelp"},
	{0, "{\\rt", "application/rtf"},
	{0, "\x78\x9f\x3e\x22", "application/ms-tnef"},
	{0, "\x89PNG\r\n\x1a\n", "image/png"},
	{0, "\xff\xd8\xff", "image/jpeg"},
	{0, "GIF87a", "image/gif"},
	{0, "GIF89a", "image/gif"},
	{0, "II*\x00", "image/tiff"},
	{0, "MM\x00*", "image/tiff"},
	{8, "WEBP", "image/webp"},
	{4, "ftypheic", "image/heic"},
	{4, "ftypavif", "image/avif"},
	{4, "ftyp", "video/mp4"},
	{0, "\x00\x00\x01\x00", "image/x-icon"},
	{0, "8BPS", "image/vnd.adobe.photoshop"},
	{0, "OggS", "audio/ogg"},
	{0, "fLaC", "audio/flac"},
	{0, "ID3", "audio/mpeg"},
	{8, "WAVE", "audio/wav"},
	{8, "AVI ", "video/x-msvideo"},
	{0, "SQLite format 3\x00", "application/vnd.sqlite3"},
	{0, "\x00asm", "application/wasm"},
	{0, "dex\n03", "application/x-android-dex"},
	{0, "wOFF", "font/woff"},
	{0, "wOF2", "font/woff2"},
	{0, "-----BEGIN PGP", "application/pgp-encrypted"},
	{0, "#!", "text/x-shellscript"},
	{0, "BEGIN:VCALENDAR", "text/calendar"},
	{0, "BEGIN:VCARD", "text/vcard"},
}

// TrueType says what bytes are by what they hold, whatever a name or a header
// claims, as a media type; "" when it does not know.
func TrueType(body []byte) string {
	if len(body) < 2 {
		return ""
	}
	if kind := executable(body); kind != "" {
		return kind
	}
	for i := range magics {
		m := &magics[i]
		if len(body) >= m.at+len(m.sign) && string(body[m.at:m.at+len(m.sign)]) == m.sign {
			return m.kind
		}
	}
	if len(body) > 2 && string(body[:2]) == "BM" && len(body) > 26 && body[14] == 40 {
		return "image/bmp"
	}
	return markup(body)
}

// executable tells programs that need a second look from what only begins
// like them: "MZ" is also the start of a text, and Java classes share the sign
// of fat Mach-O files.
func executable(body []byte) string {
	switch {
	case string(body[:2]) == "MZ" && len(body) >= 64 && !printable(body[:64]):
		return "application/x-msdownload"
	case len(body) >= 8 && string(body[:4]) == "\xca\xfe\xba\xbe" && body[7] < 40:
		return "application/x-mach-binary"
	case len(body) >= 8 && string(body[:4]) == "\xca\xfe\xba\xbe":
		return "application/java-vm"
	}
	return ""
}

func printable(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

// sniffed is how far into a text we look for its nature.
const sniffed = 1024

// markup recognises PDF, HTML, SVG and XML, which may stand behind spaces, a
// byte order mark or a comment.
func markup(body []byte) string {
	head := body[:min(len(body), sniffed)]
	if bytes.Contains(head, []byte("%PDF-")) {
		return "application/pdf"
	}
	text := string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\x00"))
	if !strings.HasPrefix(text, "<") {
		return ""
	}
	text = strings.ToLower(text)
	for _, tag := range markupTags {
		if strings.HasPrefix(text, tag[0]) || tag[2] == "anywhere" && strings.Contains(text, tag[0]) {
			return tag[1]
		}
	}
	return ""
}

//nolint:gochecknoglobals // a constant table
var markupTags = [][3]string{
	{"<svg", "image/svg+xml", "start"},
	{"<!doctype svg", "image/svg+xml", "anywhere"},
	{"<hta:application", "application/hta", "anywhere"},
	{"<!doctype html", "text/html", "anywhere"},
	{"<html", "text/html", "anywhere"},
	{"<job", "application/x-wsf", "start"},
	{"<package", "application/x-wsf", "start"},
	{"<head", "text/html", "anywhere"},
	{"<body", "text/html", "anywhere"},
	{"<script", "text/html", "anywhere"},
	{"<meta", "text/html", "start"},
	{"<title", "text/html", "start"},
	{"<table", "text/html", "start"},
	{"<div", "text/html", "start"},
	{"<iframe", "text/html", "anywhere"},
	{"<form", "text/html", "start"},
	{"<a ", "text/html", "start"},
	{"<p>", "text/html", "start"},
	{"<img", "text/html", "start"},
	{"<svg", "image/svg+xml", "anywhere"},
	{"<?xml", "application/xml", "start"},
}
