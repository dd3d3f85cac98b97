package linear

import "math"

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) } // exact everywhere

// An index finds keys by hashing. The keys are hashes themselves.
type index struct {
	slots []int32 // place of the key, plus one
	keys  []uint32
	shift uint
}

func newIndex(keys []uint32) *index {
	bits := uint(4)
	for 1<<bits < 2*len(keys) {
		bits++
	}
	x := &index{make([]int32, 1<<bits), keys, 32 - bits}
	for i, k := range keys {
		s := x.start(k)
		for x.slots[s] != 0 {
			s = (s + 1) & uint32(len(x.slots)-1)
		}
		x.slots[s] = int32(i) + 1
	}
	return x
}

func (x *index) start(key uint32) uint32 { return (key * 2654435769) >> x.shift }

// find returns the place of a key, or -1.
func (x *index) find(key uint32) int {
	for s := x.start(key); ; s = (s + 1) & uint32(len(x.slots)-1) {
		i := x.slots[s]
		if i == 0 {
			return -1
		}
		if x.keys[i-1] == key {
			return int(i - 1)
		}
	}
}
