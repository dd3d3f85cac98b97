package view

// A Key names something by a hash. Two things have the same key by bad luck only.
type Key uint32

const (
	seed  Key = 2166136261
	prime Key = 16777619
)

// With returns the key of k followed by x.
func (k Key) With(x Key) Key {
	k = (k ^ (x & 0xffff)) * prime
	k = (k ^ (x >> 16)) * prime
	return k ^ (k >> 15)
}

// KeyOf returns the key of a word.
func KeyOf(s string) Key {
	k := seed
	for i := range len(s) {
		k = (k ^ Key(s[i])) * prime
	}
	return k ^ (k >> 15)
}
