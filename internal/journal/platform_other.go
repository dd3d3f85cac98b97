//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package journal

import (
	"errors"
	"os"
)

var (
	errReadOnly = errors.New("read-only file system")
	errDiskFull = errors.New("no space left on device")
)

// lockFile locks nothing here: that no second process opens the folder is up to the caller.
func lockFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
}

func unlockFile(f *os.File) error { return f.Close() }

func mapFile(f *os.File, size int) ([]byte, func() error, error) { return readFile(f, size) }
