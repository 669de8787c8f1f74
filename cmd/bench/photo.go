package main

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
)

// A picture as a telephone takes it: its size in pixels, and how it is packed so that it comes to about 2 MB.
const (
	photoWidth   = 2592
	photoHeight  = 1944
	photoQuality = 88
	photoNoise   = 26 // how far a pixel may be from what it shows
	photoBlocks  = 40 // things to be seen
)

// photograph makes n distinct pictures in the folder, on all processors, and gives their names.
func photograph(folder string, n, workers int) ([]string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	names := make([]string, n)
	for i := range names {
		names[i] = filepath.Join(folder, fmt.Sprintf("foto-%05d.jpg", i))
	}
	errs := make([]error, workers)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			img := image.NewYCbCr(image.Rect(0, 0, photoWidth, photoHeight), image.YCbCrSubsampleRatio420)
			for i := w; i < n && errs[w] == nil; i += workers {
				draw(img, rand.New(rand.NewPCG(uint64(i), 34))) //nolint:gosec // a picture is no secret
				errs[w] = savePhoto(names[i], img)
			}
		})
	}
	all.Wait()
	return names, errors.Join(errs...)
}

// draw makes the picture of a seed: light that changes over it, blocks, and noise everywhere.
func draw(img *image.YCbCr, rng *rand.Rand) {
	var noise [1 << 16]int8
	for i := range noise {
		noise[i] = int8(rng.IntN(2*photoNoise+1) - photoNoise) //nolint:gosec // small
	}
	left, right, top := rng.IntN(120), rng.IntN(120), rng.IntN(80)
	for y := range photoHeight {
		row, at := img.Y[y*img.YStride:], rng.IntN(1<<16)
		for x := range photoWidth {
			row[x] = clamp(left + (right-left)*x/photoWidth + top*y/photoHeight + 40 + int(noise[(at+x)&0xFFFF]))
		}
	}
	for range photoBlocks {
		x, y, w, h, by := rng.IntN(photoWidth-50), rng.IntN(photoHeight-50), 50+rng.IntN(500), 50+rng.IntN(400), rng.IntN(160)-80
		for j := y; j < min(photoHeight, y+h); j++ {
			row := img.Y[j*img.YStride:]
			for i := x; i < min(photoWidth, x+w); i++ {
				row[i] = clamp(int(row[i]) + by)
			}
		}
	}
	for i := range img.Cb {
		img.Cb[i] = clamp(128 + left/4 + int(noise[i&0xFFFF])/4)
		img.Cr[i] = clamp(128 - right/4 + int(noise[(i*7)&0xFFFF])/4)
	}
}

func clamp(v int) uint8 { return uint8(min(255, max(0, v))) } //nolint:gosec // in bounds

func savePhoto(name string, img image.Image) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<20)
	err = jpeg.Encode(out, img, &jpeg.Options{Quality: photoQuality})
	return errors.Join(err, out.Flush(), f.Close())
}
