package script

import "unicode/utf8"

// A Converter rewrites Chinese text from one script, region or both to another. The zero Converter leaves text as it
// is. Converters are safe for concurrent use.
type Converter struct {
	configuration *configuration
	user          *userDictionary // nil if there is none
}

// The conversions of OpenCC, named as there: simplified (S), traditional (T), Taiwan (TW), Hong Kong (HK), Japan (JP);
// a final P replaces words as well as characters.
var (
	S2T   = Converter{configuration: &s2t}
	S2TW  = Converter{configuration: &s2tw}
	S2TWP = Converter{configuration: &s2twp}
	S2HK  = Converter{configuration: &s2hk}
	S2HKP = Converter{configuration: &s2hkp}
	T2S   = Converter{configuration: &t2s}
	TW2S  = Converter{configuration: &tw2s}
	TW2SP = Converter{configuration: &tw2sp}
	HK2S  = Converter{configuration: &hk2s}
	HK2SP = Converter{configuration: &hk2sp}
	T2TW  = Converter{configuration: &t2tw}
	T2HK  = Converter{configuration: &t2hk}
	TW2T  = Converter{configuration: &tw2t}
	HK2T  = Converter{configuration: &hk2t}
	T2JP  = Converter{configuration: &t2jp}
	JP2T  = Converter{configuration: &jp2t}
)

// String returns the conversion of s, which is s itself if nothing changes.
func (c Converter) String(s string) string {
	out := c.Append(make([]byte, 0, len(s)+len(s)/16), s)
	if string(out) == s {
		return s
	}
	return string(out)
}

// Append appends the conversion of s to dst and returns the extended buffer. It allocates only to make room, first for
// as many bytes as s has. Bytes that are not UTF-8 are appended as they are.
func (c Converter) Append(dst []byte, s string) []byte {
	dst, _ = c.machine().append(dst, s, len(s), len(s))
	return dst
}

// A machine is a converter that is ready to run: a single stage, or something fused. The zero machine changes
// nothing.
type machine struct {
	table *table
	fused *fused
}

func (c Converter) machine() machine {
	switch {
	case c.user != nil:
		return machine{fused: c.user.compiled()}
	case c.configuration == nil:
		return machine{}
	}
	if f := c.configuration.fused(); f != nil {
		return machine{fused: f}
	}
	return machine{table: c.configuration.stages[0].compiled()}
}

// append is [fused.append].
func (m machine) append(dst []byte, s string, limit, known int) ([]byte, int) {
	switch {
	case m.fused != nil:
		return m.fused.append(dst, s, limit, known)
	case m.table != nil:
		return m.table.append(dst, s, limit)
	}
	return append(dst, s[:limit]...), limit
}

// reach returns how many bytes from a place on can matter for what is decided there.
func (m machine) reach() int {
	switch {
	case m.fused != nil:
		longest := m.fused.trie.MaxRunes()
		if m.fused.user != nil {
			longest = max(longest, m.fused.user.trie.MaxRunes())
		}
		return utf8.UTFMax * max(2*longest, maxSequenceRunes)
	case m.table != nil:
		return utf8.UTFMax * max(m.table.trie.MaxRunes(), maxSequenceRunes)
	}
	return 0
}
