package ondevice

import "slices"

// once is literally, which reads what is tried in several ways, as parts of a sentence are, only once.
func (r *reading) once(t *text) Interpretation {
	if t.said != nil { // its slots lie in another text
		return r.literally(t)
	}
	if in, ok := r.known[t.raw]; ok {
		return in.clone()
	}
	in := r.literally(t)
	if r.known == nil {
		r.known = make(map[string]Interpretation)
	}
	r.known[t.raw] = in.clone()
	return in
}

// clone returns a copy of a single command that shares nothing that is changed later.
func (in Interpretation) clone() Interpretation {
	in.Why = slices.Clone(in.Why)
	in.Candidates = slices.Clone(in.Candidates)
	for i := range in.Candidates {
		c := &in.Candidates[i]
		c.Slots, c.Missing, c.Invalid = slices.Clone(c.Slots), slices.Clone(c.Missing), slices.Clone(c.Invalid)
		c.partial, c.Why = slices.Clone(c.partial), slices.Clone(c.Why)
	}
	return in
}
