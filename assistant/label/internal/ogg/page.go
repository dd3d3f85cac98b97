// Package ogg reads and writes the label of Ogg recordings (Vorbis, Opus, FLAC, Speex) and films (Theora): a
// comment AIGC.
package ogg

import (
	"encoding/binary"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const (
	name     = "Ogg"
	capture  = "OggS"
	headSize = 27
)

// The flags of a page.
const (
	continued = 1
	begins    = 2
)

// A page is one part of the file.
type page struct {
	at       int64
	flags    byte
	serial   uint32
	sequence uint32
	lacing   []byte // lengths of the segments
	body     int64  // the length of all
}

func (p *page) size() int64 { return headSize + int64(len(p.lacing)) + p.body }

// readPage reads the head of the page at an offset.
func readPage(src carrier.Source, at int64) (page, error) {
	b, err := carrier.Bytes(src, name, at, min(headSize+255, src.Size()-at))
	if err != nil {
		return page{}, err
	}
	if len(b) < headSize || string(b[:4]) != capture || b[4] != 0 {
		return page{}, carrier.Malformed(name, at, "a page should begin here")
	}
	n := int(b[26])
	if len(b) < headSize+n {
		return page{}, carrier.Malformed(name, at, "the page is cut off")
	}
	p := page{
		at: at, flags: b[5], serial: binary.LittleEndian.Uint32(b[14:]), sequence: binary.LittleEndian.Uint32(b[18:]),
		lacing: b[headSize : headSize+n],
	}
	for _, v := range p.lacing {
		p.body += int64(v)
	}
	if at+p.size() > src.Size() {
		return page{}, carrier.Malformed(name, at, "a page of %d bytes is longer than the file", p.size())
	}
	return p, nil
}

// table is that of the checksum, whose polynomial is 0x04c11db7, unreflected.
var table = sync.OnceValue(func() *[256]uint32 {
	t := new([256]uint32)
	for i := range t {
		r := uint32(i) << 24
		for range 8 {
			if r>>31 > 0 {
				r = r<<1 ^ 0x04c11db7
			} else {
				r <<= 1
			}
		}
		t[i] = r
	}
	return t
})

// seal puts the checksum into a page.
func seal(b []byte) {
	clear(b[22:26])
	t, sum := table(), uint32(0)
	for _, c := range b {
		sum = sum<<8 ^ t[byte(sum>>24)^c]
	}
	binary.LittleEndian.PutUint32(b[22:], sum)
}

// appendPages writes packets as pages of their own, which follow the first page of a stream, and returns
// how many they are.
func appendPages(b []byte, serial uint32, packets [][]byte) ([]byte, uint32) {
	var lacing, data []byte
	for _, p := range packets {
		for n := len(p); ; n -= 255 {
			lacing = append(lacing, byte(min(n, 255)))
			if n < 255 {
				break
			}
		}
		data = append(data, p...)
	}
	sequence := uint32(1)
	inside := false // a packet goes on
	for len(lacing) > 0 {
		now := lacing[:min(255, len(lacing))]
		lacing = lacing[len(now):]
		size, ends := 0, false
		for _, v := range now {
			size += int(v)
			ends = ends || v < 255
		}
		at := len(b)
		b = append(b, capture...)
		b = append(b, 0, 0)
		if inside {
			b[at+5] = continued
		}
		granule := uint64(0)
		if !ends { // no packet ends on this page
			granule = 1<<64 - 1
		}
		b = binary.LittleEndian.AppendUint64(b, granule)
		b = binary.LittleEndian.AppendUint32(b, serial)
		b = binary.LittleEndian.AppendUint32(b, sequence)
		b = append(b, 0, 0, 0, 0, byte(len(now)))
		b = append(b, now...)
		b = append(b, data[:size]...)
		seal(b[at:])
		data = data[size:]
		inside = now[len(now)-1] == 255
		sequence++
	}
	return b, sequence - 1
}
