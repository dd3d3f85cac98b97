package openaiwire

import (
	"fmt"
	"io"
	"log/slog"
)

// A Key is a vendor's API key. However it is printed, logged or marshalled, only a mark appears; to
// use it, convert it to a string.
type Key string

const redacted = "[key]"

// Format prints the mark, whatever the verb.
func (Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// String returns the mark.
func (Key) String() string { return redacted }

// LogValue returns the mark.
func (Key) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns the mark.
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }
