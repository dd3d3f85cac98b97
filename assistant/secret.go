package assistant

import (
	"fmt"
	"io"
	"log/slog"
)

// A Secret is a key of a vendor. However it is printed, logged or marshalled, only a mark appears; to
// use it, convert it to a string. One exception is beyond its reach: package fmt shows what is in an
// unexported field when the struct around it is printed as a whole, so such a struct must not be.
type Secret string

const redacted = "[secret]"

// Format prints the mark, whatever the verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// String returns the mark.
func (Secret) String() string { return redacted }

// LogValue returns the mark.
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns the mark.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
