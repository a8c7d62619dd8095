// Package arch holds the map of the house as a test: which package stands on
// which floor, and who may import what. Imports go down only. Adding a package
// means giving it a place here; the architecture page tells why.
package arch
