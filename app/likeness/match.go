package likeness

import (
	"cmp"
	"math"
	"slices"
)

// Same is the score from which on two pictures are the same one.
const Same = 0.77

// What counts as the same.
const (
	apartMax = 9  // of the waves
	looks    = 24 // windows of which the fit is known
	tries    = 3  // windows from which the fit is sought
	tiles    = 6  // pieces in each direction
	points   = 8  // of a piece in each direction
	plain    = 4  // spread of brightness below which a piece says nothing
	fit      = 20 // points in each direction by which the fit is sought, and fineFit when it is nearly there
	fineFit  = 48
	hopeful  = 0.85 // the rough fit from which a finer one is sought
)

// Score says how alike the kept picture is: 1 is the same, 0 has nothing in common.
func (p Probe) Score(kept *Print) float64 {
	want := kept.signed()
	best := 0.0
	for _, w := range p.nearest(kept, want) {
		w, promising := p.print.settle(kept, w)
		if !promising {
			continue
		}
		if best = max(best, p.print.piecewise(kept, w)); best >= Same {
			break
		}
	}
	return best
}

// nearest gives the windows from which the fit is sought: of those whose spectrum is nearest the ones that fit best
// already, at places that are not beside each other.
func (p Probe) nearest(kept *Print, want sign) (out []window) {
	at := make([]int, 0, 64)
	for i, s := range p.signs {
		if s.apart(want) <= apartMax {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(i, j int) int { return p.signs[i].apart(want) - p.signs[j].apart(want) })
	at = at[:min(len(at), looks)]
	fits, whole := map[int]float64{}, kept.cells(middle(), fit)
	for _, i := range at {
		fits[i] = correlation(whole, p.print.cells(p.windows[i], fit))
	}
	slices.SortStableFunc(at, func(i, j int) int { return cmp.Compare(fits[j], fits[i]) })
	for _, i := range at {
		w := p.windows[i]
		if slices.ContainsFunc(out, w.beside) {
			continue
		}
		if out = append(out, w); len(out) == tries {
			break
		}
	}
	return out
}

func (w window) beside(o window) bool {
	near := func(a, b span) bool { return math.Abs(a.from-b.from)+math.Abs(a.to-b.to) < 0.05 }
	return near(w.x, o.x) && near(w.y, o.y)
}

func (p *Print) signed() sign {
	m := p.middle()
	return m.sign()
}

// settle moves the window until the kept picture's middle, which both have whole, fits best: first roughly, then, when that
// promises something, to a fraction of a pixel of the copy.
func (p *Print) settle(kept *Print, w window) (fits window, promising bool) {
	rough := fitting{p, kept.cells(middle(), fit), fit}
	w, best := rough.moved(w, 0.02, 0.004)
	if best < hopeful {
		return w, false
	}
	fine := fitting{p, kept.cells(middle(), fineFit), fineFit}
	w, _ = fine.moved(w, 0.004, 0.0004)
	return w, true
}

// fitting lays windows of a picture over what is wanted, n points in each direction.
type fitting struct {
	print *Print
	want  []float64
	n     int
}

func (f fitting) of(w window) float64 { return correlation(f.want, f.print.cells(w, f.n)) }

// moved gives the window that fits best around w, by steps from the first down to the last.
func (f fitting) moved(w window, first, last float64) (window, float64) {
	best := f.of(w)
	for step := first; step > last; step /= 2 {
		for moved := true; moved; {
			moved = false
			for side := range 4 {
				for _, by := range []float64{-step, step} {
					next := w.moved(side, by)
					if c := f.of(next); c > best+1e-5 {
						best, w, moved = c, next, true
					}
				}
			}
		}
	}
	return w, best
}

func (w window) moved(side int, by float64) window {
	switch side {
	case 0:
		w.x.from += by
	case 1:
		w.x.to += by
	case 2:
		w.y.from += by
	default:
		w.y.to += by
	}
	return w
}

// cells is the brightness of n × n parts of a window.
func (p *Print) cells(w window, n int) []float64 {
	out := make([]float64, 0, n*n)
	across, down := w.x.edges(n), w.y.edges(n)
	area := (w.x.to - w.x.from) * (w.y.to - w.y.from) * Side * Side / float64(n*n)
	above, line := make([]float64, n+1), make([]float64, n+1)
	for y, v := range down {
		top, bottom := &p.sums[v.at], &p.sums[v.at+1]
		for x, u := range across {
			first := top[u.at]*(1-u.part) + top[u.at+1]*u.part
			second := bottom[u.at]*(1-u.part) + bottom[u.at+1]*u.part
			line[x] = first*(1-v.part) + second*v.part
		}
		for x := range n {
			if y > 0 {
				out = append(out, (line[x+1]-line[x]-above[x+1]+above[x])/area)
			}
		}
		above, line = line, above
	}
	return out
}

// edge is a place between two pixels of a copy.
type edge struct {
	at   int
	part float64
}

// edges are the n+1 edges of n parts of a span, none outside the copy.
func (s span) edges(n int) []edge {
	out := make([]edge, 0, n+1)
	for i := range n + 1 {
		x := min(max((s.from+(s.to-s.from)*float64(i)/float64(n))*Side, 0), Side)
		at := min(int(x), Side-1)
		out = append(out, edge{at, x - float64(at)})
	}
	return out
}

// overlap is what both pictures have, as a window of the kept one and of p.
func overlap(w window) (kept, own window) {
	m := middle()
	kept.x, own.x = shared(w.x, m.x)
	kept.y, own.y = shared(w.y, m.y)
	return kept, own
}

func shared(w, m span) (kept, own span) {
	scale := (w.to - w.from) / (m.to - m.from)
	edge := w.from - m.from*scale // the kept picture's own edge
	kept = span{max(0, -edge/scale), min(1, (1-edge)/scale)}
	return kept, span{edge + kept.from*scale, edge + kept.to*scale}
}

func correlation(a, b []float64) float64 {
	var sa, sb, aa, bb, ab float64
	for i := range a {
		sa += a[i]
		sb += b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
		ab += a[i] * b[i]
	}
	n := float64(len(a))
	va, vb := aa-sa*sa/n, bb-sb*sb/n
	if va < 1e-9 || vb < 1e-9 {
		return 0
	}
	return (ab - sa*sb/n) / math.Sqrt(va*vb)
}

// piecewise is how well the half of the pieces that agrees least agrees. Pages of one site share what is around an article,
// pictures of one place their ground: what they do not share tells them apart.
func (p *Print) piecewise(kept *Print, w window) float64 {
	const n = tiles * points
	there, here := overlap(w)
	a, b := kept.cells(there, n), p.cells(here, n)
	var agree []float64
	for ty := range tiles {
		for tx := range tiles {
			var pa, pb []float64
			for y := range points {
				at := (ty*points+y)*n + tx*points
				pa, pb = append(pa, a[at:at+points]...), append(pb, b[at:at+points]...)
			}
			if max(spread(pa), spread(pb)) >= plain {
				agree = append(agree, max(0, correlation(pa, pb)))
			}
		}
	}
	if len(agree) < tiles {
		return 0
	}
	slices.Sort(agree)
	sum, half := 0.0, (len(agree)+1)/2
	for _, c := range agree[:half] {
		sum += c
	}
	return sum / float64(half)
}

// spread is the standard deviation.
func spread(a []float64) float64 {
	var sum, squares float64
	for _, v := range a {
		sum += v
		squares += v * v
	}
	n := float64(len(a))
	return math.Sqrt(max(0, squares/n-sum/n*sum/n))
}
