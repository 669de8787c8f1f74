package cluster

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

const (
	serverAccount = "tayang-db"
	debianAccount = "postgres"
	socketPathMax = 107 // bytes in sockaddr_un, without the closing NUL
)

// account is the OS user that PostgreSQL runs as when the program runs as root, which PostgreSQL refuses. A nil account
// means the program's own user.
type account struct{ uid, gid uint32 }

// serverUser picks who runs the server: the program's own user; for root, whoever owns the cluster already, else a
// system user that is there or is made now.
func (l layout) serverUser(ctx context.Context) (*account, error) {
	if os.Geteuid() != 0 {
		return nil, l.ownedBySelf()
	}
	if info, err := os.Stat(l.data); err == nil {
		if st, ok := info.Sys().(*syscall.Stat_t); ok && st.Uid != 0 {
			return &account{uid: st.Uid, gid: st.Gid}, nil
		}
	}
	who, err := systemUser(ctx)
	if err != nil {
		return nil, err
	}
	return who, who.ownTree(l.data)
}

func (l layout) ownedBySelf() error {
	info, err := os.Stat(l.data)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the cluster: %w", err)
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != os.Geteuid() {
		return fmt.Errorf("the cluster in %s belongs to user %d: run the program as that user or as root", l.data, st.Uid)
	}
	return nil
}

func systemUser(ctx context.Context) (*account, error) {
	for _, name := range []string{serverAccount, debianAccount} {
		if u, err := user.Lookup(name); err == nil {
			return accountOf(u)
		}
	}
	out, err := exec.CommandContext(ctx, "useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
		"--shell", "/usr/sbin/nologin", serverAccount).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root, and the system user %s could not be made: %w: %s", serverAccount, err, out)
	}
	u, err := user.Lookup(serverAccount)
	if err != nil {
		return nil, fmt.Errorf("find the new system user: %w", err)
	}
	return accountOf(u)
}

func accountOf(u *user.User) (*account, error) {
	uid, errUID := strconv.ParseUint(u.Uid, 10, 32)
	gid, errGID := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(errUID, errGID); err != nil {
		return nil, fmt.Errorf("read ids of user %s: %w", u.Username, err)
	}
	return &account{uid: uint32(uid), gid: uint32(gid)}, nil
}

// own gives one folder to the account.
func (a *account) own(path string) error {
	if a == nil {
		return nil
	}
	if err := os.Lchown(path, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("give %s to PostgreSQL's user: %w", path, err)
	}
	return nil
}

// ownTree gives a whole cluster to the account, one that root copied into place, say.
func (a *account) ownTree(root string) error {
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return a.own(path)
	})
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// reach names a folder for a program that runs as the account. The folders above may be closed to it (/root, a home), so
// it gets the folder as an open file: the n-th of those handed to dress.
func (a *account) reach(path string, n int) string {
	if a == nil {
		return path
	}
	return fmt.Sprintf("/proc/self/fd/%d", 3+n)
}

// dress sets the user, the environment, a session of its own and the open folders of a PostgreSQL program.
func (a *account) dress(cmd *exec.Cmd, folders ...*os.File) {
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a == nil {
		return
	}
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	cmd.ExtraFiles = folders
}

// socketFolder lies in the data folder unless its path is too long for a unix socket.
func socketFolder(root string) string {
	folder := filepath.Join(root, "socket")
	if len(filepath.Join(folder, ".s.PGSQL."+port)) <= socketPathMax {
		return folder
	}
	sum := sha256.Sum256([]byte(root))
	return filepath.Join(os.TempDir(), "tayang-"+hex.EncodeToString(sum[:6]))
}

// makeSocketFolder makes the folder that guards the server: whoever may enter it may sign in. In a shared folder for
// temporary files somebody else could have made it first, so what is there must be ours.
func (l layout) makeSocketFolder(who *account) error {
	if err := os.Mkdir(l.socket, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("make the socket folder: %w", err)
	}
	info, err := os.Lstat(l.socket)
	if err != nil {
		return fmt.Errorf("look at the socket folder: %w", err)
	}
	ours := true
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		ours = int(st.Uid) == os.Geteuid() || who != nil && st.Uid == who.uid
	}
	if !info.IsDir() || !ours {
		return fmt.Errorf("the socket folder %s belongs to somebody else: remove it, or set TMPDIR", l.socket)
	}
	if err := os.Chmod(l.socket, 0o700); err != nil {
		return fmt.Errorf("close the socket folder: %w", err)
	}
	return who.own(l.socket)
}
