package address_test

import (
	"testing"

	"tayang/app/address"
)

// Every address of a row names the same thing; no two rows do.
func sameThings() [][]string {
	return [][]string{
		{
			"https://kabarcontoh.id/2026/03/bupati-resmikan", "http://kabarcontoh.id/2026/03/bupati-resmikan/", "https://www.kabarcontoh.id/2026/03/bupati-resmikan",
			"https://m.kabarcontoh.id/2026/03/bupati-resmikan", "https://amp.kabarcontoh.id/2026/03/bupati-resmikan", "HTTPS://KabarContoh.ID:443/2026/03/bupati-resmikan",
			"http://mobile.kabarcontoh.id:80/2026/03/bupati-resmikan/amp/", "https://kabarcontoh.id/2026/03/bupati-resmikan?utm_source=wa&utm_medium=share",
			"https://kabarcontoh.id/2026/03/bupati-resmikan?fbclid=IwAR1&gclid=x&igshid=2", "https://kabarcontoh.id/2026/03/bupati-resmikan#komentar",
			"https://kabarcontoh.id/2026//03/./bupati-resmikan", " https://kabarcontoh.id./2026/03/x/../bupati-resmikan ", "https://kabarcontoh.id/2026/03/bupati-resmikan?page=all",
			"https://kabarcontoh.id/2026/03/bupati%2Dresmikan",
		},
		{"https://kabarcontoh.id/2026/03/bupati-resmikan-lagi"},
		{"https://kabarcontoh.id/?p=12", "https://kabarcontoh.id/index.php?p=12&utm_campaign=a", "https://kabarcontoh.id?p=12"},
		{"https://kabarcontoh.id/?p=13"},
		{"https://kabarcontoh.id/cari?a=1&b=2", "https://kabarcontoh.id/cari?b=2&a=1"},
		{"https://kabarcontoh.id:8443/?p=12"},
		{"https://news.kabarcontoh.id/?p=12"},
		{
			"https://youtu.be/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=12s",
			"https://youtube.com/shorts/dQw4w9WgXcQ?feature=share", "https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube.com/embed/dQw4w9WgXcQ",
			"https://www.youtube.com/live/dQw4w9WgXcQ",
		},
		{"https://youtu.be/dQw4w9WgXcR"},
		{
			"https://www.instagram.com/p/C4xYz_12-Ab/", "https://instagram.com/reel/C4xYz_12-Ab/?igsh=MzRl", "https://www.instagram.com/akun.contoh/reel/C4xYz_12-Ab/",
			"https://www.instagram.com/akun.contoh/p/C4xYz_12-Ab/?img_index=2", "https://instagr.am/p/C4xYz_12-Ab",
		},
		{"https://www.instagram.com/p/C4xYz_12-AB/"},
		{"https://www.instagram.com/stories/akun.contoh/3328117733/"},
		{"https://www.instagram.com/akun.contoh", "https://instagram.com/akun.contoh/?hl=id"},
		{
			"https://www.tiktok.com/@akun.contoh/video/7345678901234567890", "https://m.tiktok.com/v/7345678901234567890.html",
			"https://www.tiktok.com/@akun.contoh/video/7345678901234567890?is_from_webapp=1&sender_device=pc", "https://www.tiktok.com/@lain/photo/7345678901234567890",
		},
		{
			"https://x.com/akun/status/1765432109876543210", "https://twitter.com/akun/status/1765432109876543210?s=20", "https://mobile.twitter.com/akun/status/1765432109876543210",
			"https://x.com/i/web/status/1765432109876543210", "https://x.com/akun/status/1765432109876543210/photo/1",
		},
		{
			"https://www.facebook.com/akun.contoh/posts/1234567890123456", "https://m.facebook.com/story.php?story_fbid=1234567890123456&id=99999",
			"https://web.facebook.com/permalink.php?story_fbid=1234567890123456&id=99999&mibextid=abc", "https://www.facebook.com/akun/posts/judul-panjang-1234567890123456",
			"https://www.facebook.com/groups/123456/posts/1234567890123456/",
		},
		{"https://www.facebook.com/akun/posts/pfbid02AbCdEfGhIjKlMnOpQr", "https://m.facebook.com/story.php?story_fbid=pfbid02AbCdEfGhIjKlMnOpQr&id=1"},
		{"https://fb.watch/abC_12/"},
		{"https://www.threads.net/@akun/post/C4xYz12Ab", "https://threads.com/@akun/post/C4xYz12Ab?xmt=AQ"},
		{"http://[2001:db8::1]/berita"},
		{"http://10.0.0.1/berita"},
	}
}

