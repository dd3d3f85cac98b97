// Package carriertest holds what every format must stand.
package carriertest

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// Labels as they are written: one, and another that is longer.
const (
	Label  = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1"}`
	Longer = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1","ReservedCode1":"{\"a\":1}"}`
)

type (
	// Read is the function of a format.
	Read = func(carrier.Source) ([]carrier.Found, error)
	// Write is the function of a format.
	Write = func(io.Writer, carrier.Source, string) error
)

// Put writes a label and returns the file.
func Put(tb testing.TB, write Write, file []byte, text string) []byte {
	tb.Helper()
	var out bytes.Buffer
	require.NoError(tb, write(&out, bytes.NewReader(file), text))
	return out.Bytes()
}

// Has checks that a file has one label.
func Has(tb testing.TB, read Read, file []byte, text string) {
	tb.Helper()
	found, err := read(bytes.NewReader(file))
	require.NoError(tb, err)
	require.Len(tb, found, 1)
	require.Equal(tb, text, string(found[0].Text))
}

// RoundTrip checks that a file without a label gets one, that a longer one and then the first take its place,
// and that the second time it looks just as the first, as if nothing had been in between. It returns
// the labelled file.
func RoundTrip(tb testing.TB, read Read, write Write, file []byte) []byte {
	tb.Helper()
	found, err := read(bytes.NewReader(file))
	require.NoError(tb, err)
	require.Empty(tb, found)
	first := Put(tb, write, file, Label)
	Has(tb, read, first, Label)
	longer := Put(tb, write, first, Longer)
	Has(tb, read, longer, Longer)
	again := Put(tb, write, longer, Label)
	Has(tb, read, again, Label)
	return first
}

// Cut checks that every beginning of a file is an error or a file that works.
func Cut(tb testing.TB, read Read, write Write, file []byte) {
	tb.Helper()
	errors := 0
	for n := range file {
		part := file[:n:n]
		if _, err := read(bytes.NewReader(part)); err != nil {
			errors++
		}
		Any(tb, read, write, part)
	}
	require.Positive(tb, errors, "no cut was noticed")
}

// Any checks that what can be written can be read, whatever the file.
func Any(tb testing.TB, read Read, write Write, file []byte) {
	tb.Helper()
	_, _ = read(bytes.NewReader(file))
	var out bytes.Buffer
	if write(&out, bytes.NewReader(file), Label) == nil {
		Has(tb, read, out.Bytes(), Label)
	}
}

// Fuzz does what Any does with what a fuzzer finds.
func Fuzz(f *testing.F, read Read, write Write, seeds ...[]byte) {
	for _, s := range seeds {
		f.Add(s)
		var out bytes.Buffer
		if write(&out, bytes.NewReader(s), Label) == nil {
			f.Add(out.Bytes())
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) { Any(t, read, write, file) })
}
