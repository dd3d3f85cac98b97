package guard

import "github.com/zhushou-ai/zhushou/locale/privacy"

// A privateRule finds personal data.
type privateRule struct {
	check    *check
	stream   *privacy.Stream
	findings []privacy.Finding
}

func (r *privateRule) read(changes []change, piece string) []change {
	r.findings = r.stream.Append(r.findings[:0], piece)
	return r.found(changes)
}

func (r *privateRule) end(changes []change) []change {
	r.findings = r.stream.Flush(r.findings[:0])
	return r.found(changes)
}

func (r *privateRule) found(changes []change) []change {
	for _, p := range r.findings {
		f := Finding{Category: r.check.g.private(), Rule: p.Type.String(), Start: p.Start, End: p.End, Confidence: float64(p.Confidence+1) / 3}
		changes = r.check.found(changes, f, p.Type)
	}
	return changes
}

func (r *privateRule) pending() int { return r.stream.Pending() }
