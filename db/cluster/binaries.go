package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

const oldestMajor = 15

// binaries is one installation of PostgreSQL's server programs.
type binaries struct {
	folder string
	major  int
}

func (b binaries) path(program string) string { return filepath.Join(b.folder, program) }

// NewestVersion is the major version of the newest PostgreSQL installed here; an error names what to install.
func NewestVersion(ctx context.Context) (int, error) {
	found, err := findBinaries(ctx, 0)
	return found.major, err
}

// findBinaries picks the newest installation that will do, or the one of that major version when major is not 0: a
// cluster can be run only by the version that made it.
func findBinaries(ctx context.Context, major int) (binaries, error) {
	best := binaries{}
	for _, folder := range candidateFolders(ctx) {
		found := binaries{folder: folder, major: versionOf(ctx, filepath.Join(folder, "postgres"))}
		if found.major >= oldestMajor && found.major > best.major && (major == 0 || found.major == major) {
			if _, err := os.Stat(found.path("initdb")); err == nil {
				best = found
			}
		}
	}
	if best.major > 0 {
		return best, nil
	}
	if major > 0 {
		return best, fmt.Errorf("the data folder was made by PostgreSQL %d, whose server programs are not installed: "+
			"install postgresql-%d, or restore a backup into a new TAYANG_DATA", major, major)
	}
	return best, errors.New("no PostgreSQL server programs of version 15 or newer were found: " +
		"install them (Debian: apt-get install postgresql), or set DATABASE_URL to a PostgreSQL that is running")
}

// candidateFolders looks on PATH, where pg_config points, and where Debian keeps one folder per version.
func candidateFolders(ctx context.Context) []string {
	var folders []string
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			folders = append(folders, filepath.Dir(real))
		}
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	return append(folders, debian...)
}

// versionOf asks a postgres program for its major version; 0 when it does not run.
func versionOf(ctx context.Context, postgres string) int {
	out, err := exec.CommandContext(ctx, postgres, "--version").Output()
	if err != nil {
		return 0
	}
	found := regexp.MustCompile(`\(PostgreSQL\) (\d+)`).FindSubmatch(out)
	if found == nil {
		return 0
	}
	major, _ := strconv.Atoi(string(found[1]))
	return major
}

// majorVersion is the version that made the cluster; 0 when there is no cluster yet.
func (l layout) majorVersion() int {
	text, err := os.ReadFile(filepath.Join(l.data, "PG_VERSION"))
	if err != nil {
		return 0
	}
	major, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return major
}
