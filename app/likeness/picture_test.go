package likeness_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// A set of pictures as offices collect them: screenshots of articles of a few sites, each of which looks the same around
// every article, photographs and posts. All of it comes from the seed.

type painter struct {
	img *image.RGBA
	rng *rand.Rand
}

func newPainter(w, h int, paper color.RGBA, rng *rand.Rand) painter {
	p := painter{image.NewRGBA(image.Rect(0, 0, w, h)), rng}
	p.fill(0, 0, w, h, paper)
	return p
}

func (p painter) fill(x, y, w, h int, c color.RGBA) {
	draw.Draw(p.img, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
}

// text writes words of the face, magnified.
func (p painter) text(x, y, width, scale int, c color.RGBA, words int) (bottom int) {
	line := ""
	flush := func() {
		face := basicfont.Face7x13
		small := image.NewAlpha(image.Rect(0, 0, 7*len(line)+1, 14))
		d := font.Drawer{Dst: small, Src: image.Opaque, Face: face, Dot: fixed.P(0, 11)}
		d.DrawString(line)
		big := image.NewAlpha(image.Rect(0, 0, small.Rect.Dx()*scale, small.Rect.Dy()*scale))
		xdraw.NearestNeighbor.Scale(big, big.Rect, small, small.Rect, draw.Src, nil)
		draw.DrawMask(p.img, image.Rect(x, y, x+big.Rect.Dx(), y+big.Rect.Dy()), image.NewUniform(c), image.Point{}, big, image.Point{}, draw.Over)
		y, line = y+15*scale, ""
	}
	for range words {
		w := p.word()
		if (len(line)+len(w)+1)*7*scale > width {
			flush()
		}
		line += w + " "
	}
	flush()
	return y
}

func (p painter) word() string {
	const letters = "aiueonrtskmdpgbhlyj"
	w := make([]byte, 2+p.rng.IntN(9))
	for i := range w {
		w[i] = letters[p.rng.IntN(len(letters))]
	}
	return string(w)
}

func (p painter) shade() color.RGBA {
	return color.RGBA{uint8(p.rng.IntN(256)), uint8(p.rng.IntN(256)), uint8(p.rng.IntN(256)), 255}
}

// photo paints light, a horizon, and people or things of many sizes in front.
func (p painter) photo(x, y, w, h int) {
	a, b := p.shade(), p.shade()
	fx, fy, ph := p.rng.Float64()*6, p.rng.Float64()*6, p.rng.Float64()*6
	for j := range h {
		for i := range w {
			t := 0.5 + 0.5*math.Sin(fx*float64(i)/float64(w)+fy*float64(j)/float64(h)+ph)
			mix := func(m, n uint8) uint8 { return uint8(float64(m)*t + float64(n)*(1-t)) }
			p.img.SetRGBA(x+i, y+j, color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255})
		}
	}
	for range 12 + p.rng.IntN(14) {
		c := p.shade()
		rx, ry := 4+p.rng.IntN(w/5), 4+p.rng.IntN(h/4)
		cx, cy := p.rng.IntN(w), p.rng.IntN(h)
		for j := max(0, cy-ry); j < min(h, cy+ry); j++ {
			for i := max(0, cx-rx); i < min(w, cx+rx); i++ {
				u, v := float64(i-cx)/float64(rx), float64(j-cy)/float64(ry)
				if u*u+v*v < 1 {
					p.img.SetRGBA(x+i, y+j, c)
				}
			}
		}
	}
}

// article is a screenshot of an article of a site: what surrounds it comes from the site alone.
func article(site, n uint64) image.Image {
	around := rand.New(rand.NewPCG(site, 1))
	inside := rand.New(rand.NewPCG(site, 1000+n))
	w, h := 640, 700+40*around.IntN(12)
	p := newPainter(w, h, color.RGBA{255, 255, 255, 255}, around)
	p.fill(0, 0, w, 60, p.shade())
	p.text(20, 16, 300, 2, color.RGBA{255, 255, 255, 255}, 2)
	p.fill(0, 60, w, 24, p.shade())
	p.text(20, 64, w-40, 1, color.RGBA{240, 240, 240, 255}, 8)
	side := 430
	p.photo(side+10, 100, 190, 120)
	p.text(side+10, 240, 190, 1, color.RGBA{60, 60, 60, 255}, 40)
	p.fill(0, h-50, w, 50, p.shade())
	p.rng = inside
	y := p.text(20, 96, side-30, 2, color.RGBA{20, 20, 20, 255}, 6+p.rng.IntN(6))
	y = p.text(20, y+4, side-30, 1, color.RGBA{120, 120, 120, 255}, 5)
	height := 170 + p.rng.IntN(60)
	p.photo(20, y+6, side-30, height)
	y += height + 16
	for y < h-160 {
		y = p.text(20, y, side-30, 1, color.RGBA{40, 40, 40, 255}, 14+p.rng.IntN(30)) + 10
	}
	return p.img
}

