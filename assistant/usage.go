package assistant

// Usage counts the tokens of a reply or of a whole run, as the vendor reports them.
// Details that a vendor leaves out stay unset, which is not the same as zero.
type Usage struct {
	Input  int `json:"input"`  // tokens of the request, cached ones included
	Output int `json:"output"` // tokens of the reply, reasoning included
	Total  int `json:"total"`  // as reported; Input + Output where the vendor gives none

	CacheRead  Opt[int] `json:"cache_read,omitzero"`  // part of Input served from the vendor's cache
	CacheWrite Opt[int] `json:"cache_write,omitzero"` // part of Input written to the cache
	Reasoning  Opt[int] `json:"reasoning,omitzero"`   // part of Output spent on thinking
}

// Add returns the sum of both counts.
func (u Usage) Add(v Usage) Usage {
	return Usage{
		Input:      u.Input + v.Input,
		Output:     u.Output + v.Output,
		Total:      u.Total + v.Total,
		CacheRead:  addOpt(u.CacheRead, v.CacheRead),
		CacheWrite: addOpt(u.CacheWrite, v.CacheWrite),
		Reasoning:  addOpt(u.Reasoning, v.Reasoning),
	}
}

func addOpt(a, b Opt[int]) Opt[int] {
	return Opt[int]{Value: a.Value + b.Value, Set: a.Set || b.Set}
}
