package similar

// What a store finds candidates by. Three places of the sketch make a band: of
// two texts that agree in half of their runs, one of 32 bands is equal with a
// probability of 99 in 100; of two that agree in 40 or 30 of 100, with 88 and
// 59; of two that agree in a tenth, 3 in 100 (locality sensitive hashing: Indyk,
// Motwani, 1998).
const (
	bandRows = 3
	bands    = slots / bandRows
)

// Kinds of key beside the bands: the first number of what is hashed.
const (
	byExact = 100 + iota
	byLayout
	bySender
	byLook
	byHost // and one each for the forms of paths, the pictures and the files
)

// MostBands is how many keys Bands gives at most.
const MostBands = bands + 3 + mostHosts + mostShapes + mostImages + mostLooks + mostFiles

// Bands gives the keys of a print: two messages that belong together share one
// of them almost always, two others hardly ever.
func (p Print) Bands() []int64 {
	var out []int64
	add := func(kind int, values ...uint64) {
		h := mix(uint64(kind) + 1)
		for _, v := range values {
			h = mix(h ^ v*0x9e3779b97f4a7c15)
		}
		out = append(out, int64(h))
	}
	for i := range bands {
		if t := p.Text[i*bandRows:]; p.Words > 0 {
			add(i, uint64(t[0]), uint64(t[1]), uint64(t[2]))
		}
	}
	if p.Exact != 0 {
		add(byExact, p.Exact)
	}
	if p.Tags > 0 {
		add(byLayout, p.Layout, uint64(p.Tags))
	}
	if p.Sender != 0 && p.Subject != 0 {
		add(bySender, uint64(p.Sender), uint64(p.Subject))
	}
	for i, list := range [][]uint32{p.Hosts, p.Shapes, p.Images, p.Files} {
		for _, v := range list {
			add(byHost+i, uint64(v))
		}
	}
	for _, v := range p.Looks {
		add(byLook, v)
	}
	return out
}
