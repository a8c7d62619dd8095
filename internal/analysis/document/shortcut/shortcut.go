// Package shortcut reads files that do nothing but lead elsewhere: Windows
// shortcuts (.lnk), internet shortcuts (.url, .website, .desktop) and the XML of
// libraries and saved searches, which open a stranger's folder as if it were
// one's own.
package shortcut

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// most limits how much of a shortcut is read: they are small, and big ones are
// padded.
const most = 256 << 10

// IsLink reports whether a file is a Windows shortcut.
func IsLink(b []byte) bool { return bytes.HasPrefix(b, []byte("L\x00\x00\x00\x01\x14\x02\x00")) }

// Flags of a shortcut (MS-SHLLINK 2.1.1).
const (
	hasTargets = 1 << iota
	hasInfo
	hasName
	hasPath
	hasFolder
	hasArguments
	hasIcon
	isUnicode
)

// headerSize is the fixed part of a shortcut (MS-SHLLINK 2.1).
const headerSize = 76

// ReadLink gives what a Windows shortcut starts.
func ReadLink(b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{}
	if len(b) > most {
		b = b[:most]
	}
	if len(b) < headerSize || !budget.Take(len(b)) {
		c.Cut = true
		return c
	}
	flags := binary.LittleEndian.Uint32(b[20:])
	rest := b[headerSize:]
	target := ""
	if flags&hasTargets != 0 && len(rest) >= 2 {
		n := min(2+int(binary.LittleEndian.Uint16(rest)), len(rest))
		target, rest = narrow(rest[2:n]), rest[n:]
	}
	if flags&hasInfo != 0 && len(rest) >= 4 {
		n := min(int(binary.LittleEndian.Uint32(rest)), len(rest))
		target, rest = target+" "+narrow(rest[:n]), rest[n:]
	}
	command := texts(rest, flags)
	judge(command, target, c)
	return c
}

// texts reads the texts of a shortcut in their order (2.4): its path and its
// arguments make the command.
func texts(rest []byte, flags uint32) string {
	var out []string
	for _, kind := range []uint32{hasName, hasPath, hasFolder, hasArguments, hasIcon} {
		if flags&kind == 0 || len(rest) < 2 {
			continue
		}
		n, size := int(binary.LittleEndian.Uint16(rest)), 1
		if flags&isUnicode != 0 {
			size = 2
		}
		end := min(2+n*size, len(rest))
		if kind == hasPath || kind == hasArguments {
			out = append(out, text(rest[2:end], size))
		}
		rest = rest[end:]
	}
	return strings.Join(out, " ")
}

func text(b []byte, size int) string {
	if size == 1 {
		return strings.ToValidUTF8(string(b), "?")
	}
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) > 1; b = b[2:] {
		units = append(units, uint16(b[0])|uint16(b[1])<<8)
	}
	return string(utf16.Decode(units))
}

// narrow keeps the printable characters, of ASCII and of UTF-16 alike.
func narrow(b []byte) string {
	var out strings.Builder
	for i, c := range b {
		if c >= ' ' && c < 0x7f {
			out.WriteByte(c)
		} else if c != 0 || i == 0 || b[i-1] == 0 {
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// judge tells what is started: a program that runs what it is told, or
// something on another computer.
func judge(command, target string, c *paper.Contents) {
	whole := strings.ToLower(target + " " + command)
	for _, program := range programs {
		if strings.Contains(whole, program) {
			c.Sign(paper.Command, clip(command, program))
			break
		}
	}
	for _, link := range addresses(command) {
		c.Link(link, "")
	}
	if share := share(whole); share != "" {
		c.Sign(paper.Elsewhere, share)
	}
}

func clip(command, program string) string {
	command = strings.Join(strings.Fields(command), " ")
	if command == "" {
		return program
	}
	return strings.ToValidUTF8(command[:min(len(command), 160)], "")
}

// programs run what they are told.
//
//nolint:gochecknoglobals // a constant table
var programs = []string{
	"powershell", "pwsh", "mshta", "cmd.exe", "wscript", "cscript", "rundll32", "regsvr32", "msiexec", "certutil", "bitsadmin",
	"forfiles", "conhost", "curl", "python", "ftp.exe", "bash.exe", "wmic", "explorer.exe \\\\", "installutil", "ssh.exe",
	"schtasks", "control.exe", "hh.exe", "odbcconf", "cmstp", "pcalua", "scriptrunner",
}

// share finds a folder on a computer that has a full name or a number: \\a.b\c.
func share(s string) string {
	for rest := s; ; {
		i := strings.Index(rest, `\\`)
		if i < 0 {
			return ""
		}
		rest = rest[i+2:]
		host, folder, _ := strings.Cut(rest, `\`)
		host, _, _ = strings.Cut(host, "@")
		if len(host) < 100 && strings.Contains(host, ".") && !strings.ContainsAny(host, " \"?*:") && folder != "" {
			return `\\` + host
		}
	}
}
