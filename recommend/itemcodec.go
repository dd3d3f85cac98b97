package recommend

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// An item in a snapshot is its fields in the order of encodeItem: numbers as varints, lists and strings with their
// length before them, the time as [time.Time.AppendBinary] has it. Its id stands elsewhere.

func encodeItem(it *Item) []byte {
	var b []byte
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	list := func(names []string) {
		b = binary.AppendUvarint(b, uint64(len(names)))
		for _, name := range names {
			text(name)
		}
	}
	text(it.Title)
	text(it.Text)
	list(it.Categories)
	list(it.Tags)
	text(it.Brand)
	b = binary.AppendVarint(b, it.Price.Amount)
	text(it.Price.Currency)
	b = append(b, byte(bit(it.Unavailable)))
	b = binary.AppendUvarint(b, uint64(it.RebuyDays))
	var created []byte
	if !it.Created.IsZero() {
		var err error
		if created, err = it.Created.AppendBinary(nil); err != nil { // of a zone that no place on earth has
			created, _ = it.Created.UTC().AppendBinary(nil)
		}
	}
	text(string(created))
	b = binary.AppendUvarint(b, uint64(len(it.Attributes)))
	for _, k := range slices.Sorted(maps.Keys(it.Attributes)) {
		text(k)
		text(it.Attributes[k])
	}
	return b
}

func decodeItem(id, described []byte) (Item, error) {
	r := &itemReader{rest: string(described)}
	it := Item{ID: string(id), Title: r.text(), Text: r.text(), Categories: r.list(), Tags: r.list(), Brand: r.text()}
	it.Price.Amount = r.varint()
	it.Price.Currency = r.text()
	it.Unavailable = r.byte() == 1
	it.RebuyDays = int(r.uvarint())
	if created := r.text(); created != "" {
		r.broken = r.broken || it.Created.UnmarshalBinary([]byte(created)) != nil
	}
	if n := r.count(); n > 0 {
		it.Attributes = make(map[string]string, n)
		for range n {
			k := r.text()
			it.Attributes[k] = r.text()
		}
	}
	if r.broken || r.rest != "" {
		return it, fmt.Errorf("%w: item %q of %d bytes", errRecord, id, len(described))
	}
	if err := it.Validate(); err != nil {
		return it, fmt.Errorf("%w: %w", errRecord, err)
	}
	return it, nil
}

// itemReader reads an item. All its strings are parts of one.
type itemReader struct {
	rest   string
	broken bool
}

func (r *itemReader) byte() byte {
	if r.rest == "" {
		r.broken = true
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *itemReader) uvarint() (x uint64) {
	for shift := 0; shift < 64; shift += 7 {
		b := r.byte()
		x |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return x
		}
	}
	r.broken = true
	return 0
}

func (r *itemReader) varint() int64 {
	x := r.uvarint()
	return int64(x>>1) ^ -int64(x&1)
}

// count reads a number of things that take a byte or more each.
func (r *itemReader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		r.broken = true
		return 0
	}
	return int(n)
}

func (r *itemReader) text() string {
	n := r.count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *itemReader) list() []string {
	n := r.count()
	if n == 0 {
		return nil
	}
	names := make([]string, n)
	for i := range names {
		names[i] = r.text()
	}
	return names
}
