// Package flv reads and writes the label of FLV films: the string AIGC in script.onMetaData.
package flv

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const (
	name     = "FLV"
	keyLabel = "AIGC"

	tagScript = 18
	tagHead   = 11
	// The metadata stands at the beginning. So many tags are looked at.
	maxTags = 64
)

// Sniff reports whether a file that begins like head is an FLV film.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte("FLV\x01")) }

// A tag is one part of the file.
type tag struct {
	kind   byte
	offset int64
	size   int64  // of the data
	time   []byte // time and stream
}

func (t *tag) data() int64 { return t.offset + tagHead }
func (t *tag) end() int64  { return t.data() + t.size + 4 } // with its length behind it

// first returns where the first tag begins.
func first(src carrier.Source) (int64, error) {
	head, err := carrier.Bytes(src, name, 0, 9)
	if err != nil {
		return 0, err
	}
	if !Sniff(head) {
		return 0, carrier.Malformed(name, 0, "it does not begin like one")
	}
	at := int64(binary.BigEndian.Uint32(head[5:])) + 4
	if at < 13 || at > src.Size() {
		return 0, carrier.Malformed(name, 5, "its tags should begin at byte %d", at)
	}
	return at, nil
}

func readTag(src carrier.Source, at int64) (tag, error) {
	b, err := carrier.Bytes(src, name, at, tagHead)
	if err != nil {
		return tag{}, err
	}
	t := tag{b[0] & 31, at, int64(b[1])<<16 | int64(b[2])<<8 | int64(b[3]), b[4:]}
	if t.end() > src.Size() {
		return t, carrier.Malformed(name, at, "a tag of %d bytes does not fit", t.size)
	}
	return t, nil
}

// scripts returns the tags with metadata among the first ones, and their fields.
func scripts(src carrier.Source) (tags []tag, metas []meta, err error) {
	at, err := first(src)
	if err != nil {
		return nil, nil, err
	}
	for n := 0; n < maxTags && at < src.Size(); n++ {
		t, err := readTag(src, at)
		if err != nil {
			return tags, metas, err
		}
		at = t.end()
		if t.kind != tagScript {
			continue
		}
		data, err := carrier.Bytes(src, name, t.data(), t.size)
		if err != nil {
			return tags, metas, err
		}
		m, ok, err := parseMeta(data)
		if err != nil {
			return tags, metas, carrier.Malformed(name, t.data(), "its metadata cannot be read: %v", err)
		}
		if ok {
			tags, metas = append(tags, t), append(metas, m)
		}
	}
	return tags, metas, nil
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	_, metas, err := scripts(src)
	var found []carrier.Found
	for _, m := range metas {
		for _, f := range m.fields {
			if f.name == keyLabel && f.text != nil {
				found = append(found, carrier.Found{Where: name + " onMetaData", Text: f.text})
			}
		}
	}
	return found, err
}

// Write puts the label into the first onMetaData, which it makes if there is none.
func Write(dst io.Writer, src carrier.Source, text string) error {
	tags, metas, err := scripts(src)
	if err != nil {
		return err
	}
	at, err := first(src)
	if err != nil {
		return err
	}
	if tags == nil { // as if an empty one stood in front
		tags, metas = []tag{{tagScript, at, -tagHead - 4, make([]byte, 7)}}, []meta{{prefix: emptyMeta}}
	}
	from := int64(0)
	for i := range tags {
		t, m := &tags[i], &metas[i]
		want := ""
		if i == 0 {
			want = text
		}
		if err := carrier.Copy(dst, src, from, t.offset-from); err != nil {
			return err
		}
		from = t.end()
		data := m.with(want)
		// Only the first one grows much; positions of key frames stand in it too and count from the file's start.
		if i == 0 {
			grown := int64(len(data)) - t.size
			for k := 1; k < len(tags); k++ {
				grown += int64(len(metas[k].with(""))) - tags[k].size
			}
			m.shift(data, t.end(), grown)
		}
		if err := writeTag(dst, t.time, data); err != nil {
			return err
		}
	}
	return carrier.Copy(dst, src, from, src.Size()-from)
}

func writeTag(dst io.Writer, time, data []byte) error {
	if len(data) >= 1<<24 {
		return carrier.Malformed(name, 0, "metadata of %d bytes does not fit into a tag", len(data))
	}
	b := []byte{tagScript, byte(len(data) >> 16), byte(len(data) >> 8), byte(len(data))}
	b = append(b, time...)
	b = append(b, data...)
	b = binary.BigEndian.AppendUint32(b, uint32(tagHead+len(data)))
	_, err := dst.Write(b)
	return err
}

// shift adds delta to the positions in metadata that was written, from the byte from on.
func (m *meta) shift(data []byte, from, delta int64) {
	fresh, ok, err := parseMeta(data)
	if err != nil || !ok {
		return
	}
	for _, at := range fresh.positions {
		v := math.Float64frombits(binary.BigEndian.Uint64(data[at:]))
		if v >= float64(from) {
			binary.BigEndian.PutUint64(data[at:], math.Float64bits(v+float64(delta)))
		}
	}
}
