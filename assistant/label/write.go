package label

import (
	"errors"
	"fmt"
	"io"
)

var (
	// ErrLabelled says that the file has a label of somebody else, which must not be replaced. A platform
	// adds its own fields to it with [Propagate].
	ErrLabelled = errors.New("the file has a label of another producer")
	// ErrNotFound says that the file has no label, and one is needed.
	ErrNotFound = errors.New("the file has no label")
	// ErrAmbiguous says that the file has several labels that do not say the same.
	ErrAmbiguous = errors.New("the file has labels that do not say the same")
)

// Write copies the file src to dst with l as its one label. The media are copied byte for byte. A label of
// the same producer is updated; to replace another's would be forging, and is [ErrLabelled].
//
// After an error dst holds part of a file. [WriteFile] leaves whole files only, and reads back what it
// wrote.
func Write(dst io.Writer, src Source, l Label) error {
	if err := l.Check(); err != nil {
		return fmt.Errorf("write label: %w", err)
	}
	report, err := Read(src)
	if err != nil {
		return fmt.Errorf("write label: %w", err)
	}
	if err := report.admits(l); err != nil {
		return fmt.Errorf("write label: %w", err)
	}
	if err := write(dst, src, l); err != nil {
		return fmt.Errorf("write label: %w", err)
	}
	return nil
}

// write puts a label into a file, whatever it says.
func write(dst io.Writer, src Source, l Label) error {
	f, err := detect(src)
	if err != nil {
		return err
	}
	return f.write(dst, src, l.text())
}

// admits returns [ErrLabelled] if l would take the place of what somebody else wrote.
func (r Report) admits(l Label) error {
	for _, f := range r.Findings {
		old := f.Label
		switch platform := old.ContentPropagator; {
		case f.Unreadable:
			return fmt.Errorf("%w: in %s, and it cannot be read", ErrLabelled, f.Where)
		case old.ContentProducer != l.ContentProducer:
			return fmt.Errorf("%w: in %s, of %q", ErrLabelled, f.Where, short(old.ContentProducer))
		case platform != "" && platform != old.ContentProducer && (platform != l.ContentPropagator || old.PropagateID != l.PropagateID):
			return fmt.Errorf("%w: in %s, with the fields of the platform %q", ErrLabelled, f.Where, short(platform))
		}
	}
	return nil
}

// A Propagation is what a platform that passes content on adds to its label.
type Propagation struct {
	Platform string // its name or code
	ID       string // its number of the content
	Reserved string // its security data; may be empty
	// Declared says that whoever published the content says that it was generated.
	Declared bool
	// Detected says that a visible label or traces of generation were found in the content.
	Detected bool
}

// Propagate copies the file src to dst with the fields of the platform set in its label. What the producer
// wrote stays as it is, even where it is not as it should be. A file without a label gets one by what
// [Decide] says of it, and is [ErrNotFound] if nothing says that it was generated.
func Propagate(dst io.Writer, src Source, p Propagation) error {
	l, err := p.label(src)
	if err == nil {
		err = write(dst, src, l)
	}
	if err != nil {
		return fmt.Errorf("propagate label: %w", err)
	}
	return nil
}

// label returns the label that the platform leaves.
func (p Propagation) label(src Source) (Label, error) {
	own := Label{Status: Possible, ContentPropagator: p.Platform, PropagateID: p.ID, ReservedCode2: p.Reserved}
	if p.Platform == "" || p.ID == "" {
		return Label{}, fmt.Errorf("%w: Platform and ID are required", ErrInvalid)
	}
	if err := own.Check(); err != nil {
		return Label{}, err
	}
	report, err := Read(src)
	if err != nil {
		return Label{}, err
	}
	l, err := report.one()
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Label{}, err
	}
	status, ok := Decide(Evidence{Report: report, Declared: p.Declared, Detected: p.Detected})
	if !ok {
		return Label{}, ErrNotFound
	}
	l.Status, l.ContentPropagator, l.PropagateID, l.ReservedCode2 = status, p.Platform, p.ID, p.Reserved
	return l, nil
}

// one returns the one label of the file.
func (r Report) one() (Label, error) {
	l, n := r.labels()
	switch {
	case n > 1:
		return Label{}, ErrAmbiguous
	case n == 1:
		return l, nil
	}
	if len(r.Findings) > 0 {
		return Label{}, fmt.Errorf("%w: in %s, and it cannot be read", ErrLabelled, r.Findings[0].Where)
	}
	return Label{}, ErrNotFound
}

// CarryOver copies the file media to dst with the label of the file labelled, just as it is there: after a
// transcoder, which drops it. The two may be of different formats. If media has a label already, it must
// be the same producer's.
func CarryOver(dst io.Writer, media, labelled Source) error {
	l, err := carried(media, labelled)
	if err == nil {
		err = write(dst, media, l)
	}
	if err != nil {
		return fmt.Errorf("carry label over: %w", err)
	}
	return nil
}

// carried returns the label that media is to have.
func carried(media, labelled Source) (Label, error) {
	from, err := Read(labelled)
	if err != nil {
		return Label{}, err
	}
	l, err := from.one()
	if err != nil {
		return Label{}, err
	}
	to, err := Read(media)
	if err != nil {
		return Label{}, err
	}
	return l, to.admits(l)
}
