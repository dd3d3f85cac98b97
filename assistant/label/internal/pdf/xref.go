package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"strconv"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const (
	name = "PDF"

	maxSections = 1024     // of the index
	maxObject   = 1 << 20  // of the few objects that are read
	maxStream   = 32 << 20 // unpacked
)

// A place says where an object is: at an offset, or as number index in the stream of another object.
type place struct {
	offset int64
	stream int64 // number of the object that holds it; 0 if it stands by itself
	index  int
	gen    int
	free   bool
}

// A document is a file whose index was read.
type document struct {
	src     carrier.Source
	shift   int64 // of the header, from which offsets count
	start   int64 // of the youngest section of the index, as the file says it
	stream  bool  // the youngest section is a stream
	trailer object
	places  map[int64]place
}

// open reads the index.
func open(src carrier.Source) (*document, error) {
	head, err := carrier.Bytes(src, name, 0, min(1024, src.Size()))
	if err != nil {
		return nil, err
	}
	d := &document{src: src, places: make(map[int64]place)}
	if d.shift = int64(bytes.Index(head, []byte("%PDF-"))); d.shift < 0 {
		return nil, carrier.Malformed(name, 0, "it does not begin like one")
	}
	from := max(0, src.Size()-2048)
	tail, err := carrier.Bytes(src, name, from, src.Size()-from)
	if err != nil {
		return nil, err
	}
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		return nil, carrier.Malformed(name, src.Size(), "it does not end with startxref")
	}
	p := parser{b: tail[i+len("startxref"):]}
	o, err := p.object()
	if err != nil || o.kind != kindInt {
		return nil, carrier.Malformed(name, from+int64(i), "startxref says nothing")
	}
	d.start = o.num
	return d, d.sections()
}

// sections reads the index from its youngest section to its oldest.
func (d *document) sections() error {
	seen := make(map[int64]bool)
	todo := []int64{d.start}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if seen[at] {
			continue
		}
		if seen[at] = true; len(seen) > maxSections {
			return carrier.Malformed(name, at, "its index has more than %d sections", maxSections)
		}
		trailer, stream, err := d.section(at)
		if err != nil {
			return err
		}
		if at == d.start {
			d.trailer, d.stream = trailer, stream
		}
		if x := trailer.get("XRefStm"); x.kind == kindInt { // of a hybrid file, before what came earlier
			todo = append(todo, x.num)
		}
		if prev := trailer.get("Prev"); prev.kind == kindInt {
			todo = append(todo, prev.num)
		}
	}
	return nil
}

// window returns what stands at an offset of the file, up to n bytes.
func (d *document) window(at, n int64) ([]byte, error) {
	if at += d.shift; at < 0 || at >= d.src.Size() {
		return nil, carrier.Malformed(name, at, "an offset points out of the file")
	}
	return carrier.Bytes(d.src, name, at, min(n, d.src.Size()-at))
}

// section reads one section of the index.
func (d *document) section(at int64) (trailer object, stream bool, err error) {
	b, err := d.window(at, 64)
	if err != nil {
		return trailer, false, err
	}
	p := parser{b: b}
	if p.keyword("xref") {
		trailer, err = d.table(at)
		return trailer, false, err
	}
	trailer, data, err := d.streamAt(at)
	if err != nil {
		return trailer, false, err
	}
	if trailer.get("Type").name != "XRef" {
		return trailer, false, carrier.Malformed(name, at, "no index stands here")
	}
	return trailer, true, d.binary(at, trailer, data)
}

// table reads a section in the old form: lines of 20 characters.
func (d *document) table(at int64) (trailer object, err error) {
	for n := int64(64 << 10); ; n *= 8 { // most are short, and how long they are is known at their end only
		b, err := d.window(at, min(n, carrier.MaxMetadata))
		if err != nil {
			return trailer, err
		}
		trailer, err := d.rows(at, b)
		if err == nil || int64(len(b)) < n {
			return trailer, err
		}
	}
}

func (d *document) rows(at int64, b []byte) (trailer object, err error) {
	p := parser{b: b}
	p.keyword("xref")
	for !p.keyword("trailer") {
		first, err1 := p.object()
		count, err2 := p.object()
		if err1 != nil || err2 != nil || first.kind != kindInt || count.kind != kindInt || count.num < 0 || count.num > maxItems {
			return trailer, carrier.Malformed(name, at+int64(p.at), "the index is damaged")
		}
		for i := range count.num {
			offset, err1 := p.object()
			gen, err2 := p.object()
			if err1 != nil || err2 != nil || offset.kind != kindInt || gen.kind != kindInt {
				return trailer, carrier.Malformed(name, at+int64(p.at), "the index is damaged")
			}
			used := p.keyword("n")
			if !used && !p.keyword("f") {
				return trailer, carrier.Malformed(name, at+int64(p.at), "the index is damaged")
			}
			d.add(first.num+i, place{offset: offset.num, gen: int(gen.num), free: !used})
		}
	}
	trailer, err = p.object()
	if err != nil || trailer.kind != kindDict {
		return trailer, carrier.Malformed(name, at+int64(p.at), "the trailer is damaged")
	}
	return trailer, nil
}

