// Package likeness tells whether two pictures are the same picture: sent again in another format, at another size, or
// with up to a tenth cut off each side. It looks at brightness only and knows nothing of where pictures are kept.
//
// Of each picture a small grey copy is kept, and some keys of the spectrum of its middle. A picture that is cut still
// holds the middle of the whole one somewhere near its own, so one that comes in is asked for under the keys of every
// window in which that middle may lie. What answers is then laid over it and compared piece by piece.
package likeness

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"math"
)

// Side is the width and height of the grey copy, whatever the picture's own shape is.
const Side = 96

// Print is what is kept of a picture.
type Print struct {
	grey [Side * Side]uint8
	sums [Side + 1][Side + 1]float64 // sums[y][x] is the brightness above and left
}

// Of takes the print of a picture; false when the picture is so plain that nothing tells it from others.
func Of(img image.Image) (Print, bool) {
	var p Print
	b := img.Bounds()
	if b.Dx() < minSide || b.Dy() < minSide {
		return p, false
	}
	shrink(img, &p.grey)
	p.add()
	return p, p.telling()
}

// minSide is the least width and height that a picture needs, in pixels.
const minSide = 32

// perCell is how many pixels in each direction are enough to know a pixel of the copy by.
const perCell = 16

// shrink averages the picture into the grey copy: each pixel once, of large pictures every few.
func shrink(img image.Image, out *[Side * Side]uint8) {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w < Side || h < Side {
		stretch(img, out)
		return
	}
	var sum, count [Side * Side]uint64
	across, down := max(1, w/(perCell*Side)), max(1, h/(perCell*Side))
	for y := 0; y < h; y += down {
		row := y * Side / h * Side
		for x := 0; x < w; x += across {
			at := row + x*Side/w
			sum[at] += uint64(grey(img, b.Min.X+x, b.Min.Y+y))
			count[at]++
		}
	}
	for i := range out {
		out[i] = uint8(sum[i] / count[i])
	}
}

// stretch takes the nearest pixel, for pictures smaller than the copy.
func stretch(img image.Image, out *[Side * Side]uint8) {
	b := img.Bounds()
	for y := range Side {
		for x := range Side {
			out[y*Side+x] = grey(img, b.Min.X+x*b.Dx()/Side, b.Min.Y+y*b.Dy()/Side)
		}
	}
}

// grey is the brightness of a pixel; what is seen through counts as white.
func grey(img image.Image, x, y int) uint8 {
	switch m := img.(type) {
	case *image.YCbCr:
		return m.Y[m.YOffset(x, y)]
	case *image.Gray:
		return m.GrayAt(x, y).Y
	case *image.RGBA:
		c := m.RGBAAt(x, y)
		return bright(uint32(c.R), uint32(c.G), uint32(c.B), uint32(c.A))
	case *image.NRGBA:
		c := m.NRGBAAt(x, y)
		a := uint32(c.A)
		return bright(uint32(c.R)*a/255, uint32(c.G)*a/255, uint32(c.B)*a/255, a)
	}
	r, g, b, a := img.At(x, y).RGBA()
	return bright(r>>8, g>>8, b>>8, a>>8)
}

func bright(r, g, b, a uint32) uint8 {
	return uint8(min(255, (299*r+587*g+114*b+500)/1000+(255-a)))
}

// add makes the sums from which any window is read at once.
func (p *Print) add() {
	for y := range Side {
		row := 0.0
		for x := range Side {
			row += float64(p.grey[y*Side+x])
			p.sums[y+1][x+1] = p.sums[y][x+1] + row
		}
	}
}

// telling reports whether the picture has enough in it.
func (p *Print) telling() bool {
	var sum, squares float64
	var edges int
	for i, v := range p.grey {
		f := float64(v)
		sum += f
		squares += f * f
		if i%Side > 0 && math.Abs(f-float64(p.grey[i-1])) > 6 {
			edges++
		}
	}
	n := float64(Side * Side)
	return squares/n-sum/n*sum/n > 25 && edges > Side
}

// form is the first byte of a stored print: how it was made.
const form = 1

// Bytes is the print as it is stored.
func (p *Print) Bytes() []byte {
	out := append([]byte{form}, p.grey[:]...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out))
}

var errForm = errors.New("likeness: not a print")

// Read reads a stored print.
func Read(stored []byte) (Print, error) {
	var p Print
	if len(stored) != 1+len(p.grey)+4 || stored[0] != form ||
		binary.BigEndian.Uint32(stored[1+len(p.grey):]) != crc32.ChecksumIEEE(stored[:1+len(p.grey)]) {
		return p, errForm
	}
	copy(p.grey[:], stored[1:])
	p.add()
	return p, nil
}

// Image is the grey copy as a picture.
func (p *Print) Image() image.Image {
	img := image.NewGray(image.Rect(0, 0, Side, Side))
	for i, v := range p.grey {
		img.SetGray(i%Side, i/Side, color.Gray{Y: v})
	}
	return img
}
