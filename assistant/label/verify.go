package label

import (
	"errors"
	"fmt"
	"io"
)

// A Verdict is what [Verify] says of a file.
type Verdict uint8

// The verdicts. They are about the fields of Annex E as the practice guides describe them, and are no
// statement about the law.
const (
	// Inconclusive is the verdict where the file cannot be read to its end or is of an unknown kind.
	Inconclusive Verdict = iota
	NotFound             // there is no label at any place that is known
	NonCompliant         // there is one, and something is wrong with it
	Compliant            // there is one, and all rules that can be checked hold
)

func (v Verdict) String() string {
	switch v {
	case NotFound:
		return "not found"
	case NonCompliant:
		return "non-compliant"
	case Compliant:
		return "compliant"
	}
	return "inconclusive"
}

// A Verification is a verdict with its reasons.
type Verification struct {
	Verdict Verdict
	Reasons []string // for any verdict but Compliant
	Notes   []string // what is unusual and breaks no rule, or was not checked
	Report  Report
}

// Verify judges the label of a file: that there is one and not more, that it is the bare or wrapped object
// with the seven keys and nothing else, that every value is a string of the characters allowed, that the
// required ones are there and that codes have the right check digits. What it says nothing about, such as
// signatures in the reserved fields, the functions in checks may: their errors become reasons.
func Verify(src Source, checks ...func(Label) error) Verification {
	report, err := Read(src)
	v := Verification{Report: report}
	for _, f := range report.Findings {
		for _, p := range f.Problems {
			text := f.Where + ": " + p.String()
			if p.Mild {
				v.Notes = append(v.Notes, text)
			} else {
				v.Reasons = append(v.Reasons, text)
			}
		}
		if f.Alternative {
			v.Notes = append(v.Notes, f.Where+": the guides name another place first")
		}
	}
	if n := len(report.Findings); n > 1 {
		v.Reasons = append(v.Reasons, fmt.Sprintf("the file has %d labels and may have one", n))
	}
	if l, ok := report.Label(); ok {
		for _, check := range checks {
			if err := check(l); err != nil {
				v.Reasons = append(v.Reasons, err.Error())
			}
		}
		if len(checks) == 0 && (l.ReservedCode1 != "" || l.ReservedCode2 != "") {
			v.Notes = append(v.Notes, "the security data in the reserved fields were not checked")
		}
	}
	switch {
	case len(report.Findings) > 0 && len(v.Reasons) > 0:
		v.Verdict = NonCompliant
	case err != nil:
		v.Verdict = Inconclusive
	case len(report.Findings) == 0:
		v.Verdict = NotFound
		v.Reasons = append(v.Reasons, "no label at any place that is known in a file of the format "+report.Format)
	default:
		v.Verdict = Compliant
	}
	if err != nil {
		v.Reasons = append(v.Reasons, err.Error())
		if errors.Is(err, io.ErrUnexpectedEOF) {
			v.Notes = append(v.Notes, "the file seems to be cut off")
		}
	}
	return v
}
