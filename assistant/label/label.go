package label

import (
	"errors"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// A Status is the first field: how sure it is that the content was generated.
type Status string

// The statuses. A producer writes Generated; the others are for platforms that pass content on, see [Decide].
const (
	Generated Status = "1" // it was
	Possible  Status = "2" // whoever published it says so
	Suspected Status = "3" // a visible label or traces were found in it
)

// A Label is the implicit label of one file: seven strings. What a producer writes at first, [First]
// makes.
type Label struct {
	Status Status // "Label"
	// ContentProducer is who generated the content: a name, or a code of 27 characters, see [Code].
	ContentProducer string
	// ProduceID is the producer's number of the content, which the producer can look up; see [Registry].
	ProduceID string
	// ReservedCode1 is the producer's security data: a digest, a signature. It may be empty.
	ReservedCode1 string
	// ContentPropagator is the platform that passes the content on: a name or a code.
	ContentPropagator string
	// PropagateID is the platform's number of the content.
	PropagateID string
	// ReservedCode2 is the platform's security data. It may be empty.
	ReservedCode2 string
}

// FirstWrite says what a producer puts into the fields of the platform.
type FirstWrite uint8

// The practice guides' examples and files in the field show both.
const (
	// CopyOnFirstWrite repeats the producer's own name and number: the producer is the first to pass the
	// content on. Which of the two the standard means is not settled.
	CopyOnFirstWrite FirstWrite = iota
	// EmptyOnFirstWrite leaves the fields of the platform empty.
	EmptyOnFirstWrite
)

// First returns the label that the producer of a content writes.
func First(producer, produceID string, policy FirstWrite) Label {
	l := Label{Status: Generated, ContentProducer: producer, ProduceID: produceID}
	if policy == CopyOnFirstWrite {
		l.ContentPropagator, l.PropagateID = producer, produceID
	}
	return l
}

// The keys, in the order in which they are written.
const (
	keyStatus      = "Label"
	keyProducer    = "ContentProducer"
	keyProduceID   = "ProduceID"
	keyReserved1   = "ReservedCode1"
	keyPropagator  = "ContentPropagator"
	keyPropagateID = "PropagateID"
	keyReserved2   = "ReservedCode2"
)

// fields are the seven keys in order with their places in a label.
func (l *Label) fields() [7]field {
	return [...]field{
		{keyStatus, (*string)(&l.Status)},
		{keyProducer, &l.ContentProducer},
		{keyProduceID, &l.ProduceID},
		{keyReserved1, &l.ReservedCode1},
		{keyPropagator, &l.ContentPropagator},
		{keyPropagateID, &l.PropagateID},
		{keyReserved2, &l.ReservedCode2},
	}
}

type field struct {
	key   string
	value *string
}

// maxValue bounds one value, so that a label fits where every format puts it.
const maxValue = 8 << 10

// ErrInvalid is matched by errors about labels that must not be written.
var ErrInvalid = errors.New("invalid label")

// Check reports what forbids writing the label, as an error that matches [ErrInvalid].
func (l Label) Check() error {
	var errs []error
	for _, p := range l.problems() {
		errs = append(errs, fmt.Errorf("%w: %s", ErrInvalid, p))
	}
	return errors.Join(errs...)
}

// problems returns what is wrong with the values.
func (l Label) problems() []Problem {
	var ps []Problem
	bad := func(key, what string, args ...any) {
		ps = append(ps, Problem{Field: key, Text: fmt.Sprintf(what, args...)})
	}
	for _, f := range l.fields() {
		if i := strings.IndexFunc(*f.value, unprintable); i >= 0 {
			bad(f.key, "the character %q is not allowed; a value is printable ASCII without blank and backslash", []rune((*f.value)[i:])[0])
		}
		if len(*f.value) > maxValue {
			bad(f.key, "%d bytes, at most %d are written", len(*f.value), maxValue)
		}
	}
	platform := l.ContentPropagator != "" && l.PropagateID != ""
	switch {
	case l.Status != Generated && l.Status != Possible && l.Status != Suspected:
		bad(keyStatus, `%q is not "1", "2" or "3"`, string(l.Status))
	case l.Status == Generated || !platform || l.ContentProducer != "" || l.ProduceID != "":
		// Only a platform that does not know the producer may leave both out.
		if l.ContentProducer == "" {
			bad(keyProducer, "it is empty")
		}
		if l.ProduceID == "" {
			bad(keyProduceID, "it is empty")
		}
	}
	if (l.ContentPropagator == "") != (l.PropagateID == "") {
		bad(keyPropagator, "%s and %s go together, and one of them is empty", keyPropagator, keyPropagateID)
	}
	for _, f := range []field{{keyProducer, &l.ContentProducer}, {keyPropagator, &l.ContentPropagator}} {
		if looksLikeCode(*f.value) {
			if _, err := ParseCode(*f.value); err != nil {
				bad(f.key, "%v", err)
			}
		}
	}
	return ps
}

// unprintable reports whether r must not be in a value: what is not 0x21, 0x23-0x5B or 0x5D-0x7E, nor the
// quote, which is written as \".
func unprintable(r rune) bool { return r < 0x21 || r > 0x7e || r == '\\' }

// MarshalJSON writes the bare object: all seven keys in their order, nothing between the tokens.
func (l Label) MarshalJSON() ([]byte, error) { return []byte(l.text()), nil }

// UnmarshalJSON reads an object, bare or wrapped, as leniently as [Read] does; [Label.Check] says what is wrong
// with it. It fails if it is no label at all.
func (l *Label) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return nil
	}
	r := parse(b)
	if !r.ok {
		return fmt.Errorf("%w: %s", ErrInvalid, r.problems[len(r.problems)-1])
	}
	*l = r.label
	return nil
}

// text returns the bare object. Of a valid label it holds no escape but \".
func (l Label) text() string {
	b := []byte{'{'}
	for i, f := range l.fields() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, f.key...)
		b = append(b, `":`...)
		b = jsontext.AppendString(b, *f.value)
	}
	return string(append(b, '}'))
}

// String returns the bare object.
func (l Label) String() string { return l.text() }