// add keeps where an object is. Younger sections come first, and count.
func (d *document) add(num int64, p place) {
	if _, ok := d.places[num]; !ok {
		d.places[num] = p
	}
}

// binary reads a section in the form of a stream.
func (d *document) binary(at int64, trailer object, data []byte) error {
	w := trailer.get("W").list
	if len(w) < 3 {
		return carrier.Malformed(name, at, "the index does not say how wide it is")
	}
	var width [3]int
	row := 0
	for i := range width {
		n := w[i].int(-1)
		if n < 0 || n > 8 {
			return carrier.Malformed(name, at, "the index has a field of %d bytes", n)
		}
		width[i] = int(n)
		row += int(n)
	}
	if row == 0 {
		return carrier.Malformed(name, at, "the index has no fields")
	}
	ranges := trailer.get("Index").list
	if len(ranges) == 0 {
		ranges = []object{{kind: kindInt}, {kind: kindInt, num: trailer.get("Size").int(0)}}
	}
	for i := 0; i+1 < len(ranges); i += 2 {
		first, count := ranges[i].int(-1), ranges[i+1].int(-1)
		if first < 0 || count < 0 || count > maxItems {
			return carrier.Malformed(name, at, "the index has a range that cannot be")
		}
		for n := range count {
			if len(data) < row {
				return nil // what is not there is free
			}
			kind := field(data[:width[0]], 1)
			two := field(data[width[0]:width[0]+width[1]], 0)
			three := field(data[width[0]+width[1]:row], 0)
			data = data[row:]
			switch kind {
			case 0:
				d.add(first+n, place{free: true})
			case 1:
				d.add(first+n, place{offset: two, gen: int(three)})
			case 2:
				d.add(first+n, place{stream: two, index: int(three)})
			}
		}
	}
	return nil
}

func field(b []byte, otherwise int64) int64 {
	if len(b) == 0 {
		return otherwise
	}
	v := int64(0)
	for _, c := range b {
		v = v<<8 | int64(c)
	}
	return v
}

// object returns an object by its number.
func (d *document) object(num int64) (object, error) {
	p, ok := d.places[num]
	if !ok || p.free {
		return object{}, nil // as the format wants it
	}
	if p.stream != 0 {
		return d.packed(p)
	}
	b, err := d.window(p.offset, maxObject)
	if err != nil {
		return object{}, err
	}
	o, _, err := numbered(b, p.offset, num)
	return o, err
}

// numbered reads "12 0 obj" and the object behind it, and returns where that ends.
func numbered(b []byte, at, num int64) (o object, end int, err error) {
	w := parser{b: b}
	got, err1 := w.object()
	_, err2 := w.object()
	if err1 != nil || err2 != nil || got.num != num && num != 0 || !w.keyword("obj") {
		return o, 0, carrier.Malformed(name, at, "object %d does not stand where the index says", num)
	}
	if o, err = w.object(); err != nil {
		return o, 0, carrier.Malformed(name, at, "object %d: %v", num, err)
	}
	return o, w.at, nil
}

// resolve follows a reference.
func (d *document) resolve(o *object) (object, error) {
	if o.kind != kindRef {
		return *o, nil
	}
	return d.object(o.num)
}

// packed returns an object out of a stream of objects.
func (d *document) packed(p place) (object, error) {
	at, ok := d.places[p.stream]
	if !ok || at.free || at.stream != 0 {
		return object{}, carrier.Malformed(name, 0, "there is no stream of objects %d", p.stream)
	}
	dict, data, err := d.streamAt(at.offset)
	if err != nil {
		return object{}, err
	}
	first := dict.get("First").int(-1)
	if first < 0 || first > int64(len(data)) || p.index < 0 || int64(p.index) >= dict.get("N").int(0) {
		return object{}, carrier.Malformed(name, at.offset, "a stream of objects is damaged")
	}
	w := parser{b: data[:first]}
	for range p.index {
		if _, err := w.object(); err != nil {
			return object{}, carrier.Malformed(name, at.offset, "a stream of objects is damaged")
		}
		if _, err := w.object(); err != nil {
			return object{}, carrier.Malformed(name, at.offset, "a stream of objects is damaged")
		}
	}
	_, err1 := w.object()
	offset, err2 := w.object()
	if err1 != nil || err2 != nil || offset.kind != kindInt || offset.num < 0 || offset.num > int64(len(data))-first {
		return object{}, carrier.Malformed(name, at.offset, "a stream of objects is damaged")
	}
	w = parser{b: data[first+offset.num:]}
	o, err := w.object()
	if err != nil {
		return o, carrier.Malformed(name, at.offset, "a stream of objects: %v", err)
	}
	return o, nil
}

