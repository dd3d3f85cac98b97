package main

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
)

// phraseTable returns phrases.bin: the length of a double array, it, and lists of overrides. The value of a key is two
// overrides of 15 bits, the place in the phrase above the sound of 12 bits, or, if the lower of the two is 0, the place
// of a list that ends with 0. The key of a surname begins with ^.
func (b *pinyinBook) phraseTable() ([]byte, error) {
	const overrideBits, soundBits, longest = 15, 12, 8
	var entries []doublearray.Entry
	var lists []uint16
	kept := make(map[rune]bool)
	for _, word := range slices.Sorted(maps.Keys(b.words)) {
		runes := []rune(word)
		if len(runes) > longest {
			return nil, fmt.Errorf("pinyin_phrases.txt: %s has more than %d characters", word, longest)
		}
		for _, r := range runes {
			if fold.Script.Rune(r) != r {
				kept[r] = true
			}
		}
		var overrides []uint16
		for _, at := range slices.Sorted(maps.Keys(b.words[word])) {
			overrides = append(overrides, uint16(at)<<soundBits|b.sound(b.words[word][at]))
		}
		value := uint32(len(lists)) << overrideBits
		switch len(overrides) {
		case 1:
			value = uint32(overrides[0])
		case 2:
			value = uint32(overrides[0]) | uint32(overrides[1])<<overrideBits
		default:
			lists = append(append(lists, overrides...), 0)
		}
		entries = append(entries, doublearray.Entry{Key: word, Value: value})
	}
	for _, r := range slices.Sorted(maps.Keys(b.names)) {
		entries = append(entries, doublearray.Entry{Key: "^" + string(r), Value: uint32(b.sound(b.names[r]))})
	}
	array, err := doublearray.Build(entries)
	if err != nil {
		return nil, fmt.Errorf("pinyin_phrases.txt: %w", err)
	}
	keep := string(slices.Sorted(maps.Keys(kept)))
	data := binary.LittleEndian.AppendUint32(nil, uint32(len(array)))
	data = binary.LittleEndian.AppendUint32(data, uint32(len(keep)))
	data = append(append(data, array...), keep...)
	for _, n := range lists {
		data = binary.LittleEndian.AppendUint16(data, n)
	}
	return data, nil
}
