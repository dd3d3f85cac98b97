package journal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// file is what the log needs of the file it writes; tests put a faulty one in its place.
type file interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Sync() error // data and what is needed to read it back
	Close() error
}

type osFile struct{ *os.File }

func (f osFile) Sync() error { return syncData(f.File) }

func openFile(path string, flag int) (file, error) {
	f, err := os.OpenFile(path, flag, 0o600)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

// MakeDir creates dir if need be, and the folders above it, durably.
func MakeDir(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s is not a folder", dir)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(dir)
	if above != dir {
		if err := MakeDir(above); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncDir(above)
}

// SyncDir makes the names in dir durable. Windows keeps them so by itself, and some file systems cannot.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		err = nil
	}
	return errors.Join(err, d.Close())
}

// temporarySuffix is that of a file which is not whole yet. A crash may leave one; the next writer takes its
// place.
const temporarySuffix = ".tmp"

// WriteFile replaces the file at path by one with data, or makes it: path is what it was or the whole new
// file, whenever the machine stops. One process writes to it.
func WriteFile(path string, data []byte) error {
	err := replaceFile(path, func(f *os.File) error {
		_, err := f.Write(data)
		return err
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", path, explain(err))
	}
	return nil
}

// replaceFile puts what write writes in the place of the file at path. If anything fails before that, also by
// a panic, path is what it was.
func replaceFile(path string, write func(*os.File) error) (err error) {
	temporary := path + temporarySuffix
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	closed, renamed := false, false
	defer func() {
		if !closed {
			err = errors.Join(err, f.Close())
		}
		if !renamed {
			err = errors.Join(err, os.Remove(temporary))
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	closed = true
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(temporary, path); err != nil {
		return err
	}
	renamed = true
	return SyncDir(filepath.Dir(path))
}

// explain puts the fix before the errors that a person can do something about.
func explain(err error) error {
	switch {
	case errors.Is(err, errDiskFull):
		return fmt.Errorf("disk is full, free some space: %w", err)
	case errors.Is(err, errReadOnly):
		return fmt.Errorf("file system is read-only: %w", err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("folder must be writable: %w", err)
	}
	return err
}
