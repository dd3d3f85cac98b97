package journal

import (
	"os"
	"syscall"
)

const (
	errReadOnly = syscall.Errno(19)  // ERROR_WRITE_PROTECT
	errDiskFull = syscall.Errno(112) // ERROR_DISK_FULL
)

// lockFile opens the file for this process alone. The system closes it when the process ends.
func lockFile(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	const errSharingViolation = syscall.Errno(32)
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err == errSharingViolation {
		return nil, ErrLocked
	}
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(handle), path), nil
}

func unlockFile(f *os.File) error { return f.Close() }

func mapFile(f *os.File, size int) ([]byte, func() error, error) { return readFile(f, size) }
