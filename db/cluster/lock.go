package cluster

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// ErrInUse says that another program works on the data folder.
var ErrInUse = errors.New("the data folder is in use")

// hold takes the data folder for this process; the kernel gives it back when the process ends, however it ends.
func hold(root string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(root, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		holder, _ := io.ReadAll(io.LimitReader(f, 20))
		_ = f.Close()
		return nil, inUse{fmt.Sprintf("data folder %s is in use by process %s; stop it, or set TAYANG_DATA to another folder",
			root, strings.TrimSpace(string(holder)))}
	}
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("lock data folder %s: %w", root, err)
	}
	return f, nil
}

// inUse is ErrInUse in words for people.
type inUse struct{ text string }

func (e inUse) Error() string { return e.text }

func (e inUse) Is(target error) bool { return target == ErrInUse }
