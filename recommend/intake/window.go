package intake

// window remembers the last ids it was given.
type window struct {
	ids  []string // the oldest at next, once it is full
	next int
	set  map[string]struct{}
	size int
}

func newWindow(size int) *window { return &window{size: size, set: map[string]struct{}{}} }

func (w *window) has(id string) bool {
	_, ok := w.set[id]
	return ok
}

// add remembers an id, and forgets the oldest for it if need be.
func (w *window) add(id string) {
	if w.size <= 0 || w.has(id) {
		return
	}
	w.set[id] = struct{}{}
	if len(w.ids) < w.size {
		w.ids = append(w.ids, id)
		return
	}
	delete(w.set, w.ids[w.next])
	w.ids[w.next] = id
	w.next = (w.next + 1) % w.size
}