// photograph is a picture from a camera; post is one as a phone shows it in its application.
func photograph(n uint64) image.Image {
	p := newPainter(600, 400+20*int(n%11), color.RGBA{255, 255, 255, 255}, rand.New(rand.NewPCG(7, n)))
	p.photo(0, 0, p.img.Rect.Dx(), p.img.Rect.Dy())
	return p.img
}

func post(n uint64) image.Image {
	p := newPainter(360, 720, color.RGBA{255, 255, 255, 255}, rand.New(rand.NewPCG(9, 1)))
	p.text(10, 10, 340, 1, color.RGBA{0, 0, 0, 255}, 4)
	p.fill(10, 36, 32, 32, p.shade())
	p.fill(0, 670, 360, 50, color.RGBA{245, 245, 245, 255})
	p.rng = rand.New(rand.NewPCG(9, 1000+n))
	p.text(50, 44, 300, 1, color.RGBA{20, 20, 20, 255}, 2)
	p.photo(0, 80, 360, 360)
	p.text(10, 460, 340, 1, color.RGBA{40, 40, 40, 255}, 30+p.rng.IntN(30))
	return p.img
}

// pictures are n different ones: half of them articles of eight sites.
func pictures(n int, from uint64) (out []image.Image) {
	for i := range uint64(n) {
		switch i % 4 {
		case 0, 1:
			out = append(out, article(i/2%8, from+i))
		case 2:
			out = append(out, photograph(from+i))
		default:
			out = append(out, post(from+i))
		}
	}
	return out
}

// encoded is a picture as it comes back from a JPEG file.
func encoded(t testing.TB, img image.Image, quality int) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func resized(img image.Image, by float64) image.Image {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, int(float64(b.Dx())*by), int(float64(b.Dy())*by)))
	xdraw.ApproxBiLinear.Scale(out, out.Rect, img, b, draw.Src, nil)
	return out
}

// cut takes those parts off the sides.
func cut(img image.Image, left, top, right, bottom float64) image.Image {
	b := img.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	r := image.Rect(b.Min.X+int(left*w), b.Min.Y+int(top*h), b.Max.X-int(right*w), b.Max.Y-int(bottom*h))
	out := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, img, r.Min, draw.Src)
	return out
}

// variants are what people make of a picture, wittingly or not.
func variants(t testing.TB, rng *rand.Rand) map[string]func(image.Image) image.Image {
	part := func() float64 { return 0.1 * rng.Float64() }
	cutOff := func(left, top, right, bottom float64) func(image.Image) image.Image {
		return func(img image.Image) image.Image { return cut(img, left, top, right, bottom) }
	}
	return map[string]func(image.Image) image.Image{
		"poor JPEG":     func(img image.Image) image.Image { return encoded(t, img, 35) },
		"half size":     func(img image.Image) image.Image { return resized(img, 0.5) },
		"larger":        func(img image.Image) image.Image { return resized(img, 1.6) },
		"messenger":     func(img image.Image) image.Image { return encoded(t, resized(img, 0.6), 45) },
		"left cut":      cutOff(0.1, 0, 0, 0),
		"top cut":       cutOff(0, 0.1, 0, 0),
		"right cut":     cutOff(0, 0, 0.1, 0),
		"bottom cut":    cutOff(0, 0, 0, 0.1),
		"all sides cut": cutOff(0.05, 0.05, 0.05, 0.05),
		"any cut":       func(img image.Image) image.Image { return cut(img, part(), part(), part(), part()) },
		"any cut, messenger": func(img image.Image) image.Image {
			return encoded(t, resized(cut(img, part(), part(), part(), part()), 0.7), 50)
		},
	}
}
