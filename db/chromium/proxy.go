// Package chromium opens pages of others in the system's Chromium, for evidence. The browser reaches the world only
// through a proxy of ours, which looks at the address of every single connection that it makes. What is kept of a page is
// decided in app/capture.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// proxy passes the browser's connections on, to public addresses only. A name is resolved once for each connection, and
// the connection is made to the address that was looked at: a name that changes its mind meanwhile reaches nothing else.
type proxy struct {
	allowed []string // host:port of the office's own test pages
	left    atomic.Int64
	over    func() // called once the page has had all that it may have
	server  *http.Server
	address string

	mu      sync.Mutex
	refused []string
	missed  []string
}

// Bounds of what a page may fetch.
const (
	bytesMax  = 40 << 20
	dialTime  = 10 * time.Second
	headTime  = 10 * time.Second
	headBytes = 64 << 10
)

var errPrivate = errors.New("not a public address")

// listen starts the proxy on a port of this machine.
func listen(ctx context.Context, allowed []string, over func()) (*proxy, error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the proxy: %w", err)
	}
	p := &proxy{allowed: allowed, over: over, address: ln.Addr().String()}
	p.left.Store(bytesMax)
	p.server = &http.Server{Handler: p, ReadHeaderTimeout: headTime, MaxHeaderBytes: headBytes}
	go func() { _ = p.server.Serve(ln) }()
	return p, nil
}

func (p *proxy) Close() error { return p.server.Close() }

// refusals are the hosts that the page was kept from.
func (p *proxy) refusals() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.refused)
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodConnect:
		p.tunnel(w, r)
	case r.URL.Scheme == "http" && r.URL.Host != "":
		p.forward(w, r)
	default:
		http.Error(w, "not a page of the web", http.StatusForbidden)
	}
}

// dial connects to a public address of the host, on the ports of the web.
func (p *proxy) dial(ctx context.Context, hostPort string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		return nil, err
	}
	to := []string{hostPort}
	if !slices.Contains(p.allowed, hostPort) {
		if port != "80" && port != "443" {
			return nil, p.refuse(hostPort)
		}
		found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		if err != nil {
			p.note(&p.missed, hostPort)
			return nil, fmt.Errorf("find %s: %w", host, err)
		}
		if len(found) == 0 || slices.ContainsFunc(found, func(a netip.Addr) bool { return !Public(a) }) {
			return nil, p.refuse(hostPort)
		}
		to = nil
		for _, a := range found {
			to = append(to, netip.AddrPortFrom(a.Unmap(), portOf(port)).String())
		}
	}
	var errs []error
	for _, address := range to {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err == nil {
			return &metered{conn, p}, nil
		}
		errs = append(errs, err)
	}
	p.note(&p.missed, hostPort)
	return nil, errors.Join(errs...)
}

func portOf(text string) uint16 {
	if text == "80" {
		return 80
	}
	return 443
}

func (p *proxy) refuse(hostPort string) error {
	p.note(&p.refused, hostPort)
	return errPrivate
}

// note remembers a host, up to a hundred.
func (p *proxy) note(in *[]string, hostPort string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(*in) < 100 {
		*in = append(*in, hostPort)
	}
}

// Public reports whether anybody on the Internet could reach the address: not this machine, not a private or reserved
// network, not a way around that (IPv4 inside IPv6, translation and tunnels).
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.Zone() != "" {
		return false
	}
	for _, reserved := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
		"240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10", "::/96",
	} {
		if netip.MustParsePrefix(reserved).Contains(a) {
			return false
		}
	}
	return true
}

// tunnel passes bytes for pages over TLS.
func (p *proxy) tunnel(w http.ResponseWriter, r *http.Request) {
	there, err := p.dial(r.Context(), r.Host)
	if err != nil {
		http.Error(w, "refused", statusOf(err))
		return
	}
	defer func() { _ = there.Close() }()
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		http.Error(w, "no tunnel", http.StatusInternalServerError)
		return
	}
	here, early, err := hijacker.Hijack()
	if err != nil {
		return
	}
	defer func() { _ = here.Close() }()
	if _, err := here.Write([]byte("HTTP/1.1 200 OK\r\n\r\n")); err != nil {
		return
	}
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(there, early); _ = there.Close() })
	both.Go(func() { _, _ = io.Copy(here, there); _ = here.Close() })
	both.Wait()
}

// forward passes one request for a page without TLS.
func (p *proxy) forward(w http.ResponseWriter, r *http.Request) {
	out := r.Clone(r.Context())
	out.RequestURI = ""
	out.Header.Del("Proxy-Connection")
	out.Header.Del("Proxy-Authorization")
	transport := &http.Transport{
		DisableKeepAlives: true, ResponseHeaderTimeout: 30 * time.Second,
		DialContext: func(ctx context.Context, _, hostPort string) (net.Conn, error) { return p.dial(ctx, hostPort) },
	}
	answer, err := transport.RoundTrip(out)
	if err != nil {
		http.Error(w, "refused", statusOf(err))
		return
	}
	defer func() { _ = answer.Body.Close() }()
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body)
}

func statusOf(err error) int {
	if errors.Is(err, errPrivate) {
		return http.StatusForbidden
	}
	return http.StatusBadGateway
}

// metered ends a connection once the page has had all that it may have.
type metered struct {
	net.Conn
	of *proxy
}

func (m *metered) Read(b []byte) (int, error) {
	n, err := m.Conn.Read(b)
	if m.of.left.Add(-int64(n)) < 0 {
		m.of.over()
		return n, errors.Join(errTooMuch, m.Close())
	}
	return n, err
}

var errTooMuch = errors.New("the page fetches too much")
