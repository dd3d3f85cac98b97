package journal

import (
	"os"
	"syscall"
)

// syncData leaves out the times of the file, which nobody needs to read it.
func syncData(f *os.File) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var errno error
	err = conn.Control(func(fd uintptr) {
		for {
			if errno = syscall.Fdatasync(int(fd)); errno != syscall.EINTR {
				return
			}
		}
	})
	if err == nil && errno != nil {
		err = &os.PathError{Op: "fdatasync", Path: f.Name(), Err: errno}
	}
	return err
}
