package qr

import "math"

// grid says where the modules of a code lie in the picture: a projection, as
// of a sheet seen from the side.
type grid struct {
	m    [8]float64
	size int // modules a side
}

// at gives the pixel of a point in modules; the middle of the first module is (0.5, 0.5).
func (g *grid) at(u, v float64) (x, y float64) {
	w := g.m[6]*u + g.m[7]*v + 1
	return (g.m[0]*u + g.m[1]*v + g.m[2]) / w, (g.m[3]*u + g.m[4]*v + g.m[5]) / w
}

// flat lays a grid through three marks, as on a sheet seen from the front.
func flat(marks []finder, k corner, size int) *grid {
	a, b, c := marks[k.a], marks[k.b], marks[k.c]
	n := float64(size - 7)
	ux, uy := (b.x-a.x)/n, (b.y-a.y)/n
	vx, vy := (c.x-a.x)/n, (c.y-a.y)/n
	return &grid{size: size, m: [8]float64{ux, vx, a.x - 3.5*(ux+vx), uy, vy, a.y - 3.5*(uy+vy)}}
}

// bend lays the grid through a fourth point as well: the module (u, v) is at (x, y).
// With the affine frame (p, q) of the three marks, the projection that keeps
// them in place is p/(1+gp+hq) and so on; the fourth point gives g and h.
func (g *grid) bend(u, v, x, y float64) *grid {
	n := float64(g.size - 7)
	p, q := (u-3.5)/n, (v-3.5)/n // where it is on the sheet
	fx, fy := g.frame(x, y)      // where it is seen
	s, t := (fx-3.5)/n, (fy-3.5)/n
	// s = (1+α)p/(1+αp+βq) and t = (1+β)q/(1+αp+βq): linear in α and β.
	a11, a12, b1 := p*(s-1), s*q, p-s
	a21, a22, b2 := t*p, q*(t-1), q-t
	det := a11*a22 - a12*a21
	if math.Abs(det) < 1e-9 {
		return g
	}
	alpha, beta := (b1*a22-a12*b2)/det, (a11*b2-b1*a21)/det
	if math.Abs(alpha) > 0.5 || math.Abs(beta) > 0.5 {
		return g
	}
	return g.project(alpha, beta, n)
}

// frame gives the modules of a pixel of a grid that is seen from the front.
func (g *grid) frame(x, y float64) (u, v float64) {
	dx, dy := x-g.m[2], y-g.m[5]
	det := g.m[0]*g.m[4] - g.m[1]*g.m[3]
	return (dx*g.m[4] - dy*g.m[1]) / det, (dy*g.m[0] - dx*g.m[3]) / det
}

// project is the grid whose sheet leans by alpha and beta.
func (g *grid) project(alpha, beta, n float64) *grid {
	// p = (u-3.5)/n; w = 1+αp+βq; the seen point is O + (1+α)p·U/w + (1+β)q·V/w.
	ox, oy := g.at(3.5, 3.5)
	ux, uy := g.m[0]*n*(1+alpha), g.m[3]*n*(1+alpha)
	vx, vy := g.m[1]*n*(1+beta), g.m[4]*n*(1+beta)
	pu, qv, c := 1/n, 1/n, -3.5/n
	w0 := 1 + alpha*c + beta*c
	out := &grid{size: g.size}
	out.m = [8]float64{
		(ox*alpha + ux) * pu / w0, (ox*beta + vx) * qv / w0, (ox*w0 + ux*c + vx*c) / w0,
		(oy*alpha + uy) * pu / w0, (oy*beta + vy) * qv / w0, (oy*w0 + uy*c + vy*c) / w0,
		alpha * pu / w0, beta * qv / w0,
	}
	return out
}

// reader samples modules of one scale of a picture.
type reader struct {
	p    *plane
	g    *ground
	dark bool // marks are dark on bright
}

// black reports whether the module at (u, v) counts as dark.
func (r *reader) black(g *grid, u, v float64) bool {
	x, y := g.at(u, v)
	return (depth(r.p, r.g, x, y) < 0) == r.dark
}

// timing tells what share of the two lines of alternating modules between the
// marks is as it must be.
func (r *reader) timing(g *grid) float64 {
	good, all := 0, 0
	for i := 8; i < g.size-8; i++ {
		want := i%2 == 0
		if r.black(g, float64(i)+0.5, 6.5) == want {
			good++
		}
		if r.black(g, 6.5, float64(i)+0.5) == want {
			good++
		}
		all += 2
	}
	return float64(good) / float64(all)
}

// align looks for the mark near the fourth corner, which codes from version 2
// on have, and bends the grid through it.
func (r *reader) align(g *grid) *grid {
	if g.size < 25 {
		return g
	}
	at := float64(g.size) - 6.5
	reach := min(1.5+float64(g.size)/12, 8)
	best, n, su, sv := 0, 0.0, 0.0, 0.0
	for dv := -reach; dv <= reach; dv += 0.25 {
		for du := -reach; du <= reach; du += 0.25 {
			good := r.ring(g, at+du, at+dv)
			if good > best {
				best, n, su, sv = good, 0, 0, 0
			}
			if good == best && (n == 0 || math.Hypot(du-su/n, dv-sv/n) < 1.5) {
				n, su, sv = n+1, su+du, sv+dv
			}
		}
	}
	if best < surelyRing {
		return g
	}
	x, y := g.at(at+su/n, at+sv/n)
	return g.bend(at, at, x, y)
}

// surelyRing is how many of the 25 modules of the small mark must be right.
const surelyRing = 23

// ring counts how many of 25 modules around a point are as in the small mark.
func (r *reader) ring(g *grid, u, v float64) (good int) {
	for j := -2; j <= 2; j++ {
		for i := -2; i <= 2; i++ {
			want := max(i, -i, j, -j) != 1
			if r.black(g, u+float64(i), v+float64(j)) == want {
				good++
			}
		}
		if j == -1 && good < 6 {
			return 0
		}
	}
	return good
}
