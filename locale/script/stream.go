package script

import (
	"unsafe"

	"golang.org/x/text/transform"
)

// Transformer returns a transformer of the conversion for streams, such as [transform.NewReader] makes. What it writes
// does not depend on how the text is cut into pieces. To decide, it needs to see up to some hundred bytes ahead, so the
// end of what it was given stays with the caller until more comes or the stream ends.
//
// A transformer must not be used by two goroutines at once.
func (c Converter) Transformer() transform.Transformer { return &transformer{converter: c} }

type transformer struct {
	transform.NopResetter
	converter Converter
	out       []byte
}

func (t *transformer) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	if len(src) == 0 {
		return 0, 0, nil
	}
	m := t.converter.machine()
	s := unsafe.String(&src[0], len(src)) // the machine keeps nothing of it
	known := len(s)
	if !atEOF {
		known = max(0, len(s)-m.reach())
	}
	// The conversion begins only at places before limit, which moves forward until the result fits.
	for limit := min(known, max(1, len(dst))); limit > 0; {
		t.out, nSrc = m.append(t.out[:0], s, limit, known)
		if len(t.out) <= len(dst) {
			switch {
			case nSrc == len(s):
			case nSrc < limit || limit == known:
				err = transform.ErrShortSrc
			default:
				err = transform.ErrShortDst
			}
			return copy(dst, t.out), nSrc, err
		}
		if limit == 1 {
			return 0, 0, transform.ErrShortDst
		}
		limit = max(1, limit*len(dst)/len(t.out))
	}
	return 0, 0, transform.ErrShortSrc
}
