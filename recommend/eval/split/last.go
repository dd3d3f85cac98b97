package split

import (
	"fmt"
	"slices"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

// LastOf asks what every user did last of a kind, such as their last purchase: Test has all that they did of that kind at
// that moment to items to which they had not done it before. Train has what they did before that moment, less all that they
// did to the items asked for, and nothing that came later: it is what was known when there was something to suggest. A user
// of whom nothing can be asked keeps all events in Train. Valid is empty; for one, divide Train again.
//
// Without times each event has a moment of its own. The kind "" is that of data without kinds. It returns an error if no
// event can be of the kind.
func LastOf(d *dataset.Data, kind string) (Parts, error) {
	if err := d.Check(); err != nil {
		return Parts{}, fmt.Errorf("split: %w", err)
	}
	number, ok := d.Catalogue.Kinds.Number(kind)
	if !ok && (kind != "" || d.Kind != nil) {
		return Parts{}, fmt.Errorf("split: last of a kind: no event is of the kind %q: there are %q", kind, kinds(d))
	}
	const dropped = test + 1
	part, rows := make([]uint8, d.Len()), d.ByUser()
	for user := range rows.Len() {
		row := rows.Row(int32(user))
		before, until := lastOf(d, row, uint8(number))
		var asked []int32
		for _, event := range row[before:until] {
			if d.KindOf(int(event)) == uint8(number) && !slices.ContainsFunc(row[:before], func(e int32) bool {
				return d.Item[e] == d.Item[event] && d.KindOf(int(e)) == uint8(number)
			}) {
				asked = append(asked, d.Item[event])
				part[event] = test
			}
		}
		if len(asked) == 0 {
			continue
		}
		for i, event := range row {
			if part[event] != test && (i >= before || slices.Contains(asked, d.Item[event])) {
				part[event] = dropped
			}
		}
	}
	return divide(d, part), nil
}

// lastOf returns from where to where in a row the events stand that are of the moment of the last event of a kind.
func lastOf(d *dataset.Data, row []int32, kind uint8) (from, to int) {
	for to = len(row); to > 0 && d.KindOf(int(row[to-1])) != kind; to-- {
	}
	if to == 0 {
		return 0, 0
	}
	from = to - 1
	if d.Time == nil {
		return from, to
	}
	moment := d.Time[row[from]]
	for from > 0 && d.Time[row[from-1]] == moment {
		from--
	}
	return from, to
}

// kinds returns the names of all kinds.
func kinds(d *dataset.Data) []string {
	var names []string
	for i := range d.Catalogue.Kinds.Len() {
		names = append(names, d.Catalogue.Kinds.Name(int32(i)))
	}
	return names
}
