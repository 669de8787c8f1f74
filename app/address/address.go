// Package address tells whether two web addresses name the same thing: it takes off what makes one page look like two
// (tracking, mobile hosts, ports, slashes) and finds the post behind an address of a social platform. It opens nothing
// and follows no redirect; what a page says belongs to capture.
package address

import (
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Platform is a social platform, as accounts have them.
type Platform string

// The platforms.
const (
	Instagram Platform = "instagram"
	TikTok    Platform = "tiktok"
	YouTube   Platform = "youtube"
	Facebook  Platform = "facebook"
	X         Platform = "x"
	Threads   Platform = "threads"
)

// Key is what an address names. URL is the address without what does not matter; Host its host without www and mobile
// prefixes. Platform, Post and Handle are empty unless the host is a known platform's and the address says them. Handle
// is in small letters, without @.
type Key struct {
	URL      string
	Host     string
	Platform Platform
	Post     string
	Handle   string
}

// PostKey is one word for the post, empty when there is none.
func (k Key) PostKey() string {
	if k.Post == "" {
		return ""
	}
	return string(k.Platform) + ":" + k.Post
}

// Of reads an address; false unless it is an absolute http or https address.
func Of(raw string) (Key, bool) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || !slices.Contains([]string{"http", "https"}, strings.ToLower(u.Scheme)) || u.Hostname() == "" {
		return Key{}, false
	}
	full := host(u.Hostname())
	if _, err := netip.ParseAddr(full); err != nil && !named.MatchString(full) {
		return Key{}, false
	}
	segments := segmentsOf(u)
	k := Key{Host: plain(full)}
	k.Platform = platformOf(k.Host)
	k.readPost(segments, u)
	switch {
	case k.Post != "":
		k.URL = k.postURL()
	default:
		k.URL = bracketed(k.Host) + port(u) + "/" + strings.Join(articlePath(segments), "/") + queryOf(u.Query(), k.Platform)
	}
	return k, true
}

// Front reports whether the address is only the front page of a site, on which many things appear over time: it names
// none of them.
func (k Key) Front() bool {
	return k.Post == "" && strings.HasSuffix(k.URL, "/") && strings.Count(k.URL, "/") == 1
}

func bracketed(h string) string {
	if strings.Contains(h, ":") {
		return "[" + h + "]"
	}
	return h
}

// named is a host by name.
var named = regexp.MustCompile(`^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$`)

// host is a host in small letters without the dot of the root.
func host(h string) string { return strings.TrimSuffix(strings.ToLower(h), ".") }

// plain takes the prefixes off a host that only say how a page is shown. What would leave a bare suffix stays.
func plain(h string) string {
	if _, err := netip.ParseAddr(h); err == nil {
		return h
	}
	for {
		first, rest, ok := strings.Cut(h, ".")
		if !ok || !strings.Contains(rest, ".") || !slices.Contains([]string{"www", "m", "mobile", "amp", "wap", "touch"}, first) {
			return h
		}
		h = rest
	}
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		return ":" + p
	}
	return ""
}

// segmentsOf are the parts of the path, without empty ones and dots.
func segmentsOf(u *url.URL) (out []string) {
	cleaned := path.Clean("/" + u.EscapedPath())
	for _, s := range strings.Split(cleaned, "/") {
		if s == "" {
			continue
		}
		if plain, err := url.PathUnescape(s); err == nil {
			s = url.PathEscape(plain)
		}
		switch {
		case s == "..":
			out = out[:max(0, len(out)-1)]
		case s != ".":
			out = append(out, s)
		}
	}
	return out
}

// articlePath takes the ends off that lead to the same article: amp pages and index files.
func articlePath(segments []string) []string {
	for len(segments) > 0 {
		last := strings.ToLower(segments[len(segments)-1])
		if !slices.Contains([]string{"amp", "amp.html", "index.html", "index.htm", "index.php"}, last) {
			break
		}
		segments = segments[:len(segments)-1]
	}
	if len(segments) > 0 && strings.EqualFold(segments[0], "amp") {
		segments = segments[1:]
	}
	return segments
}

// queryOf is what the query says of the page, in order; nothing when it says only where the reader came from.
func queryOf(q url.Values, p Platform) string {
	for name := range q {
		if tracks(strings.ToLower(name)) || p != "" && slices.Contains([]string{"t", "s", "lang", "hl", "feature", "img_index"}, strings.ToLower(name)) {
			q.Del(name)
		}
	}
	if q.Get("page") == "all" {
		q.Del("page")
	}
	for _, values := range q {
		slices.Sort(values)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// tracks reports whether a parameter only follows the reader.
func tracks(name string) bool {
	for _, prefix := range []string{"utm_", "mtm_", "pk_", "matomo_", "hsa_", "ga_", "__cf"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains([]string{
		"fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ttclid", "twclid", "li_fat_id", "igshid", "igsh",
		"igsid", "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok", "ref", "ref_src", "ref_url", "refsrc", "si", "spm",
		"share", "shared", "share_id", "sharer", "source", "src", "from", "fb_ref", "fb_source", "mibextid", "rdid", "__tn__", "xmt",
		"is_from_webapp", "sender_device", "is_copy_url", "_t", "_r", "amp", "outputtype", "usqp", "amp_js_v", "amp_gsa", "_x_tr_sl",
		"_x_tr_tl", "_x_tr_hl", "_x_tr_pto", "cmpid", "campaign_id", "wt_mc", "trk", "ncid", "smid", "sfnsn", "wa", "via",
	}, name)
}

// Within reports whether the address's host is the domain or below it; domain may be written with scheme, www or path.
func (k Key) Within(domain string) bool {
	d := DomainOf(domain)
	return d != "" && (k.Host == d || strings.HasSuffix(k.Host, "."+d))
}

// DomainOf is the bare domain of what people write as one.
func DomainOf(text string) string {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return plain(host(u.Hostname()))
}
