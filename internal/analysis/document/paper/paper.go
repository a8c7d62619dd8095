// Package paper is what a reader of files gives back: links, words, files
// inside, and the signs that opening the file does more than show something.
//
// Files come from strangers, so each reader spends from one Budget that the
// whole message shares. A reader that finds it empty stops, keeps what it has
// and says so: what nobody saw can hold anything.
package paper

import (
	"strings"
	"unicode/utf8"
)

// Contents is what a file holds.
type Contents struct {
	Signs    []Sign
	Links    []Link
	Files    []File // files inside, for a reader of their own
	text     strings.Builder
	seen     map[string]bool // addresses of Links
	Locked   bool            // encrypted with a password that we do not have
	Opened   bool            // encrypted with a password that stood in the message
	Document bool            // what is inside belongs to a document, not to an archive
	Cut      bool            // a budget ran out, or the file is damaged: not all of it was read
}

// Link is an address that opening or clicking the file leads to.
type Link struct {
	URL  string
	Text string // what a person sees of it, "" when unknown
}

// File is one file, attached or inside another.
type File struct {
	Name string // as written, "" when unknown
	Body []byte // nil when it could only be listed
}

// Sign is one thing that the file does besides being read.
type Sign struct {
	Kind   Kind
	Detail string // what exactly: a command, a name, an address; "" when there is nothing to add
}

// Kind is what a file does.
type Kind string

// What files do.
const (
	Macro         Kind = "macro"           // holds programs
	MacroAuto     Kind = "macro-auto"      // … that run when it is opened
	MacroAttack   Kind = "macro-attack"    // … and start or fetch others
	MacroHidden   Kind = "macro-hidden"    // programs whose text was taken out
	MacroSheet    Kind = "macro-sheet"     // Excel 4 macros
	Dynamic       Kind = "dde"             // starts another program by a field or formula (DDE)
	Equation      Kind = "equation"        // an object of the old equation editor
	Remote        Kind = "remote-template" // loads a template, frame or object from elsewhere
	Autostart     Kind = "pdf-active"      // a PDF that runs a script by itself
	Launch        Kind = "pdf-launch"      // a PDF that starts a program
	Lure          Kind = "pdf-lure"        // a PDF that is there to be clicked
	Smuggling     Kind = "smuggling"       // a page that builds a file
	HiddenPage    Kind = "page-hidden"     // a page that writes itself out of coded text
	Redirect      Kind = "page-redirect"   // a page that sends on to another at once
	PasswordForm  Kind = "html-form"       // a page that asks for a password
	ScriptPicture Kind = "svg-script"      // a picture with a script
	Command       Kind = "shortcut-command"
	Elsewhere     Kind = "shortcut-remote" // a shortcut to a program or folder on another computer
)

// Sign adds a sign, once for each kind.
func (c *Contents) Sign(k Kind, detail string) {
	if !c.Has(k) {
		c.Signs = append(c.Signs, Sign{k, detail})
	}
}

// Has reports whether a kind of sign is there.
func (c *Contents) Has(k Kind) bool {
	for _, s := range c.Signs {
		if s.Kind == k {
			return true
		}
	}
	return false
}

// MostText is how much text of one file is kept, in bytes.
const MostText = 32 << 10

// Write adds text until there is MostText of it; the rest is dropped.
func (c *Contents) Write(s string) {
	room := MostText - c.text.Len()
	if room <= 0 {
		return
	}
	if len(s) > room {
		s = strings.ToValidUTF8(s[:room], "")
	}
	c.text.WriteString(strings.Map(readable, s))
}

// readable drops what is no text.
func readable(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError {
		return -1
	}
	return r
}

// Full reports whether more text would be dropped.
func (c *Contents) Full() bool { return c.text.Len() >= MostText }

// Text is the text so far.
func (c *Contents) Text() string { return c.text.String() }

// mostLinks limits the links of one file.
const mostLinks = 200

// Link adds a link, once for each address; more than 200 are cut.
func (c *Contents) Link(address, text string) {
	address = strings.TrimSpace(address)
	if address == "" || len(address) > 8<<10 {
		return
	}
	if c.seen[address] {
		return
	}
	if len(c.Links) >= mostLinks {
		c.Cut = true
		return
	}
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	c.seen[address] = true
	c.Links = append(c.Links, Link{address, text})
}
