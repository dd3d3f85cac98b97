package openaiwire

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// Fields writes the fields of a request and remembers what could not be written.
//
// Its small methods are kept out of line: they are called from a hundred places of a path that is not
// hot, and inlined they would weigh 30 KB in every program.
//
// A field that the caller asked for in the request's own terms wins over the same field in
// Request.Extra; one that the adapter adds by itself yields to it.
type Fields struct {
	b       []byte
	extra   map[string]any
	written []string
	dropped []assistant.Dropped
	err     error
}

// name begins the field called name; its value must follow.
//
//go:noinline
func (f *Fields) name(name string) {
	if f.b[len(f.b)-1] != '{' {
		f.b = append(f.b, ',')
	}
	f.b = append(f.b, '"')
	f.b = append(f.b, name...)
	f.b = append(f.b, '"', ':')
	f.written = append(f.written, name)
}

// yields reports whether a field that nobody asked for must not be written, because Extra has it.
func (f *Fields) yields(name string) bool {
	_, ok := f.extra[name]
	return ok
}

// Drop notes that field, a path in the request, was not sent.
//
//go:noinline
func (f *Fields) Drop(field, reason string) {
	f.dropped = append(f.dropped, assistant.Dropped{Field: field, Reason: reason})
}

// Bool writes a field that the caller asked for.
//
//go:noinline
func (f *Fields) Bool(name string, v bool) {
	f.name(name)
	f.b = strconv.AppendBool(f.b, v)
}

// Int writes a field that the caller asked for.
//
//go:noinline
func (f *Fields) Int(name string, v int64) {
	f.name(name)
	f.b = strconv.AppendInt(f.b, v, 10)
}

// String writes a field that the caller asked for.
//
//go:noinline
func (f *Fields) String(name, v string) {
	f.name(name)
	f.b = jsontext.AppendString(f.b, v)
}

// Float writes a number that the caller asked for at path, moved into the range the vendor takes.
func (f *Fields) Float(name, path string, v float64, r Range) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		f.fail("%s is not a number", path)
		return
	}
	if r != (Range{}) && (v < r.Min || v > r.Max) {
		moved := min(max(v, r.Min), r.Max)
		f.Drop(path, fmt.Sprintf("%v is outside what the model takes; sent as %v", v, moved))
		v = moved
	}
	f.name(name)
	f.b = appendFloat(f.b, v)
}

// Object writes a field whose value is an object; write writes its fields.
func (f *Fields) Object(name string, write func(*Fields)) {
	f.name(name)
	outer := f.written
	f.b = append(f.b, '{')
	write(f)
	f.b = append(f.b, '}')
	f.written = outer // the names inside are not at the top level
}

// Strings writes a field whose value is a list of strings.
func (f *Fields) Strings(name string, list []string) {
	f.name(name)
	f.strings(list)
}

func (f *Fields) strings(list []string) {
	f.b = append(f.b, '[')
	for i, s := range list {
		if i > 0 {
			f.b = append(f.b, ',')
		}
		f.b = jsontext.AppendString(f.b, s)
	}
	f.b = append(f.b, ']')
}

// fail remembers the first reason why the request cannot be sent at all.
func (f *Fields) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

// mergeExtra writes the caller's own fields, sorted by name.
func (f *Fields) mergeExtra(vendor string) {
	if len(f.extra) == 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(f.extra)) {
		if slices.Contains(f.written, name) {
			f.Drop("Extra."+vendor+"."+name, "the request's own field for it was sent")
			continue
		}
		value, err := jsontext.Marshal(f.extra[name])
		if err != nil {
			f.fail("Extra.%s.%s: %w", vendor, name, err)
			return
		}
		if f.b[len(f.b)-1] != '{' {
			f.b = append(f.b, ',')
		}
		f.b = jsontext.AppendString(f.b, name)
		f.b = append(append(f.b, ':'), value...)
	}
}
