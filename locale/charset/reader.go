package charset

import (
	"bytes"
	"io"

	"golang.org/x/text/transform"
)

// ReaderOptions change how a [Reader] reads. The zero value is good for most.
type ReaderOptions struct {
	// Strict makes bytes that are no character of the detected charset an error, a [*DecodeError]. If false, they
	// become U+FFFD.
	Strict bool
}

// A Reader turns a stream in an unknown charset into UTF-8. It is not safe for concurrent use.
type Reader struct {
	src    io.Reader
	strict bool
	guess  Guess

	held    []byte // read and not yet decided
	plain   int    // of held: ASCII that can be passed on
	passed  int64  // bytes passed on before the charset was known
	err     error  // what ended src
	decided io.Reader
}

// NewReader returns a reader of the text of r as UTF-8, without its byte order mark. It decides as [Detect] does
// on the same bytes, however r hands them out, and holds no more than 16 KiB back to do so. ASCII passes before
// the decision. A nil options is the zero value.
func NewReader(r io.Reader, options *ReaderOptions) *Reader {
	if options == nil {
		options = new(ReaderOptions)
	}
	return &Reader{src: r, strict: options.Strict, guess: Guess{Charset: UTF8, Confidence: 1}}
}

// Guess returns the charset that is read. It is final once a byte that is not ASCII or an error, io.EOF among
// them, has been read.
func (r *Reader) Guess() Guess { return r.guess }

// Read is described in [io.Reader].
func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for r.decided == nil && r.plain == 0 {
		r.look()
	}
	if r.plain > 0 {
		n := copy(p, r.held[:r.plain])
		r.held = r.held[:copy(r.held, r.held[n:])]
		r.plain -= n
		r.passed += int64(n)
		return n, nil
	}
	return r.decided.Read(p)
}

// look fills held and decides the charset, or finds ASCII that can be passed on first.
func (r *Reader) look() {
	head := r.held == nil
	if head {
		r.held = make([]byte, 0, window)
	}
	empty := 0
	for len(r.held) < window && r.err == nil {
		var n int
		n, r.err = r.src.Read(r.held[len(r.held):window])
		r.held = r.held[:len(r.held)+n]
		if n > 0 {
			empty = 0
		} else if empty++; empty == 100 && r.err == nil {
			r.err = io.ErrNoProgress
		}
	}
	ascii := asciiLength(r.held)
	if head || ascii == 0 {
		if head || len(r.held) > 0 {
			r.guess = examine(r.held, head, r.err != nil)[0]
		}
		if settled(r.guess, ascii) {
			r.decide()
			return
		}
	}
	r.plain = ascii
}

// decide goes on with held and the rest of src in the charset of the guess.
func (r *Reader) decide() {
	guess := r.guess
	rest := r.src
	if r.err != nil {
		rest = failing{r.err}
	}
	d := &decoder{
		charset: guess.Charset, decode: guess.Charset.codec().decode, strict: r.strict,
		start: r.passed + int64(guess.BOM),
	}
	r.decided = transform.NewReader(io.MultiReader(bytes.NewReader(r.held[guess.BOM:]), rest), d)
}

// failing is the end of a stream.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
