package collate

import (
	"slices"
	"sort"
)

// Other is the heading of what belongs under no other.
const Other = "#"

// Bucket returns the heading under which a list in this order shows s, by its first character: a letter from A to Z
// in [Pinyin], a number of strokes such as 12画 in [Stroke], the first sign of the syllable in [Zhuyin], a capital
// letter for Latin text in all of them, [Other] for the rest.
//
// In a sorted list all texts of a heading but [Other] are together, except that in Pinyin Latin text and ideographs
// share headings without being next to each other.
func (o Order) Bucket(s string) string {
	t := o.table()
	o.hanShift = 0
	c := o.cursor(t, s, 0)
	primary, _, _ := c.next()
	lead := primary >> 24
	switch {
	case latinLead <= lead && lead < letterLead:
		return string(rune('A' + lead - latinLead))
	case lead == hanLead || lead == hanLead+1:
		rank := int(primary>>8) - hanLead<<16
		if n := sort.SearchInts(t.firsts, rank+1); n > 0 {
			return t.headings[n-1]
		}
	}
	return Other
}

// Buckets returns the headings that Bucket can return for ideographs, in their order.
func (o Order) Buckets() []string {
	return slices.Clone(o.table().headings)
}
