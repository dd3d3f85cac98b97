package recommend

import "slices"

// scored is an item with its score.
type scored struct {
	item  int32
	score float64
}

// top keeps the highest-scored items of a stream, at most keep of them. Equal scores are ordered by
// item id, or by number if there are no ids, so that the outcome does not depend on the order of arrival.
type top struct {
	keep int
	ids  []string // by item number
	heap []scored // lowest first
}

// above reports whether a goes before b.
func (t *top) above(a, b scored) bool {
	if a.score != b.score {
		return a.score > b.score
	}
	if t.ids == nil {
		return a.item < b.item
	}
	return t.ids[a.item] < t.ids[b.item]
}

// takes reports whether push would keep s.
func (t *top) takes(s scored) bool {
	return len(t.heap) < t.keep || t.keep > 0 && t.above(s, t.heap[0])
}

func (t *top) push(s scored) {
	if !t.takes(s) {
		return
	}
	h := t.heap
	if len(h) < t.keep {
		h = append(h, s)
		t.heap = h
		for i := len(h) - 1; i > 0; {
			up := (i - 1) / 2
			if t.above(h[i], h[up]) {
				break
			}
			h[i], h[up] = h[up], h[i]
			i = up
		}
		return
	}
	h[0] = s
	for i := 0; ; {
		low := 2*i + 1
		if low >= len(h) {
			break
		}
		if low+1 < len(h) && t.above(h[low], h[low+1]) {
			low++
		}
		if t.above(h[low], h[i]) {
			break
		}
		h[i], h[low] = h[low], h[i]
		i = low
	}
}

// sorted returns what was kept, highest first.
func (t *top) sorted() []scored {
	slices.SortFunc(t.heap, func(a, b scored) int {
		switch {
		case t.above(a, b):
			return -1
		case t.above(b, a):
			return 1
		}
		return 0
	})
	return t.heap
}

// first moves the highest-scored of a list to its front and returns them, in no order: what push would keep, in less
// time where the list is long.
func (t *top) first(list []scored) []scored {
	if t.keep >= len(list) {
		return list
	}
	for from, to := 0, len(list); to-from > 1; {
		pivot := t.median(list[from], list[(from+to)/2], list[to-1])
		i, j := from, to-1
		for i <= j {
			for t.above(list[i], pivot) {
				i++
			}
			for t.above(pivot, list[j]) {
				j--
			}
			if i <= j {
				list[i], list[j] = list[j], list[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case t.keep <= j:
			to = j + 1
		case t.keep > i:
			from = i
		default:
			return list[:t.keep]
		}
	}
	return list[:t.keep]
}

func (t *top) median(a, b, c scored) scored {
	if t.above(b, a) {
		a, b = b, a
	}
	switch { // a is above b
	case t.above(b, c):
		return b
	case t.above(c, a):
		return a
	}
	return c
}
