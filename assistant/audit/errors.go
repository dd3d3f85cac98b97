package audit

import (
	"errors"
	"fmt"
)

var (
	// ErrTampered is matched by every [TamperedError].
	ErrTampered = errors.New("audit log is not what was written")
	// ErrFrozen says that nothing may be dropped or erased, because the log is evidence.
	ErrFrozen = errors.New("audit log is frozen as evidence")
	// ErrClosed is returned by every call after [Log.Close].
	ErrClosed = errors.New("audit log is closed")
)

// A TamperedError says where a log is not what was written. errors.Is(err, ErrTampered) matches it.
type TamperedError struct {
	Path   string // of the file or folder
	Reason string
}

func (e *TamperedError) Error() string {
	return fmt.Sprintf("%v: %s: %s", ErrTampered, e.Path, e.Reason)
}

// Is makes errors.Is(err, ErrTampered) true.
func (e *TamperedError) Is(target error) bool { return target == ErrTampered }

func tampered(path, format string, args ...any) *TamperedError {
	return &TamperedError{path, fmt.Sprintf(format, args...)}
}
