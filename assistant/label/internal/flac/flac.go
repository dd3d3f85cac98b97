// Package flac reads and writes the label of FLAC recordings: a Vorbis comment AIGC.
package flac

import (
	"bytes"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/vorbis"
)

const (
	name      = "FLAC"
	signature = "fLaC"
	vendor    = "zhushou"
	maxBlock  = 1<<24 - 1
)

// The blocks.
const (
	streamInfo = 0
	padding    = 1
	comments   = 4
	last       = 0x80
)

// Sniff reports whether a file that begins like head is a FLAC recording.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte(signature)) }

// A block is one part of the file before the samples.
type block struct {
	kind   byte
	offset int64 // of its head of four bytes
	size   int64
}

func (b *block) end() int64 { return b.offset + 4 + b.size }

// blocks returns what stands before the samples.
func blocks(src carrier.Source) ([]block, error) {
	head, err := carrier.Bytes(src, name, 0, int64(len(signature)))
	if err != nil {
		return nil, err
	}
	if !Sniff(head) {
		return nil, carrier.Malformed(name, 0, "it does not begin like one")
	}
	var list []block
	for at := int64(len(signature)); ; {
		b, err := carrier.Bytes(src, name, at, 4)
		if err != nil {
			return list, err
		}
		k := block{b[0] &^ last, at, int64(b[1])<<16 | int64(b[2])<<8 | int64(b[3])}
		switch {
		case k.end() > src.Size():
			return list, carrier.Malformed(name, at, "a block of %d bytes is longer than the file", k.size)
		case len(list) == 0 && k.kind != streamInfo:
			return list, carrier.Malformed(name, at, "the first block should say what the stream is")
		case len(list) == carrier.MaxItems:
			return list, carrier.Malformed(name, at, "more than %d blocks", len(list))
		}
		list = append(list, k)
		at = k.end()
		if b[0]&last != 0 {
			return list, nil
		}
	}
}

func commentsOf(src carrier.Source, b block) (vorbis.Comments, error) {
	data, err := carrier.Bytes(src, name, b.offset+4, b.size)
	if err != nil {
		return vorbis.Comments{}, err
	}
	return vorbis.Parse(data, name)
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	list, err := blocks(src)
	var found []carrier.Found
	for _, b := range list {
		if b.kind != comments {
			continue
		}
		c, err := commentsOf(src, b)
		if err != nil {
			return found, err
		}
		for _, l := range c.Labels() {
			found = append(found, carrier.Found{Where: name + " comment", Text: l})
		}
	}
	return found, err
}

// Write puts the label into the block of comments. Padding that follows the blocks makes up for the
// difference in length where it can.
func Write(dst io.Writer, src carrier.Source, text string) error {
	list, err := blocks(src)
	if err != nil {
		return err
	}
	end := list[len(list)-1].end()
	var out []part
	var has vorbis.Comments
	at, pad := -1, int64(0)
	for _, b := range list {
		switch b.kind {
		case padding:
			pad += 4 + b.size
			continue
		case comments:
			if at >= 0 { // a second block, which must not be
				continue
			}
			if has, err = commentsOf(src, b); err != nil {
				return err
			}
			at = len(out)
		}
		out = append(out, part{block: b})
	}
	if at < 0 {
		if has, err = vorbis.Parse(append([]byte{byte(len(vendor)), 0, 0, 0}, vendor+"\x00\x00\x00\x00"...), name); err != nil {
			return err
		}
		at = 1
		out = append(out[:1:1], append([]part{{block: block{kind: comments}}}, out[1:]...)...)
	}
	out[at].data = has.With(text)
	if len(out[at].data) > maxBlock {
		return carrier.Malformed(name, 0, "with the label the comments are too large")
	}
	size := int64(len(signature))
	for _, p := range out {
		size += 4 + p.length()
	}
	switch left := end - size; {
	case pad == 0:
	case left >= 4:
		out = append(out, padded(min(left-4, maxBlock)))
	case left != 0:
		out = append(out, padded(pad-4))
	}
	if _, err := io.WriteString(dst, signature); err != nil {
		return err
	}
	for i, p := range out {
		if err := p.write(dst, src, i == len(out)-1); err != nil {
			return err
		}
	}
	return carrier.Copy(dst, src, end, src.Size()-end)
}

// A part is a block to be written: one of the file, or of new data.
type part struct {
	block
	data []byte
}

func padded(n int64) part {
	return part{block: block{kind: padding}, data: make([]byte, min(max(0, n), maxBlock))}
}

func (p *part) length() int64 {
	if p.data != nil {
		return int64(len(p.data))
	}
	return p.size
}

func (p *part) write(dst io.Writer, src carrier.Source, isLast bool) error {
	n := p.length()
	head := []byte{p.kind, byte(n >> 16), byte(n >> 8), byte(n)}
	if isLast {
		head[0] |= last
	}
	if _, err := dst.Write(head); err != nil {
		return err
	}
	if p.data == nil {
		return carrier.Copy(dst, src, p.offset+4, p.size)
	}
	_, err := dst.Write(p.data)
	return err
}
