package assistant

import (
	"fmt"
	"io"
	"log/slog"
)

// A Secret is a key of a vendor. However it is printed, logged or marshalled, only a mark appears; to
// use it, convert it to a string.
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
