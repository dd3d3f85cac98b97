package dataset

// Rows is a list of lists of numbers in two slices: the items of every user, or the events of every
// user. The zero value has no rows. It may be read by many goroutines.
type Rows struct {
	start []int32 // of every row, and the end of the last
	ids   []int32
}

// Row returns row i, and nil if there is none. The slice belongs to the rows and must not be changed.
func (r Rows) Row(i int32) []int32 {
	if i < 0 || int(i)+1 >= len(r.start) {
		return nil
	}
	from, to := r.start[i], r.start[i+1]
	return r.ids[from:to:to]
}

// Len returns how many rows there are.
func (r Rows) Len() int { return max(len(r.start)-1, 0) }

// group returns for every key below n the positions at which it stands, ascending.
func group(keys []int32, n int) Rows {
	start := make([]int32, n+1)
	for _, key := range keys {
		start[key+1]++
	}
	for i := range n {
		start[i+1] += start[i]
	}
	next := make([]int32, n)
	copy(next, start)
	ids := make([]int32, len(keys))
	for i, key := range keys {
		ids[next[key]] = int32(i)
		next[key]++
	}
	return Rows{start, ids}
}
