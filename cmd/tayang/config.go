package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/caarlos0/env/v11"
	"github.com/joho/godotenv"
	"github.com/lib/pq"

	"tayang/db/virus"
)

// config is the settings of the program; .env.example lists them for people.
type config struct {
	Addr        string `env:"TAYANG_ADDR" envDefault:"127.0.0.1:8080"`
	DatabaseURL string `env:"DATABASE_URL"`
	Data        string `env:"TAYANG_DATA" envDefault:"./data"`
	BlobURL     string `env:"TAYANG_BLOB_URL"`
	BaseURL     string `env:"TAYANG_BASE_URL" envDefault:"http://127.0.0.1:8080"`
	Log         string `env:"TAYANG_LOG" envDefault:"info"`
	Clamd       string `env:"TAYANG_CLAMD"`
	Capture     string `env:"TAYANG_CAPTURE_ALLOW"`
}

// readConfig reads the environment, and before it a file .env beside the binary or in the working folder; what the
// environment says counts.
func readConfig() (config, error) {
	var cfg config
	folders := []string{"."}
	if exe, err := os.Executable(); err == nil {
		folders = append(folders, filepath.Dir(exe))
	}
	for _, f := range folders {
		if err := godotenv.Load(filepath.Join(f, ".env")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return cfg, fmt.Errorf("read %s: %w", filepath.Join(f, ".env"), err)
		}
	}
	if err := env.Parse(&cfg); err != nil {
		return cfg, fmt.Errorf("read settings: %w", err)
	}
	return cfg, cfg.check()
}

func (c config) check() error {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return fmt.Errorf("TAYANG_ADDR %q is no listen address; write host:port, as 127.0.0.1:8080", c.Addr)
	}
	if !isDSN(c.DatabaseURL) {
		return errNoDSN
	}
	if u, err := url.Parse(c.BaseURL); err != nil || u.Host == "" {
		return fmt.Errorf("TAYANG_BASE_URL %q is no address; write http://host:port", c.BaseURL)
	}
	if c.Clamd != "" {
		if _, err := virus.Open(c.Clamd); err != nil {
			return err
		}
	}
	for _, address := range c.captureAllowed() {
		if _, _, err := net.SplitHostPort(address); err != nil {
			return fmt.Errorf("TAYANG_CAPTURE_ALLOW: %q names no port; write host:port, with commas between several", address)
		}
	}
	_, err := c.level()
	return err
}

// captureAllowed are the office's own test pages that may be captured although their addresses are not public.
func (c config) captureAllowed() (out []string) {
	for _, address := range strings.Split(c.Capture, ",") {
		if address = strings.TrimSpace(address); address != "" {
			out = append(out, address)
		}
	}
	return out
}

func (c config) level() (slog.Level, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(c.Log)); err != nil {
		return l, fmt.Errorf("TAYANG_LOG %q is no level; choose debug, info, warn or error", c.Log)
	}
	return l, nil
}

// loopback reports whether only this machine can reach the listen address.
func (c config) loopback() bool {
	host, _, _ := net.SplitHostPort(c.Addr)
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

var errNoDSN = errors.New("DATABASE_URL is no PostgreSQL URL; write postgres://user:password@host:5432/database")

// isDSN reports whether text can name a database: nothing for the private one, a URL, or the keywords of libpq.
func isDSN(text string) bool {
	scheme, _, isURL := strings.Cut(text, "://")
	return text == "" || isURL && (scheme == "postgres" || scheme == "postgresql") || !isURL && strings.Contains(text, "=")
}

// advise says of a database that somebody else runs what to do when it cannot be reached.
func (c config) advise(err error) error {
	var dial *net.OpError
	var refused *pq.Error
	out := errors.As(err, &dial) && dial.Op == "dial" || errors.As(err, &refused) && (refused.Code.Class() == "28" || refused.Code.Class() == "3D")
	if c.DatabaseURL == "" || !out {
		return err
	}
	return fmt.Errorf("%w; see that PostgreSQL runs and that DATABASE_URL names its host, role, password and database", err)
}

// asApp is the database URL for the program's own role, which owns no table.
func asApp(dsn string) (string, error) {
	if !strings.Contains(dsn, "://") {
		return dsn + " role=tayang_app", nil
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "", errNoDSN
	}
	q := u.Query()
	q.Set("role", "tayang_app")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// version is what the build knows of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return info.Main.Version + " " + s.Value[:12]
		}
	}
	return info.Main.Version
}
