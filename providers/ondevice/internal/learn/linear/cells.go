package linear

import "slices"

// Cells returns the weights, for a table.
func (w *Weights) Cells() []Cell {
	var out []Cell
	row := make([]float32, w.classes)
	for i, k := range w.keys {
		copy(row, w.w[i*w.classes:])
		slices.Sort(row)
		middle := row[len(row)/2] // what all classes share changes nothing
		for c, v := range w.w[i*w.classes:][:w.classes] {
			if v -= middle; v != 0 {
				out = append(out, Cell{k, uint16(c), v})
			}
		}
	}
	return out
}
