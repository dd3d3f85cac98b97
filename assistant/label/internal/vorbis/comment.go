// Package vorbis reads and writes Vorbis comments, in which FLAC, Ogg Vorbis and Opus recordings have their
// label: AIGC=...
package vorbis

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const key = "AIGC="

// Comments are what a comment block holds.
type Comments struct {
	vendor []byte
	list   [][]byte
	tail   []byte // what follows the list: a framing bit, padding
}

// Parse reads a block. name is that of the format, for errors.
func Parse(b []byte, name string) (Comments, error) {
	var c Comments
	bad := func(what string) (Comments, error) { return c, carrier.Malformed(name, 0, "the comments: %s", what) }
	one := func() ([]byte, bool) {
		if len(b) < 4 {
			return nil, false
		}
		n := binary.LittleEndian.Uint32(b)
		if uint64(n) > uint64(len(b)-4) {
			return nil, false
		}
		v := b[4 : 4+n]
		b = b[4+n:]
		return v, true
	}
	var ok bool
	if c.vendor, ok = one(); !ok {
		return bad("the vendor is cut off")
	}
	if len(b) < 4 {
		return bad("their number is cut off")
	}
	n := binary.LittleEndian.Uint32(b)
	b = b[4:]
	if uint64(n) > uint64(len(b)/4) {
		return bad("there are fewer than it says")
	}
	if n > carrier.MaxItems {
		return bad("there are too many")
	}
	c.list = make([][]byte, 0, min(n, 1024))
	for range n {
		v, ok := one()
		if !ok {
			return bad("one is cut off")
		}
		c.list = append(c.list, v)
	}
	c.tail = b
	return c, nil
}

func isLabel(comment []byte) bool {
	return len(comment) >= len(key) && strings.EqualFold(string(comment[:len(key)]), key)
}

// Labels returns every label.
func (c *Comments) Labels() [][]byte {
	var labels [][]byte
	for _, v := range c.list {
		if isLabel(v) {
			labels = append(labels, bytes.Clone(v[len(key):]))
		}
	}
	return labels
}

// With returns the block with text as its one label, behind the other comments.
func (c *Comments) With(text string) []byte {
	list := make([][]byte, 0, len(c.list)+1)
	for _, v := range c.list {
		if !isLabel(v) {
			list = append(list, v)
		}
	}
	list = append(list, []byte(key+text))
	b := appendOne(nil, c.vendor)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(list)))
	for _, v := range list {
		b = appendOne(b, v)
	}
	return append(b, c.tail...)
}

func appendOne(b, v []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(v))), v...)
}
