package names

import "slices"

// Differing are the sounds of the characters that are not read as alone, by their places; there are few.
type differing struct {
	unlike []uint64 // a bit for each character, set if it is one of them
	places []uint32 // ascending
	sounds []sound
}

// add adds the sound of a character behind all others.
func (d *differing) add(place int, s sound) {
	d.unlike[place/64] |= 1 << (place % 64)
	d.places = append(d.places, uint32(place))
	d.sounds = append(d.sounds, s)
}

// pack ends the growth.
func (d *differing) pack() { d.places, d.sounds = tight(d.places), tight(d.sounds) }

func (d *differing) has(place uint32) bool { return d.unlike[place/64]>>(place%64)&1 != 0 }

// in reports whether there are some from one place to another, at most MaxRunes on.
func (d *differing) in(from, to uint32) bool {
	bits := d.unlike[from/64] >> (from % 64)
	if to > from|63 && int(from/64)+1 < len(d.unlike) {
		bits |= d.unlike[from/64+1] << (64 - from%64)
	}
	return bits<<(64-(to-from)) != 0
}

// sound returns the sound of one of them.
func (d *differing) sound(place uint32) sound {
	i, _ := slices.BinarySearch(d.places, place)
	return d.sounds[i]
}
