package attachment

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
)

// Budgets of listing one archive.
const (
	mostEntries = 2000
	mostRels    = 256 << 10 // bytes read of one relationships file
)

// zip lists an archive, which may be an Office document.
func (l *look) zip(i int, p *mail.Part) {
	r, err := zip.NewReader(bytes.NewReader(p.Body), int64(len(p.Body)))
	if err != nil {
		l.find("attachment.unread", i, p.Name, nil)
		return
	}
	for n, f := range r.File {
		if n >= mostEntries {
			l.find("attachment.unread", i, p.Name, nil)
			return
		}
		l.entry(i, p, f)
	}
}

// entry looks at one file of an archive. Bit 0 of the flags says that it is
// encrypted (APPNOTE 4.4.4).
func (l *look) entry(i int, p *mail.Part, f *zip.File) {
	if f.Flags&1 != 0 {
		l.encrypted(i, p.Name)
	}
	switch name := strings.ToLower(f.Name); {
	case strings.HasSuffix(name, "vbaproject.bin"):
		l.find("attachment.macro", i, p.Name, nil)
	case strings.HasSuffix(name, ".rels"):
		if remoteTemplate(f) {
			l.find("attachment.remote-template", i, p.Name, nil)
		}
	default:
		if k, _ := byName(name); dangerous(k) {
			l.find("attachment.danger-in-archive", i, p.Name, map[string]string{"inside": strings.ReplaceAll(f.Name, ".", "[.]")})
		}
	}
}

func dangerous(k kind) bool { return k != harmless && k != webpage }

// remoteTemplate reports whether an Office document loads its template, and
// with it macros, from elsewhere.
func remoteTemplate(f *zip.File) bool {
	if f.UncompressedSize64 > mostRels {
		return false
	}
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, mostRels))
	if err != nil {
		return false
	}
	body = bytes.ToLower(body)
	for rel := range bytes.SplitSeq(body, []byte("<relationship ")) {
		if bytes.Contains(rel, []byte(`targetmode="external"`)) && (bytes.Contains(rel, []byte("attachedtemplate")) || bytes.Contains(rel, []byte("oleobject")) || bytes.Contains(rel, []byte("/frame"))) {
			return true
		}
	}
	return false
}

// otherArchive looks at formats of which only the file names in clear are searched.
func (l *look) otherArchive(i int, p *mail.Part) {
	body := bytes.ToLower(clip(p.Body))
	for _, ending := range []string{".exe", ".scr", ".js", ".vbs", ".lnk", ".bat", ".hta", ".iso"} {
		at := bytes.Index(body, []byte(ending))
		if at > 0 && wordBefore(body[:at]) {
			l.find("attachment.danger-in-archive", i, p.Name, map[string]string{"inside": "*" + strings.Replace(ending, ".", "[.]", 1)})
			return
		}
	}
}

// wordBefore reports whether at least four readable characters stand before,
// so that chance bytes of compressed data are no file name.
func wordBefore(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	for _, c := range b[len(b)-4:] {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}
