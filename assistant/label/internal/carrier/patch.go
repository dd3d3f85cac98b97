package carrier

import (
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
