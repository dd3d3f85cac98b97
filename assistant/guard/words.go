package guard

import "github.com/zhushou-ai/zhushou/locale/match"

// A wordRule finds the words of a pack.
type wordRule struct {
	check  *check
	pack   string
	stream *match.Stream
	hits   []match.Hit
}

func (r *wordRule) read(changes []change, piece string) []change {
	r.hits = r.stream.Append(r.hits[:0], piece)
	return r.found(changes)
}

func (r *wordRule) end(changes []change) []change {
	r.hits = r.stream.Flush(r.hits[:0])
	return r.found(changes)
}

func (r *wordRule) found(changes []change) []change {
	for _, h := range r.hits {
		f := Finding{Category: h.Word.Category, Rule: r.pack, Start: h.Start, End: h.End, Confidence: 1}
		changes = r.check.found(changes, f, 0)
	}
	return changes
}

func (r *wordRule) pending() int { return r.stream.Pending() }
