package label

// Evidence is what a platform knows about a content that it is given to pass on.
type Evidence struct {
	Report   Report // of its file
	Declared bool   // whoever published it says that it was generated
	Detected bool   // a visible label or traces of generation were found in it
}

// Decide returns the status that a platform gives the content: what its label says, else Possible if it was
// declared, else Suspected if something was detected. A label that is there and does not say how sure it
// is counts as [Generated]. It reports false if nothing says that the content was generated.
func Decide(e Evidence) (Status, bool) {
	for _, f := range e.Report.Findings {
		if f.Unreadable {
			continue
		}
		if s := f.Label.Status; s == Possible || s == Suspected {
			return s, true
		}
		return Generated, true
	}
	switch {
	case e.Declared:
		return Possible, true
	case e.Detected:
		return Suspected, true
	}
	return "", false
}
