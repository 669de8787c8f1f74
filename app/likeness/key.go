package likeness

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// How the keys are made.
const (
	waves    = 8 // frequencies of the spectrum in each direction
	bands    = 3
	bandBits = 20
	cutMax   = 0.10 // of each side
	steps    = 6    // places that an edge of a window may have
	coarse   = 48   // pixels in each direction that the spectrum is read from
	weak     = 2    // bits of each key that are kept both ways
)

// sign is the spectrum of a window: a bit for each wave, in bands that share long and short waves.
type sign [bands]uint32

// span is a part of a copy in one direction, in parts of its width or height; window is one in both.
type (
	span   struct{ from, to float64 }
	window struct{ x, y span }
)

// middle is what the keys of a kept picture are made from.
func middle() window {
	m := span{cutMax, 1 - cutMax}
	return window{m, m}
}

// spans are the parts in which the middle of a kept picture may lie: of one that the picture was cut from, or of one that
// was cut from it.
func spans() (out []span) {
	const most = cutMax + cutMax*(1-cutMax)
	for i := range steps {
		for j := range steps {
			out = append(out, span{most * float64(i) / (steps - 1), 1 - most*float64(j)/(steps-1)})
		}
	}
	return out
}

// wave is the cosines of each frequency over the pixels of a span.
type wave [waves][coarse]float64

func (s span) wave() (out wave) {
	from, width := s.from*coarse, (s.to-s.from)*coarse
	for u := range waves {
		for x := range coarse {
			at := float64(x) + 0.5 - from
			if inside := min(at+0.5, width) - max(at-0.5, 0); inside > 0 {
				out[u][x] = min(inside, 1) * math.Cos(math.Pi*float64(u)*min(max(at, 0), width)/width)
			}
		}
	}
	return out
}

// frequency is a wave in both directions.
type frequency struct{ u, v int }

// order gives the bands the waves by length, the longest first, without the mean.
func order() (out [bands][bandBits]frequency) {
	var all []frequency
	for u := range waves {
		for v := range waves {
			if u+v > 0 {
				all = append(all, frequency{u, v})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b frequency) int { return a.u*a.u + a.v*a.v - b.u*b.u - b.v*b.v })
	for i, w := range all[:bands*bandBits] {
		out[i%bands][i/bands] = w
	}
	return out
}

// lines are the waves of each row.
type lines [waves][coarse]float64

func (p *Print) lines(w *wave) (out lines) {
	const step = Side / coarse
	for u := range waves {
		for y := range coarse {
			sum := 0.0
			for x := range coarse {
				from, to := &p.sums[y*step], &p.sums[(y+1)*step]
				sum += (to[(x+1)*step] - to[x*step] - from[(x+1)*step] + from[x*step]) * w[u][x]
			}
			out[u][y] = sum
		}
	}
	return out
}

// strengths is how strong each wave of a band is.
type strengths [bands][bandBits]float64

func (l *lines) strengths(w *wave, of *[bands][bandBits]frequency) (out strengths) {
	for b := range bands {
		for i, f := range of[b] {
			sum := 0.0
			across, down := &l[f.u], &w[f.v]
			for y := range coarse {
				sum += across[y] * down[y]
			}
			out[b][i] = sum
		}
	}
	return out
}

func (s *strengths) sign() (out sign) {
	for b := range bands {
		for i, v := range s[b] {
			if v > 0 {
				out[b] |= 1 << i
			}
		}
	}
	return out
}

// middle gives the spectrum of the picture's middle.
func (p *Print) middle() strengths {
	w, of := middle().x.wave(), order()
	l := p.lines(&w)
	return l.strengths(&w, &of)
}

// apart counts the waves that differ.
func (s sign) apart(other sign) (n int) {
	for b := range bands {
		n += bits.OnesCount32(s[b] ^ other[b])
	}
	return n
}

// key is one number for a band and its bits.
func key(band int, v uint32) int32 { return int32(band)<<bandBits | int32(v) }

// Keys are the numbers under which a kept picture is found. The bits that are least sure are kept both ways.
func (p *Print) Keys() (out []int32) {
	found := p.middle()
	s := found.sign()
	for b := range bands {
		var at [bandBits]int
		for i := range at {
			at[i] = i
		}
		slices.SortFunc(at[:], func(i, j int) int { return cmp.Compare(math.Abs(found[b][i]), math.Abs(found[b][j])) })
		for mask := range 1 << weak {
			v := s[b]
			for k := range weak {
				if mask>>k&1 == 1 {
					v ^= 1 << at[k]
				}
			}
			out = append(out, key(b, v))
		}
	}
	slices.Sort(out)
	return out
}

// Probe is a picture that comes in, as it is asked for.
type Probe struct {
	print   *Print
	windows []window
	signs   []sign
}

// NewProbe reads every window in which the middle of a kept picture may lie.
func NewProbe(p *Print) Probe {
	out := Probe{print: p}
	of, all := order(), spans()
	waves := make([]wave, len(all))
	for i, s := range all {
		waves[i] = s.wave()
	}
	for i, x := range all {
		l := p.lines(&waves[i])
		for j, y := range all {
			found := l.strengths(&waves[j], &of)
			out.windows = append(out.windows, window{x, y})
			out.signs = append(out.signs, found.sign())
		}
	}
	return out
}

// Keys are the numbers under which pictures like this one are kept.
func (p Probe) Keys() (out []int32) {
	for _, s := range p.signs {
		for b := range bands {
			out = append(out, key(b, s[b]))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
