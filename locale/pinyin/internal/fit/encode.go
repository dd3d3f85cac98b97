package main

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
)

// encode returns model.bin.
func encode(models map[rune]*model) ([]byte, error) {
	var b reading.Builder
	for _, r := range slices.Sorted(maps.Keys(models)) {
		m := models[r]
		bias := make([]int16, len(m.sounds))
		for c := range bias {
			bias[c] = int16(math.Round(m.bias[c] * reading.Scale))
		}
		useful := false
		for c := range m.weights {
			useful = useful || len(m.weights[c]) > 0 || bias[c] > 0
		}
		if !useful {
			continue
		}
		if err := b.AddCharacter(r, m.sounds, bias); err != nil {
			return nil, fmt.Errorf("%c: %w", r, err)
		}
		for c, weights := range m.weights {
			for f, w := range weights {
				stored := int8(max(-127, min(127, math.Round(w*reading.Scale))))
				b.AddWeight(r, c, f.kind, f.value, stored)
			}
		}
	}
	return b.Bytes()
}
