package measure

import (
	_ "embed"
	"encoding/binary"
	"sync"
)

// tokenData has a vocabulary for each tokenizer: the number of words of its filter, the costs of the ideographs in two
// bits each, and the words.
//
//go:embed tokens.bin
var tokenData string

const (
	firstIdeograph = 0x4E00
	ideographs     = 0x5200
)

// A vocabulary is what is known of the tokens of ideographs.
type vocabulary struct {
	costs [ideographs]uint8 // tokens of each ideograph on its own

	// filter is a Bloom filter of the tokens that are two, three or four ideographs. Three bits of one word tell of
	// each. Its length is a power of two.
	filter []uint64
}

var vocabularies = sync.OnceValue(func() *[tokenizers]*vocabulary {
	all := &[tokenizers]*vocabulary{}
	data := []byte(tokenData)
	for i := range all {
		v := &vocabulary{filter: make([]uint64, binary.LittleEndian.Uint32(data))}
		data = data[4:]
		for j := range v.costs {
			v.costs[j] = data[j/4] >> (j % 4 * 2) & 3
		}
		data = data[ideographs/4:]
		for j := range v.filter {
			v.filter[j] = binary.LittleEndian.Uint64(data)
			data = data[8:]
		}
		all[i] = v
	}
	return all
})

// hashFactor makes the hash of ideographs: of numbers in base ideographs, whose digits are the ideographs counted from
// the first one of the block, and the first of three or four one more than that. internal/tablegen has the same.
const hashFactor = 0x9E3779B97F4A7C15

// has returns 1 if the filter has what has the hash, else 0.
func (v *vocabulary) has(hash uint64) uint64 {
	bits := uint64(1)<<(hash>>20&63) | uint64(1)<<(hash>>26&63) | uint64(1)<<(hash>>32&63)
	if v.filter[hash>>48&uint64(len(v.filter)-1)]&bits == bits {
		return 1
	}
	return 0
}