// streamAt returns the dictionary and the data of the stream at an offset.
func (d *document) streamAt(at int64) (object, []byte, error) {
	b, err := d.window(at, maxObject)
	if err != nil {
		return object{}, nil, err
	}
	dict, end, err := numbered(b, at, 0)
	if err != nil {
		return dict, nil, err
	}
	if dict.kind != kindDict {
		return dict, nil, carrier.Malformed(name, at, "no stream stands here")
	}
	p := parser{b: b, at: end}
	if !p.keyword("stream") {
		return dict, nil, carrier.Malformed(name, at, "no stream stands here")
	}
	if p.at < len(b) && b[p.at] == '\r' {
		p.at++
	}
	if p.at < len(b) && b[p.at] == '\n' {
		p.at++
	}
	length := dict.get("Length")
	if length.kind == kindRef {
		where, ok := d.places[length.num]
		if !ok || where.stream != 0 {
			return dict, nil, carrier.Malformed(name, at, "a stream does not say how long it is")
		}
		w, err := d.window(where.offset, 256)
		if err != nil {
			return dict, nil, err
		}
		o, _, err := numbered(w, where.offset, length.num)
		if err != nil {
			return dict, nil, err
		}
		length = &o
	}
	n := length.int(-1)
	if n < 0 || n > carrier.MaxMetadata {
		return dict, nil, carrier.Malformed(name, at, "a stream of %d bytes", n)
	}
	packed, err := carrier.Bytes(d.src, name, at+d.shift+int64(p.at), n)
	if err != nil {
		return dict, nil, err
	}
	data, err := unpack(&dict, packed)
	if err != nil {
		return dict, nil, carrier.Malformed(name, at, "a stream cannot be unpacked: %v", err)
	}
	return dict, data, nil
}

// unpack undoes the filters that an index and its like have.
func unpack(dict *object, b []byte) ([]byte, error) {
	filter, parms := dict.get("Filter"), dict.get("DecodeParms")
	if filter.kind == kindArray && len(filter.list) == 1 {
		filter = &filter.list[0]
		if parms.kind == kindArray && len(parms.list) == 1 {
			parms = &parms.list[0]
		}
	}
	switch {
	case filter.kind == kindNull, filter.kind == kindArray && len(filter.list) == 0:
		return b, nil
	case filter.name != "FlateDecode":
		return nil, errors.New("filter " + strconv.Quote(filter.name) + " is not known")
	}
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	out, err := io.ReadAll(io.LimitReader(z, maxStream+1))
	if err != nil && len(out) == 0 {
		return nil, err
	}
	if len(out) > maxStream {
		return nil, errors.New("it is too long")
	}
	switch predictor := parms.get("Predictor").int(1); {
	case predictor == 1:
		return out, nil
	case predictor >= 10 && predictor <= 15:
		return unpredict(out, int(parms.get("Colors").int(1)*parms.get("BitsPerComponent").int(8)/8*parms.get("Columns").int(1)))
	default:
		return nil, errors.New("its predictor is not known")
	}
}

// unpredict undoes the filters of PNG, for one byte a pixel.
func unpredict(b []byte, columns int) ([]byte, error) {
	if columns < 1 || columns > 1<<16 {
		return nil, errors.New("its rows cannot be")
	}
	var out []byte
	above := make([]byte, columns)
	for len(b) > columns {
		kind, row := b[0], bytes.Clone(b[1:columns+1])
		b = b[columns+1:]
		for i := range row {
			left, corner := byte(0), byte(0)
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			switch kind {
			case 0:
			case 1:
				row[i] += left
			case 2:
				row[i] += above[i]
			case 3:
				row[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				row[i] += paeth(left, above[i], corner)
			default:
				return nil, errors.New("its filter is not known")
			}
		}
		out, above = append(out, row...), row
	}
	return out, nil
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(n int) int { return max(n, -n) }
