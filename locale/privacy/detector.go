package privacy

import (
	"iter"
	"slices"
)

// A Detector finds private data. The zero value finds all types. It is safe for concurrent use.
type Detector struct {
	Types      Types      // what to look for; all types if zero
	Confidence Confidence // the least a finding must have
}

// wanted returns the types to look for.
func (d Detector) wanted() Types {
	if d.Types == 0 {
		return AllTypes
	}
	return d.Types
}

// Find yields the private data in s, in order and without overlaps. Where one piece can be two things, such as a
// number, the better evidence decides. It takes time in proportion to the length of s, whatever is in it, and allocates
// nothing if it finds nothing.
func Find(s string) iter.Seq[Finding] { return Detector{}.Find(s) }

// Find yields the private data in s as [Find] does.
func (d Detector) Find(s string) iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		f := finder{detector: d}
		f.open()
		defer f.close()
		for {
			found, ok := f.next(s, true)
			if !ok {
				return
			}
			for _, one := range found {
				if !yield(one) {
					return
				}
			}
		}
	}
}

// A finder goes through a text block by block.
type finder struct {
	detector Detector
	cutter   cutter
	view     *view
	table    *classes
	words    *cueWords
}

func (f *finder) open() {
	f.table, f.words = classTable(), cueTable()
}

func (f *finder) close() {
	if f.view != nil {
		f.view.text = ""
		views.Put(f.view)
		f.view = nil
	}
}

// next returns what is in the next block that has findings. They are valid until the next call. If the text is not
// final, its last block waits for more.
func (f *finder) next(s string, final bool) (found []Finding, ok bool) {
	for {
		from, to, traits, why := f.cutter.cut(s, final, f.table, f.words)
		switch why {
		case more, end:
			return nil, false
		case block:
			found = f.look(s, from, to, traits)
		case forced:
			found = nil
			if !traits.empty() {
				found = f.look(s, from, to, traits)
			}
			found = f.keep(s, from, to, found)
		}
		if len(found) > 0 {
			return found, true
		}
	}
}

// keep drops what begins near the end of a block without punctuation, and starts the next one there.
func (f *finder) keep(s string, start, end int, found []Finding) []Finding {
	at := start + keptBlock
	for s[at]&0xC0 == 0x80 && at > start+keptBlock-4 {
		at--
	}
	for i, one := range found {
		if one.Start >= at {
			found = found[:i]
			break
		}
		at = max(at, one.End)
	}
	f.cutter.settle(min(at, end))
	return found
}

// look applies the rules to a block.
func (f *finder) look(s string, start, end int, has traits) []Finding {
	if f.view == nil {
		f.view = views.Get().(*view)
		f.view.table, f.view.words = f.table, f.words
	}
	v := f.view
	v.read(s, start, end)
	v.readGroups()
	if has.digits+has.numerals >= 5 {
		v.findNumbers()
		v.findCoordinates()
	}
	if has.digits > 0 {
		v.findTokens()
		v.findBracketed()
		v.findOpenIDs()
		v.findIPv4()
	}
	if has.colons > 1 || has.hyphens > 4 || has.digits > 0 {
		v.findHexadecimal()
	}
	if has.digits+has.numerals > 1 {
		v.findBirths()
	}
	if has.plate {
		v.findPlates()
	}
	if has.at {
		v.findEmails()
	}
	v.findWeChat()
	if has.hot || has.digits+has.numerals > 1 {
		v.findAddresses()
	}
	v.findNames()
	return settle(v.found, f.detector.wanted(), f.detector.Confidence)
}

// settle keeps the best of findings that overlap, in order, of the types that are wanted. What is better as something
// that is not wanted is not found as something else.
func settle(found []Finding, want Types, least Confidence) []Finding {
	if len(found) == 0 {
		return nil
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return b.weight() - a.weight() })
	kept := found[:0]
	for _, f := range found {
		if !slices.ContainsFunc(kept, func(k Finding) bool { return f.Start < k.End && k.Start < f.End }) {
			kept = append(kept, f)
		}
	}
	kept = slices.DeleteFunc(kept, func(f Finding) bool { return f.Confidence < least || !want.Has(f.Type) })
	slices.SortFunc(kept, func(a, b Finding) int { return a.Start - b.Start })
	return kept
}

// weight orders findings by confidence, then by check digit, then by length.
func (f Finding) weight() int {
	weight := int(f.Confidence) << 16
	if f.Check == Passed {
		weight += 1 << 15
	}
	return weight + min(f.End-f.Start, 1<<14)
}
