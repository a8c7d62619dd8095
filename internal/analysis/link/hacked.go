package link

import "strings"

// within are folders of common site software in which no page for visitors
// belongs: who finds one there found a site that was broken into.
//
//nolint:gochecknoglobals // a constant table
var within = []string{
	"/wp-content/", "/wp-includes/", "/wp-admin/", "/.well-known/", "/administrator/components/",
	"/libraries/joomla/", "/modules/mod_", "/skin/frontend/", "/.git/", "/.cache/", "/.tmb/",
}

// mixed are folders that hold files or programs for visitors too: only a page
// with an ending of its own gives them away.
//
//nolint:gochecknoglobals // a constant table
var mixed = []string{"/wp-content/uploads/", "/cgi-bin/", "/sites/default/files/", "/uploads/", "/images/"}

// page are endings of addresses that open a page, and not a file that such
// folders rightly hold.
//
//nolint:gochecknoglobals // a constant table
var page = []string{".html", ".htm", ".php", ".php5", ".phtml", ".shtml"}

// honest are pages that site software itself keeps there.
//
//nolint:gochecknoglobals // a constant table
var honest = []string{"/.well-known/change-password", "/.well-known/acme-challenge", "/wp-content/plugins/", "/wp-admin/profile.php",
	"/wp-admin/comment.php", "/wp-admin/edit", "/wp-admin/post.php", "/wp-admin/admin", "/wp-admin/users.php", "/wp-admin/options"}

// hacked reports whether a path leads to a page in a folder where none belongs.
func hacked(path string) bool {
	path = strings.ToLower(path)
	for _, ok := range honest {
		if strings.Contains(path, ok) {
			return false
		}
	}
	for _, folder := range mixed {
		if _, rest, found := strings.Cut(path, folder); found {
			return opens(rest)
		}
	}
	for _, folder := range within {
		if _, rest, found := strings.Cut(path, folder); found && (opens(rest) || bare(rest)) {
			return true
		}
	}
	return false
}

// bare reports whether a path names a folder, or a page without an ending.
func bare(rest string) bool {
	return rest != "" && !strings.Contains(rest[strings.LastIndexByte(rest, '/')+1:], ".")
}

func opens(rest string) bool {
	for _, end := range page {
		if strings.HasSuffix(rest, end) {
			return true
		}
	}
	return false
}
