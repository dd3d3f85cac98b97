package normalize

import (
	"unsafe"

	"golang.org/x/text/transform"
)

// A transformer sends a text through the steps, each of which keeps what it cannot decide yet.
type transformer struct {
	options Options
	stages  []stage
	out     []byte // what the last stage wrote
	sent    int    // of it
	ended   bool
}

type stage struct {
	step    step
	waiting []byte
	looked  int // of waiting, for a place to cut
	begun   bool
	out     []byte
}

func newTransformer(o Options) *transformer {
	t := &transformer{options: o}
	t.Reset()
	return t
}

// Reset makes the transformer ready for a new text.
func (t *transformer) Reset() {
	l := t.options.steps()
	*t = transformer{options: t.options, out: t.out[:0]}
	for _, st := range l.list() {
		t.stages = append(t.stages, stage{step: st})
	}
}

// piece is how much of a source goes through the steps at once.
const piece = 16 << 10

func (t *transformer) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for {
		n := copy(dst[nDst:], t.out[t.sent:])
		nDst += n
		if t.sent += n; t.sent < len(t.out) {
			return nDst, nSrc, transform.ErrShortDst
		}
		t.out, t.sent = t.out[:0], 0
		if nSrc == len(src) && (!atEOF || t.ended) {
			return nDst, nSrc, nil
		}
		size := min(piece, len(src)-nSrc)
		t.ended = atEOF && nSrc+size == len(src)
		t.feed(src[nSrc:nSrc+size], t.ended)
		nSrc += size
	}
}

// feed sends a piece of text through all stages.
func (t *transformer) feed(text []byte, ended bool) {
	for i := range t.stages {
		text = t.stages[i].feed(text, ended)
	}
	t.out = append(t.out, text...)
}

// feed returns what is certain of the result after text has come.
func (st *stage) feed(text []byte, ended bool) []byte {
	st.waiting = append(st.waiting, text...)
	n := len(st.waiting)
	if !ended {
		n, st.looked = st.step.known(view(st.waiting), st.looked)
	}
	if n == 0 && !ended {
		return nil
	}
	var p part
	if !st.begun {
		p |= first
	}
	if ended {
		p |= last
	}
	st.begun = true
	e := editor{dst: st.out[:0]}
	st.step.write(&e, view(st.waiting[:n]), p, 0)
	st.out = e.dst
	st.waiting = append(st.waiting[:0], st.waiting[n:]...)
	st.looked = max(0, st.looked-n)
	return st.out
}

// view returns bytes as a string, for a step that keeps nothing of it.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
