package vector

import (
	"fmt"
	"math"
	"slices"
)

// Snapshot returns a copy of what the index holds: ids, and their vectors one after the other in the same order. It is
// what [Restore] takes.
func (x *Index) Snapshot() (ids []int32, rows []float32) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Clone(x.ids), slices.Clone(x.rows)
}

// Restore returns an index that holds the vectors of rows, one after the other, under the ids. It keeps both slices
// and changes them, so the caller must not use them any more. It refuses what [Index.Put] refuses, and an id that is
// there twice.
func Restore(config Config, ids []int32, rows []float32) (*Index, error) {
	x, err := New(config)
	if err != nil {
		return nil, err
	}
	if len(ids) > math.MaxInt32 || len(rows)/config.Dims != len(ids) || len(rows)%config.Dims != 0 {
		return nil, fmt.Errorf("vector: %d ids and %d numbers, want %d numbers for each id", len(ids), len(rows), config.Dims)
	}
	x.ids, x.rows = ids, rows
	x.place = make(map[int32]int32, len(ids))
	for i, id := range ids {
		if before, ok := x.place[id]; ok {
			return nil, fmt.Errorf("vector: id %d is there twice, in rows %d and %d", id, before, i)
		}
		x.place[id] = int32(i)
		row := rows[i*config.Dims : (i+1)*config.Dims]
		if _, err := x.appendFit(row[:0], row); err != nil {
			return nil, fmt.Errorf("vector: id %d: %w", id, err)
		}
	}
	if x.rough != nil {
		x.rough.fill(rows, config.Dims)
	}
	return x, nil
}