func TestAddressesOfOneThing(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for i, row := range sameThings() {
		for _, raw := range row {
			k, ok := address.Of(raw)
			if !ok {
				t.Errorf("%s cannot be read", raw)
				continue
			}
			if first, _ := address.Of(row[0]); k.URL != first.URL || k.PostKey() != first.PostKey() {
				t.Errorf("%s is %q %q, and %s is %q %q", raw, k.URL, k.PostKey(), row[0], first.URL, first.PostKey())
			}
			if at, ok := seen[k.URL]; ok && at != i {
				t.Errorf("%s is taken for %s", raw, sameThings()[at][0])
			}
			seen[k.URL] = i
		}
	}
}

func TestPosts(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://www.tiktok.com/@Akun.Contoh/video/7345678901234567890": "tiktok:7345678901234567890 akun.contoh",
		"https://www.instagram.com/Akun.Contoh/reel/C4xYz/":             "instagram:C4xYz akun.contoh",
		"https://www.instagram.com/reel/C4xYz/":                         "instagram:C4xYz ",
		"https://www.instagram.com/stories/akun/3328117733/":            "instagram:3328117733 akun",
		"https://www.instagram.com/stories/highlights/3328117733/":      " ",
		"https://x.com/Akun/status/1765432109876543210":                 "x:1765432109876543210 akun",
		"https://x.com/i/web/status/1765432109876543210":                "x:1765432109876543210 ",
		"https://www.youtube.com/@Kanal":                                " kanal",
		"https://www.facebook.com/kanal.contoh/videos/12345678/":        "facebook:12345678 kanal.contoh",
		"https://www.facebook.com/reel/12345678":                        "facebook:12345678 ",
		"https://vt.tiktok.com/ZSabc/":                                  " ",
		"https://instagram.com.contoh.id/p/C4xYz":                       " ",
		"https://kabarcontoh.id/p/C4xYz":                                " ",
	} {
		if k, ok := address.Of(raw); !ok || k.PostKey()+" "+k.Handle != want {
			t.Errorf("%s: got %q, want %q", raw, k.PostKey()+" "+k.Handle, want)
		}
	}
}

func TestNoAddress(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "kabarcontoh.id/x", "ftp://kabarcontoh.id/x", "javascript:alert(1)", "file:///etc/passwd", "https://", "https:///x", "http://%zz/"} {
		if k, ok := address.Of(raw); ok {
			t.Errorf("%q is read as %+v", raw, k)
		}
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		raw, domain string
		want        bool
	}{
		{"https://kabarcontoh.id/x", "kabarcontoh.id", true},
		{"https://kabarcontoh.id/x", "https://www.kabarcontoh.id/", true},
		{"https://m.kabarcontoh.id/x", "KabarContoh.id", true},
		{"https://daerah.kabarcontoh.id/x", "kabarcontoh.id", true},
		{"https://kabarcontoh.id.palsu.com/x", "kabarcontoh.id", false},
		{"https://bukankabarcontoh.id/x", "kabarcontoh.id", false},
		{"https://kabarcontoh.id/x", "daerah.kabarcontoh.id", false},
		{"https://kabarcontoh.id/x", "", false},
	} {
		if k, _ := address.Of(r.raw); k.Within(r.domain) != r.want {
			t.Errorf("%s within %q: got %v", r.raw, r.domain, !r.want)
		}
	}
}

func TestFrontPage(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]bool{
		"https://kabarcontoh.id": true, "https://www.kabarcontoh.id/?utm_source=x#a": true, "https://kabarcontoh.id/index.html": true,
		"https://kabarcontoh.id/x": false, "https://kabarcontoh.id/?p=1": false, "https://youtu.be/dQw4w9WgXcQ": false,
	} {
		if k, _ := address.Of(raw); k.Front() != want {
			t.Errorf("%s: got %v", raw, !want)
		}
	}
}

// A key names itself, and what follows the reader changes nothing.
func FuzzOf(f *testing.F) {
	for _, row := range sameThings() {
		for _, raw := range row {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw string) {
		k, ok := address.Of(raw)
		if !ok {
			return
		}
		again, ok := address.Of("https://" + k.URL)
		if !ok || again.URL != k.URL || again.PostKey() != k.PostKey() {
			t.Errorf("%q: %+v names %+v", raw, k, again)
		}
	})
}
