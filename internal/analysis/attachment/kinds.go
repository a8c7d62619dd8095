package attachment

import "strings"

// kind is what opening a file does.
type kind string

const (
	harmless   kind = ""
	executable kind = "attachment.executable"
	script     kind = "attachment.script"
	shortcut   kind = "attachment.shortcut"
	diskImage  kind = "attachment.disk-image"
	onenote    kind = "attachment.onenote"
	webpage    kind = "attachment.html"
)

// kinds says what opening a file with that ending does.
//
//nolint:gochecknoglobals // a constant table
var kinds = map[string]kind{
	"exe": executable, "com": executable, "scr": executable, "pif": executable, "cpl": executable, "dll": executable,
	"msi": executable, "msix": executable, "appx": executable, "jar": executable, "apk": executable, "dmg": executable,
	"pkg": executable, "app": executable, "deb": executable, "rpm": executable, "xll": executable, "gadget": executable,
	"bat": script, "cmd": script, "vbs": script, "vbe": script, "js": script, "jse": script, "wsf": script, "wsh": script,
	"ps1": script, "psm1": script, "hta": script, "sct": script, "reg": script, "chm": script, "msc": script, "jnlp": script,
	"application": script, "appref-ms": script, "wsc": script, "inf": script,
	"lnk": shortcut, "url": shortcut, "website": shortcut, "desktop": shortcut, "library-ms": shortcut, "search-ms": shortcut,
	"scf": shortcut, "rdp": shortcut,
	"iso": diskImage, "img": diskImage, "vhd": diskImage, "vhdx": diskImage, "udf": diskImage,
	"one": onenote, "onepkg": onenote,
	"htm": webpage, "html": webpage, "shtml": webpage, "xhtml": webpage, "xht": webpage, "mht": webpage, "mhtml": webpage,
}

// trueKinds says the same of media types by content.
//
//nolint:gochecknoglobals // a constant table
var trueKinds = map[string]kind{
	"application/x-msdownload": executable, "application/vnd.microsoft.portable-executable": executable,
	"application/x-dosexec": executable, "application/x-executable": executable, "application/x-elf": executable,
	"application/x-mach-binary": executable, "application/x-msi": executable, "application/java-archive": executable,
	"application/x-ms-shortcut": shortcut, "application/x-iso9660-image": diskImage, "application/onenote": onenote,
	"application/x-onenote": onenote, "application/x-ms-installer": executable, "application/hta": script,
}

// papers are endings that people trust; one of them before a dangerous ending
// is there to deceive.
//
//nolint:gochecknoglobals // a constant table
var papers = map[string]bool{
	"pdf": true, "doc": true, "docx": true, "xls": true, "xlsx": true, "ppt": true, "pptx": true, "txt": true, "jpg": true,
	"jpeg": true, "png": true, "gif": true, "mp3": true, "mp4": true, "wav": true, "csv": true, "rtf": true, "odt": true,
	"zip": true, "eml": true, "msg": true,
}

// families groups endings that may have the same content, to tell a disguise
// from a synonym.
//
//nolint:gochecknoglobals // a constant table
var families = map[string]string{
	"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
}

// endings gives the last ending of a name, and the one before it.
func endings(name string) (last, before string) {
	name = strings.ToLower(strings.TrimRight(strings.TrimSpace(name), ". "))
	rest, last, ok := cutLast(name)
	if !ok {
		return "", ""
	}
	_, before, _ = cutLast(strings.TrimSpace(rest))
	return last, before
}

func cutLast(name string) (rest, ending string, ok bool) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return name, "", false
	}
	return name[:dot], strings.TrimSpace(name[dot+1:]), true
}

// byName says what opening a file of that name does, and whether its name was
// built to deceive.
func byName(name string) (k kind, deceives bool) {
	last, before := endings(name)
	k = kinds[last]
	return k, k != harmless && papers[before]
}
