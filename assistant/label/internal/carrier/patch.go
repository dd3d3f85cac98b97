package carrier

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
)

// A Patch is bytes that take the place of as many in the file.
type Patch struct {
	Offset int64
	Bytes  []byte
}

// CopyPatched copies n bytes at offset with patches, which may come in any order, must not overlap and are
// ignored where they lie outside.
func CopyPatched(dst io.Writer, src Source, offset, n int64, patches []Patch) error {
	patches = slices.Clone(patches)
	slices.SortFunc(patches, func(a, b Patch) int { return int(min(1, max(-1, a.Offset-b.Offset))) })
	end := offset + n
	for _, p := range patches {
		if p.Offset < offset || p.Offset+int64(len(p.Bytes)) > end {
			continue
		}
		if err := Copy(dst, src, offset, p.Offset-offset); err != nil {
			return err
		}
		if _, err := dst.Write(p.Bytes); err != nil {
			return err
		}
		offset = p.Offset + int64(len(p.Bytes))
	}
	return Copy(dst, src, offset, end-offset)
}

// keys are what a text must hold to be taken for a label: any of them.
var keys = [...]string{"ContentProducer", "ServiceProvider", "ContentPropagator"}

// Find finds a label in a text that may hold something else, such as a comment. It returns where its object
// begins and ends, with the name AIGC if that stands right before it.
func Find(text []byte) (from, to int, ok bool) {
	if !slices.ContainsFunc(keys[:], func(k string) bool { return bytes.Contains(text, []byte(k)) }) {
		return 0, 0, false
	}
	const tries = 64 // braces that may stand before it
	at := 0
	for range tries {
		i := bytes.IndexByte(text[at:], '{')
		if i < 0 {
			break
		}
		at += i
		d := json.NewDecoder(bytes.NewReader(text[at:]))
		var raw json.RawMessage
		if d.Decode(&raw) == nil && slices.ContainsFunc(keys[:], func(k string) bool { return bytes.Contains(raw, []byte(k)) }) {
			return named(text, at), at + int(d.InputOffset()), true
		}
		at++
	}
	// Not JSON, such as what is escaped as HTML: all there is between the first brace and the last.
	first, last := bytes.IndexByte(text, '{'), bytes.LastIndexByte(text, '}')
	if first < 0 || last < first {
		return 0, 0, false
	}
	return named(text, first), last + 1, true
}

// named returns where the name AIGC before the brace begins, or the brace.
func named(text []byte, brace int) int {
	if before, ok := bytes.CutSuffix(text[:brace], []byte("AIGC")); ok {
		return len(before)
	}
	return brace
}
