package doublearray

// Step reads a code, which must not be above those of the automaton, and returns the longest key that ends with it as
// [Automaton.Key] takes it, 0 if none does.
func (a *Automaton) Step(c *Cursor, code uint16) (key uint32) {
	slot, node, last := c.slot, c.node, uint32(code)
	for {
		if to := node&target + last; a.checks[to] == code {
			return a.arrive(c, to, last)
		}
		if node&isDeep == 0 {
			break
		}
		slot = a.links.of(slot).suffix
		node = a.nodes[slot]
	}
	if to := a.first[c.last]&target + last; a.checks[to] == code {
		return a.arrive(c, to, last)
	}
	*c = a.after(last)
	if c.node&isKey != 0 {
		return a.root + last
	}
	return 0
}

// arrive sets the cursor to a state of two codes or more.
func (a *Automaton) arrive(c *Cursor, slot, last uint32) (key uint32) {
	node := a.nodes[slot]
	if node&ending == 0 {
		*c = Cursor{slot, node, last}
		return 0
	}
	if key = slot; node&isKey == 0 {
		key = a.links.of(slot).shorter
	}
	switch {
	case node&isLeaf == 0:
		*c = Cursor{slot, node, last}
	case node&isDeep == 0:
		*c = a.after(last)
	default:
		slot = a.links.of(slot).suffix
		*c = Cursor{slot, a.nodes[slot], last}
	}
	return key
}

// Found is a key that ends after the code at index At, as [Automaton.Key] takes it; shorter keys may end there too.
type Found struct {
	At  uint32
	Key uint32
}

// Block is the number of codes that [Automaton.Scan] takes at once.
const Block = 64

// Scan reads up to [Block] codes, but none from one on that is above those of the automaton, and returns how many it has
// read. It sets the beginning of hits, which has room for as many, to the longest keys that end after each of them and
// returns their number.
//
// It looks at all pairs of neighbouring codes first: without a state to wait for, the processor does many at once. Only
// where two codes begin a key is there anything more to do.
func (a *Automaton) Scan(c *Cursor, codes []uint16, hits []Found) (n, found int) {
	first, checks := a.first, a.checks
	var pairs [Block]uint64 // slot<<8 | index
	count, short := 0, first[c.last]
	for i, code := range codes[:min(len(codes), Block)] {
		if int(code) >= len(first) {
			break
		}
		n++
		next := first[code]
		slot := short&target + uint32(code)
		pairs[count%Block] = uint64(slot)<<8 | uint64(i)
		begins := int(next >> 31) // isKey
		if checks[slot] == code {
			begins = 1
		}
		count += begins
		short = next
	}
	if n == 0 {
		return 0, 0
	}
	codes = codes[:n]
	found = a.follow(c, codes, pairs[:count], hits)
	return n, found
}

// follow reads codes that are not above those of the automaton, given the pairs in them.
func (a *Automaton) follow(c *Cursor, codes []uint16, pairs []uint64, hits []Found) (found int) {
	checks, nodes := a.checks, a.nodes
	slot, node, last := c.slot, c.node, uint32(codes[len(codes)-1])
	inside := node != a.first[c.last] // two codes or more of a key were read
	for i := -1; ; {                  // the index of the last code that was read
		if inside {
			if i++; i == len(codes) {
				*c = Cursor{slot, node, last}
				return found
			}
			to := node&target + uint32(codes[i])
			for checks[to] != codes[i] && node&isDeep != 0 {
				node = nodes[a.links.of(slot).suffix]
				slot = a.links.of(slot).suffix
				to = node&target + uint32(codes[i])
			}
			if inside = checks[to] == codes[i]; !inside {
				i-- // if the code ends a pair, that is the next one
				continue
			}
			slot = to
		} else {
			if len(pairs) == 0 {
				*c = a.after(last)
				return found
			}
			pair := pairs[0]
			pairs = pairs[1:]
			at := int(uint8(pair))
			if at <= i {
				continue
			}
			i, slot = at, uint32(pair>>8)
			if inside = checks[slot] == codes[i]; !inside {
				hits[found] = Found{uint32(i), a.root + uint32(codes[i])} // a key of one code
				found++
				continue
			}
		}
		node = nodes[slot]
		if node&ending == 0 {
			continue
		}
		key := slot
		if node&isKey == 0 {
			key = a.links.of(slot).shorter
		}
		hits[found] = Found{uint32(i), key}
		found++
		if node&isLeaf != 0 {
			if inside = node&isDeep != 0; inside {
				slot = a.links.of(slot).suffix
				node = nodes[slot]
			}
		}
	}
}
