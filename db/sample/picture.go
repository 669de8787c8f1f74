package sample

import (
	"bytes"
	"crypto/sha256"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// The palette of a picture; the last two differ from one to the next.
const (
	paper uint8 = iota
	frame
	words
	heading
	scene
)

// picture is a small screenshot of an article without words that no other text has: address bar, headline, photograph,
// lines.
func picture(text string) ([]byte, error) {
	sum := sha256.Sum256([]byte(text))
	img := image.NewPaletted(image.Rect(0, 0, 240, 150), color.Palette{
		color.White,
		color.RGBA{223, 227, 232, 255},
		color.RGBA{186, 192, 200, 255},
		color.RGBA{sum[0] / 3, sum[1] / 3, sum[2] / 2, 255},
		color.RGBA{96 + sum[3]/2, 112 + sum[4]/2, 128 + sum[5]/2, 255},
	})
	fill := func(shade uint8, x, y, width, height int) {
		draw.Draw(img, image.Rect(x, y, x+width, y+height), image.NewUniform(img.Palette[shade]), image.Point{}, draw.Src)
	}
	fill(frame, 0, 0, 240, 15)
	fill(paper, 6, 4, 90+int(sum[6])/4, 7)
	fill(heading, 12, 24, 120+int(sum[7])/3, 7)
	fill(heading, 12, 35, 40+int(sum[8])/2, 7)
	fill(scene, 12, 50, 104, 88)
	for i, height := range sum[9:22] { // hills
		fill(heading, 12+8*i, 138-10-int(height)/6, 8, 10+int(height)/6)
	}
	more := sha256.Sum256(sum[:])
	for i := range 8 { // who stands in front
		b := more[4*i:]
		fill([]uint8{paper, words, frame, heading}[b[0]%4], 12+int(b[0])*80/255, 52+int(b[1])*60/255, 8+int(b[2])/10, 10+int(b[3])/10)
	}
	for i, width := range sum[22:] {
		fill(words, 126, 50+9*i, 24+int(width)/5, 4)
		fill(words, 156+int(more[i])/6, 50+9*i, 4+int(more[31-i])/8, 4)
	}
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return out.Bytes(), err
}
