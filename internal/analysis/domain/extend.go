package domain

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// mostBytes is how large a file of ours may be; brands and endings are
// thousands at most.
const mostBytes = 4 << 20

// Extend gives the shipped lists with what an organisation knows besides. The
// folder may hold shorteners.txt, freehosts.txt, forms.txt, freemail.txt,
// tlds.txt and brands.txt, written as the shipped ones are: one entry a line, #
// begins a comment. Entries are added; a line "!bit.ly" takes one away (of
// brands: "!paypal"), and a line "!*" takes all shipped ones away first. A file
// that is not there changes nothing.
func Extend(folder fs.FS) (*Lists, error) {
	more := map[string][]string{}
	for _, name := range append(plain[:len(plain):len(plain)], "brands") {
		raw, err := read(folder, name+".txt")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("lists: %s.txt: %w", name, err)
		}
		more[name] = entries(raw)
	}
	return build(func(name string) []string { return merge(lines(name), more[name]) }), nil
}

var errSize = errors.New("the file is too large")

func read(folder fs.FS, name string) (string, error) {
	file, err := folder.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	raw, err := io.ReadAll(io.LimitReader(file, mostBytes+1))
	if err == nil && len(raw) > mostBytes {
		err = errSize
	}
	return string(raw), err
}

// merge adds our own entries to the shipped ones and takes away what they say.
func merge(shipped, own []string) []string {
	all := slices.Clone(shipped)
	if slices.Contains(own, "!*") {
		all = nil
	}
	for _, line := range own {
		if gone, ok := strings.CutPrefix(line, "!"); ok {
			all = slices.DeleteFunc(all, func(have string) bool { return name(have) == name(gone) })
			continue
		}
		all = append(all, strings.ToLower(strings.TrimPrefix(line, ".")))
	}
	return all
}

// name is what an entry is called: a brand's stands before the equals sign.
func name(line string) string {
	before, _, _ := strings.Cut(line, "=")
	return strings.ToLower(strings.TrimSpace(before))
}
