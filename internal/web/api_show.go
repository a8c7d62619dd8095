package web

import "github.com/bienvu/bienvu/internal/web/page"

// reference shows the operations of the REST API.
func (s *site) reference(v *visit) error {
	if s.Reference == nil {
		return missing()
	}
	return v.show(page.APIReference(v.frame(), *s.Reference))
}
