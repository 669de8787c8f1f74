package address

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// platformOf finds the platform behind a host.
func platformOf(h string) Platform {
	for platform, hosts := range map[Platform][]string{
		Instagram: {"instagram.com", "instagr.am"}, TikTok: {"tiktok.com", "vm.tiktok.com", "vt.tiktok.com"},
		YouTube: {"youtube.com", "youtu.be", "youtube-nocookie.com", "music.youtube.com"},
		Facebook: {
			"facebook.com", "fb.com", "fb.watch", "web.facebook.com", "mbasic.facebook.com", "id-id.facebook.com", "l.facebook.com",
			"business.facebook.com", "touch.facebook.com",
		},
		X: {"x.com", "twitter.com"}, Threads: {"threads.net", "threads.com"},
	} {
		if slices.Contains(hosts, h) {
			return platform
		}
	}
	return ""
}

// A post id is letters, digits, - and _ on every platform.
var (
	word   = regexp.MustCompile(`^[A-Za-z0-9_-]{3,64}$`)
	digits = regexp.MustCompile(`^[0-9]{5,32}$`)
	// trailing is the number at the end of the newer addresses of Facebook: /name/videos/title/123, /name/posts/title-123
	pfbid = regexp.MustCompile(`^pfbid[A-Za-z0-9]{10,120}$`)
)

// readPost finds the post and the account in the parts of an address.
func (k *Key) readPost(s []string, u *url.URL) {
	switch k.Platform {
	case Instagram:
		k.instagram(s)
	case TikTok:
		k.tiktok(s)
	case YouTube:
		k.youtube(s, u)
	case Facebook:
		k.facebook(s, u.Query())
	case X:
		k.x(s)
	case Threads:
		if k.handle(at(s, 0), true); at(s, 1) == "post" {
			k.post(at(s, 2), word)
		} else if at(s, 0) == "t" {
			k.post(at(s, 1), word)
		}
	}
}

func at(s []string, i int) string {
	if i < len(s) {
		return s[i]
	}
	return ""
}

// post notes the post when the text has the form of one.
func (k *Key) post(text string, form *regexp.Regexp) {
	if form.MatchString(text) {
		k.Post = text
	}
}

var name = regexp.MustCompile(`^[\p{L}\p{N}._-]{1,100}$`)

// handle notes the account; with marked, only one that is written with @.
func (k *Key) handle(text string, marked bool) {
	text, err := url.PathUnescape(text)
	if err != nil || marked && !strings.HasPrefix(text, "@") {
		return
	}
	if text = strings.ToLower(strings.TrimPrefix(text, "@")); name.MatchString(text) {
		k.Handle = text
	}
}

func (k *Key) instagram(s []string) {
	kinds := []string{"p", "reel", "reels", "tv"}
	switch {
	case slices.Contains(kinds, at(s, 0)):
		k.post(at(s, 1), word)
	case slices.Contains(kinds, at(s, 1)): // instagram.com/name/reel/ID
		k.handle(s[0], false)
		k.post(at(s, 2), word)
	case at(s, 0) == "stories":
		if k.handle(at(s, 1), false); at(s, 1) != "highlights" {
			k.post(at(s, 2), digits)
		} else {
			k.Handle = ""
		}
	case len(s) == 1 && s[0] != "explore":
		k.handle(s[0], false)
	}
}

func (k *Key) tiktok(s []string) {
	k.handle(at(s, 0), true)
	switch {
	case at(s, 1) == "video" || at(s, 1) == "photo":
		k.post(at(s, 2), digits)
	case at(s, 0) == "v": // m.tiktok.com/v/ID.html
		k.post(strings.TrimSuffix(at(s, 1), ".html"), digits)
	case at(s, 0) == "embed":
		k.post(s[len(s)-1], digits)
	}
}

func (k *Key) youtube(s []string, u *url.URL) {
	switch {
	case k.Host == "youtu.be":
		k.post(at(s, 0), word)
	case at(s, 0) == "watch":
		k.post(u.Query().Get("v"), word)
	case slices.Contains([]string{"shorts", "embed", "live", "v"}, at(s, 0)):
		k.post(at(s, 1), word)
	case slices.Contains([]string{"c", "user"}, at(s, 0)):
		k.handle(at(s, 1), false)
	default:
		k.handle(at(s, 0), true)
	}
}

func (k *Key) x(s []string) {
	if at(s, 1) == "status" || at(s, 1) == "statuses" {
		if k.post(at(s, 2), digits); at(s, 0) != "i" {
			k.handle(at(s, 0), false)
		}
		return
	}
	if at(s, 0) == "i" && at(s, 1) == "web" && at(s, 2) == "status" {
		k.post(at(s, 3), digits)
		return
	}
	if len(s) == 1 && !slices.Contains([]string{"home", "search", "explore", "i", "intent", "share"}, s[0]) {
		k.handle(s[0], false)
	}
}

func (k *Key) facebook(s []string, q url.Values) {
	first := at(s, 0)
	own := []string{"watch", "reel", "permalink.php", "story.php", "photo.php", "photo", "video.php", "groups", "share", "sharer", "events", "profile.php", "pages", "hashtag"}
	if !slices.Contains(own, first) {
		k.handle(first, false)
	}
	for _, parameter := range []string{"story_fbid", "fbid", "v"} {
		if text := q.Get(parameter); digits.MatchString(text) || pfbid.MatchString(text) {
			k.Post = text
			return
		}
	}
	if k.Host == "fb.watch" {
		k.Handle = ""
		return
	}
	for i, part := range s {
		if !slices.Contains([]string{"posts", "videos", "photos", "reel", "permalink"}, part) {
			continue
		}
		for _, text := range slices.Backward(s[i+1:]) {
			if digits.MatchString(text) || pfbid.MatchString(text) {
				k.Post = text
				return
			}
			if _, tail, ok := cutLast(text, "-"); ok && (digits.MatchString(tail) || pfbid.MatchString(tail)) {
				k.Post = tail
				return
			}
		}
	}
}

func cutLast(text, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// postURL is one spelling for every address of a post.
func (k Key) postURL() string {
	switch k.Platform {
	case YouTube:
		return "youtube.com/watch?v=" + k.Post
	case Instagram:
		return "instagram.com/p/" + k.Post
	case TikTok:
		return "tiktok.com/embed/" + k.Post
	case X:
		return "x.com/i/web/status/" + k.Post
	case Facebook:
		return "facebook.com/posts/" + k.Post
	case Threads:
		return "threads.net/t/" + k.Post
	}
	return k.Host + "/" + k.Post
}
