package mail

import "golang.org/x/net/html/atom"

// tagKind is how a browser takes a tag, as far as it matters to its text.
type tagKind uint8

// The kinds.
const (
	void           tagKind = 1 << iota // it has no inside
	closedByItself                     // the next of its name ends it
	paragraph                          // an empty line is around it
	block                              // it stands on lines of its own
	beside                             // it stands beside others, with space between
	skipped                            // what is inside is not text
)

// kindOf gives the kind of a tag: a search among constants, which costs less
// than one in a map, as this is asked of every tag.
func kindOf(tag atom.Atom) tagKind {
	switch tag {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param,
		atom.Source, atom.Track, atom.Wbr, atom.Frame, atom.Basefont, atom.Bgsound, atom.Image:
		return void
	case atom.Hr:
		return void | paragraph
	case atom.P:
		return closedByItself | paragraph
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Blockquote, atom.Pre, atom.Dl:
		return paragraph
	case atom.Li, atom.Tr, atom.Dt, atom.Dd:
		return closedByItself | block
	case atom.Td, atom.Th, atom.Option:
		return closedByItself | beside
	case atom.Div, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Section, atom.Article, atom.Header, atom.Footer,
		atom.Main, atom.Nav, atom.Aside, atom.Address, atom.Center, atom.Form, atom.Fieldset, atom.Figure, atom.Figcaption,
		atom.Caption, atom.Body, atom.Legend, atom.Details, atom.Summary, atom.Dialog, atom.Hgroup:
		return block
	case atom.Title:
		return block | skipped
	case atom.Script, atom.Style, atom.Template, atom.Iframe, atom.Noembed, atom.Noframes, atom.Xmp, atom.Object,
		atom.Audio, atom.Video:
		return skipped
	}
	return 0
}
