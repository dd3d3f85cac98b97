package label

import "fmt"

// A Report is what [Read] found in a file.
type Report struct {
	Format   string // such as "PNG"
	Findings []Finding
}

// A Finding is one label in a file, well-formed or not.
type Finding struct {
	Where    string // such as "PNG iTXt XMP"
	Text     string // as it stands there
	Label    Label  // what could be read of it
	Wrapped  bool   // it stands in {"AIGC":{...}}
	Problems []Problem
	// Alternative says that the guides name another place of this kind of file first.
	Alternative bool
	// Unreadable says that Label holds nothing: the text is not that of a label.
	Unreadable bool
}

// Label returns the label of the file. It reports false if there is none, or if there are several that do
// not say the same.
func (r Report) Label() (Label, bool) {
	l, n := r.labels()
	return l, n == 1
}

// labels returns the first label that can be read, and how many different ones there are.
func (r Report) labels() (Label, int) {
	var different []Label
next:
	for _, f := range r.Findings {
		if f.Unreadable {
			continue
		}
		for _, d := range different {
			if d == f.Label {
				continue next
			}
		}
		different = append(different, f.Label)
	}
	if len(different) == 0 {
		return Label{}, 0
	}
	return different[0], len(different)
}

// Read finds every label in a file: at the places that the practice guides name and where tools in the
// field put it, well-formed or not; [Verify] judges. It returns [ErrFormat] for files that it does not
// know and errors that match [ErrMalformed] for damaged ones, then with what it had found. A file without
// a label is no error.
//
// Read does not read the media, and holds a bounded part of the file in memory, whatever is in it.
func Read(src Source) (Report, error) {
	f, err := detect(src)
	if err != nil {
		return Report{}, fmt.Errorf("read label: %w", err)
	}
	report := Report{Format: f.name}
	found, err := f.read(src)
	for _, c := range found {
		r := parse(c.Text)
		report.Findings = append(report.Findings, Finding{
			Where: c.Where, Text: string(c.Text), Label: r.label, Wrapped: r.wrapped, Problems: r.problems,
			Alternative: c.Alternative, Unreadable: !r.ok,
		})
	}
	if err != nil {
		return report, fmt.Errorf("read label: %w", err)
	}
	return report, nil
}
