package office

import (
	"bytes"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// moduleMark is how the text of every VBA module begins once packed: a flag
// byte that says "eight plain bytes", then the first of them. The container's
// own first byte and the chunk's header stand before (MS-OVBA 2.4.1.1). It is
// searched for, so that a directory that lies about offsets hides nothing.
const moduleMark = "\x00Attribut"

// mostSource limits the text of all modules.
const mostSource = 2 << 20

// modules unpacks the text of the modules in one stream.
func modules(stream []byte, budget *paper.Budget) string {
	var b strings.Builder
	for b.Len() < mostSource {
		i := bytes.Index(stream, []byte(moduleMark))
		if i < 0 {
			return b.String()
		}
		if i >= 3 && stream[i-3] == 1 {
			source := unpack(stream[i-3:], min(mostSource-b.Len(), budget.Bytes))
			budget.Take(len(source))
			b.Write(source)
			b.WriteByte('\n')
		}
		stream = stream[i+len(moduleMark):]
	}
	return b.String()
}

// chunkSize is how much one chunk of a container unpacks to (2.4.1.1.5).
const chunkSize = 4096

// unpack undoes the compression of MS-OVBA 2.4.1.3: chunks of literal bytes and
// copies of what came before in the same chunk.
func unpack(b []byte, most int) []byte {
	var out []byte
	for b = b[1:]; len(b) > 2 && len(out) < most; {
		header := int(b[0]) | int(b[1])<<8
		size := header&0x0fff + 3
		if header>>12&7 != 3 {
			return out
		}
		chunk := b[2:min(size, len(b))]
		b = b[min(size, len(b)):]
		if header>>15 == 0 {
			out = append(out, chunk...)
			continue
		}
		out = unpackChunk(out, chunk)
	}
	return out
}

func unpackChunk(out, chunk []byte) []byte {
	start := len(out)
	for len(chunk) > 0 {
		flags := chunk[0]
		chunk = chunk[1:]
		for bit := 0; bit < 8 && len(chunk) > 0; bit++ {
			if flags>>bit&1 == 0 {
				out, chunk = append(out, chunk[0]), chunk[1:]
				continue
			}
			if len(chunk) < 2 || len(out) == start {
				return out
			}
			token := int(chunk[0]) | int(chunk[1])<<8
			chunk = chunk[2:]
			length, offset := copyToken(token, len(out)-start)
			if offset > len(out)-start || len(out)-start+length > 2*chunkSize {
				return out
			}
			for range length {
				out = append(out, out[len(out)-offset])
			}
		}
	}
	return out
}

// copyToken takes a token apart; the more came before, the more bits its offset
// has (2.4.1.3.19.1).
func copyToken(token, before int) (length, offset int) {
	bits := 4
	for 1<<bits < before {
		bits++
	}
	mask := 0xffff >> bits
	return token&mask + 3, token>>(16-bits) + 1
}

// judge says what the text of macros does.
func judge(source string, c *paper.Contents) {
	c.Sign(paper.Macro, "")
	low := strings.ToLower(strings.NewReplacer(" _\r\n", " ", "\" & \"", "", "\"+\"", "", "\"&\"", "").Replace(source))
	start := firstName(low, starting)
	if start != "" {
		c.Sign(paper.MacroAuto, start)
	}
	if act := firstOf(low, acting); act != "" && start != "" {
		c.Sign(paper.MacroAttack, act)
	}
	for _, link := range addresses(source) {
		c.Link(link, "")
	}
}

// starting names the procedures that run without being called.
//
//nolint:gochecknoglobals // a constant table
var starting = []string{
	"autoopen", "auto_open", "document_open", "documentopen", "workbook_open", "workbook_activate", "autoexec", "autoclose",
	"auto_close", "document_close", "workbook_beforeclose", "autonew", "document_new", "document_contentcontrolonenter",
	"inkpicture1_painted", "slideshow_onload", "app_startup", "presentation_open",
}

// acting names what fetches, starts or writes programs. What office work uses
// as well (CreateObject for Outlook, Kill, Environ) is not among them.
//
//nolint:gochecknoglobals // a constant table
var acting = []string{
	"wscript.shell", "shell.application", "powershell", "urldownloadtofile", "msxml2.", "microsoft.xmlhttp", "winhttp.",
	"adodb.stream", "mshta", "regsvr32", "rundll32", "certutil", "bitsadmin", "cmd.exe", "cmd /c", "shellexecute",
	"createprocess", "virtualalloc", "createthread", "winmgmts:", "win32_process", "internetopenurl", "call shell(",
	"= shell(", "\nshell ", " shell ", "wscript.exe", "cscript", "schedule.service", "htmlfile", "frombase64string",
}

// firstName finds the first of the names that a procedure has.
func firstName(source string, names []string) string {
	for _, name := range names {
		for _, before := range []string{"sub ", "function "} {
			if i := strings.Index(source, before+name); i >= 0 {
				rest := source[i+len(before)+len(name):]
				if rest == "" || strings.IndexByte("( \r\n\t:'", rest[0]) >= 0 {
					return name
				}
			}
		}
	}
	return ""
}

func firstOf(s string, marks []string) string {
	for _, mark := range marks {
		if strings.Contains(s, mark) {
			return strings.TrimSpace(mark)
		}
	}
	return ""
}

// addresses finds web addresses in any text.
func addresses(s string) []string {
	var out []string
	for len(out) < 50 {
		i := strings.Index(s, "http")
		if i < 0 {
			return out
		}
		s = s[i:]
		if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
			s = s[4:]
			continue
		}
		end := strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"'<>()[]{}\\`", r) })
		if end < 0 {
			end = len(s)
		}
		if len(s[:end]) > len("https://") {
			out = append(out, s[:end])
		}
		s = s[end:]
	}
	return out
}
