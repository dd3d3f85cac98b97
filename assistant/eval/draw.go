package eval

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// Draw takes n cases, the same ones for the same seed on every machine, in an order that depends on nothing but
// seed and ids. Each category gets floor cases first, as far as it has them, and the rest is shared out in
// proportion to what the categories have. With a floor too high for n the categories share n as evenly as
// can be. If there are fewer than n cases, it returns all.
func Draw(cases []Case, n, floor int, seed uint64) []Case {
	byCategory := make(map[string][]Case)
	for _, c := range cases {
		byCategory[c.Category] = append(byCategory[c.Category], c)
	}
	var names []string
	for name, of := range byCategory {
		names = append(names, name)
		shuffle(of, seed)
	}
	slices.Sort(names)
	n = min(max(n, 0), len(cases))

	take := make([]int, len(names))
	left := n
	for round := 0; round < floor && left > 0; round++ { // one each, so that a floor too high is shared evenly
		for i, name := range names {
			if take[i] == round && take[i] < len(byCategory[name]) && left > 0 {
				take[i]++
				left--
			}
		}
	}
	share(take, names, byCategory, left)

	var out []Case
	for i, name := range names {
		out = append(out, byCategory[name][:take[i]]...)
	}
	shuffle(out, seed)
	return out
}

// share gives left more cases to the categories, in proportion to what each still has, by largest remainder.
func share(take []int, names []string, byCategory map[string][]Case, left int) {
	total := 0
	for i, name := range names {
		total += len(byCategory[name]) - take[i]
	}
	if total == 0 || left == 0 {
		return
	}
	type rest struct{ i, remainder int }
	var rests []rest
	given := 0
	for i, name := range names {
		has := len(byCategory[name]) - take[i]
		part := left * has
		take[i] += part / total
		given += part / total
		rests = append(rests, rest{i, part % total})
	}
	slices.SortStableFunc(rests, func(a, b rest) int { return cmp.Compare(b.remainder, a.remainder) })
	for _, r := range rests[:left-given] {
		take[r.i]++
	}
}

// shuffle orders cases by a hash of seed and id.
func shuffle(cases []Case, seed uint64) {
	key := func(c Case) uint64 {
		b := binary.BigEndian.AppendUint64(nil, seed)
		sum := sha256.Sum256(append(b, c.ID...))
		return binary.BigEndian.Uint64(sum[:])
	}
	slices.SortFunc(cases, func(a, b Case) int {
		return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a.ID, b.ID))
	})
}
