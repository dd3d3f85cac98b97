// Package avi reads and writes the label of AVI films: the chunk AIGC in the list INFO.
//
// The list takes the place of the old one and of the padding behind it, so that nothing moves; where there is
// too little room it goes to the end of the file, if that has one part only.
package avi

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const (
	name     = "AVI"
	keyLabel = "AIGC"
)

// Sniff reports whether a file that begins like head is an AVI film.
func Sniff(head []byte) bool {
	return len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "AVI "
}

// A chunk is one part of the file.
type chunk struct {
	id     string
	list   string // kind of a list
	offset int64
	size   int64 // of the data, without padding
}

func (c *chunk) data() int64 { return c.offset + 8 }
func (c *chunk) end() int64  { return c.data() + c.size + c.size&1 }

func readChunk(src carrier.Source, at, limit int64) (chunk, error) {
	b, err := carrier.Bytes(src, name, at, min(12, limit-at))
	if err != nil {
		return chunk{}, err
	}
	if len(b) < 8 {
		return chunk{}, carrier.Malformed(name, at, "%d bytes are no chunk", len(b))
	}
	c := chunk{id: string(b[:4]), offset: at, size: int64(binary.LittleEndian.Uint32(b[4:]))}
	if (c.id == "LIST" || c.id == "RIFF") && len(b) == 12 && c.size >= 4 {
		c.list = string(b[8:])
	}
	if c.data()+c.size > limit {
		return c, carrier.Malformed(name, at, "the chunk %q of %d bytes does not fit", c.id, c.size)
	}
	return c, nil
}

// chunks returns the chunks between two offsets. A last one without its padding is whole.
func chunks(src carrier.Source, from, limit int64) ([]chunk, error) {
	var out []chunk
	for at := from; at < limit; {
		c, err := readChunk(src, at, limit)
		if err != nil {
			return out, err
		}
		if len(out) == carrier.MaxItems {
			return out, carrier.Malformed(name, at, "more than %d chunks", len(out))
		}
		out = append(out, c)
		at = c.end()
	}
	return out, nil
}

// look returns the parts of the file and the chunks of the first.
func look(src carrier.Source) (riff chunk, alone bool, parts []chunk, err error) {
	if riff, err = readChunk(src, 0, src.Size()); err != nil {
		return riff, false, nil, err
	}
	if riff.id != "RIFF" || riff.list != "AVI " {
		return riff, false, nil, carrier.Malformed(name, 0, "it does not begin like one")
	}
	parts, err = chunks(src, riff.data()+4, riff.data()+riff.size)
	return riff, riff.end() >= src.Size(), parts, err
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	_, _, parts, err := look(src)
	var found []carrier.Found
	for _, p := range parts {
		if p.list != "INFO" {
			continue
		}
		entries, err := chunks(src, p.data()+4, p.data()+p.size)
		if err != nil {
			return found, err
		}
		for _, e := range entries {
			if e.id != keyLabel {
				continue
			}
			b, err := carrier.Bytes(src, name, e.data(), e.size)
			if err != nil {
				return found, err
			}
			found = append(found, carrier.Found{Where: name + " LIST INFO", Text: bytes.TrimRight(b, "\x00")})
		}
	}
	return found, err
}

// Write puts the label into the list INFO.
func Write(dst io.Writer, src carrier.Source, text string) error {
	riff, alone, parts, err := look(src)
	if err != nil {
		return err
	}
	info, old, err := merge(src, parts, text)
	if err != nil {
		return err
	}
	place, room := space(parts, old, int64(len(info)))
	if place < 0 {
		if !alone {
			return carrier.Malformed(name, riff.end(), "it has several parts and no padding where the label could stand")
		}
		place, room = riff.end(), 0
	}
	size := riff.size + riff.size&1
	if room > 0 {
		info = pad(info, room)
	} else {
		size += int64(len(info))
	}
	if size > 1<<32-1 {
		return carrier.Malformed(name, 4, "it would become longer than it can say")
	}
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(riff.size))
	if room == 0 {
		head = binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(size))
	}
	if _, err := dst.Write(head); err != nil {
		return err
	}
	at := int64(8)
	to := func(offset int64) error {
		n := max(0, min(offset, src.Size())-at)
		if err := carrier.Copy(dst, src, at, n); err != nil {
			return err
		}
		if at += n; at < offset { // a last chunk without its padding
			at = offset
			_, err := dst.Write([]byte{0})
			return err
		}
		return nil
	}
	write := func(offset, room int64, b []byte) error {
		if err := to(offset); err != nil {
			return err
		}
		at += room
		_, err := dst.Write(b)
		return err
	}
	done := false
	for _, o := range old {
		if !done && place <= o.offset {
			if err := write(place, room, info); err != nil {
				return err
			}
			done = true
		}
		if o.offset >= place && o.offset < place+room {
			continue // the new list stands there
		}
		if err := write(o.offset, o.end()-o.offset, junk(o.end()-o.offset)); err != nil {
			return err
		}
	}
	if !done {
		if err := write(place, room, info); err != nil {
			return err
		}
	}
	return to(max(at, src.Size()))
}

// merge returns one list with all that the old ones say and the label, and the old ones.
func merge(src carrier.Source, parts []chunk, text string) (info []byte, old []chunk, err error) {
	data := []byte("INFO")
	for _, p := range parts {
		if p.list != "INFO" {
			continue
		}
		old = append(old, p)
		entries, err := chunks(src, p.data()+4, p.data()+p.size)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range entries {
			if e.id == keyLabel {
				continue
			}
			b, err := carrier.Bytes(src, name, e.data(), e.size)
			if err != nil {
				return nil, nil, err
			}
			data = appendChunk(data, e.id, b)
		}
	}
	return appendChunk(nil, "LIST", appendChunk(data, keyLabel, []byte(text))), old, nil
}

// space returns the first stretch of old lists and padding that takes need bytes, and its length; -1 if there
// is none.
func space(parts, old []chunk, need int64) (place, room int64) {
	usable := func(c chunk) bool {
		for _, o := range old {
			if o.offset == c.offset {
				return true
			}
		}
		return c.id == "JUNK"
	}
	for i, p := range parts {
		if !usable(p) || i > 0 && usable(parts[i-1]) {
			continue
		}
		room := int64(0)
		for _, q := range parts[i:] {
			if !usable(q) {
				break
			}
			room += q.end() - q.offset
		}
		if room == need || room >= need+8 {
			return p.offset, room
		}
	}
	return -1, 0
}

func pad(info []byte, room int64) []byte {
	if free := room - int64(len(info)); free > 0 {
		info = append(info, junk(free)...)
	}
	return info
}

// junk returns padding of n bytes, at least 8.
func junk(n int64) []byte {
	return append(binary.LittleEndian.AppendUint32([]byte("JUNK"), uint32(n-8)), make([]byte, n-8)...)
}

func appendChunk(b []byte, id string, data []byte) []byte {
	b = binary.LittleEndian.AppendUint32(append(b, id...), uint32(len(data)))
	b = append(b, data...)
	if len(data)%2 == 1 {
		b = append(b, 0)
	}
	return b
}
