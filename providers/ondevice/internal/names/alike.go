package names

import (
	"runtime"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/offheap"
)

// A sounding is how the forms of an index sound.
type sounding struct {
	differ   differing // from how characters are read alone
	other    table     // the forms of these, by the keys of their characters
	postings postings
	pool     sync.Pool
	memory   *offheap.Memory // of what is above but the pool; see Index
}

// Names are read many at once, parted by what is in no name.
const (
	together = 1000
	between  = '\n'
)

// listen works out how the names sound.
func (x *Index) listen() *sounding {
	p := phonetics()
	s := &sounding{}
	s.differ.unlike = make([]uint64, len(x.codes)/64+1)
	var text []rune
	var sounds []sound
	at, heard := 0, 0
	for f := range x.forms.len() {
		next := at + x.forms.length(uint32(f))
		for _, code := range x.codes[at:next] {
			text = append(text, x.letters.rune(code))
		}
		at = next
		if text = append(text, between); len(text) < together && f < x.forms.len()-1 {
			continue
		}
		sounds = p.listen(sounds[:0], text)
		for i, r := range text {
			if r == between {
				continue
			}
			if sounds[i] != alone[x.codes[heard]] {
				s.differ.add(heard, sounds[i])
			}
			heard++
		}
		text = text[:0]
	}
	s.differ.pack()
	others := s.others(x)
	s.other = newTable(&x.forms, len(others), slices.Values(others), s.key(x))
	s.postings = newPostings(&x.forms, s.key(x))
	s.settle()
	return s
}

// others returns the forms with characters that are not read as alone, the last one first.
func (s *sounding) others(x *Index) []uint32 {
	var others []uint32
	for f := range x.forms.all {
		if s.differs(x, f) {
			others = append(others, f)
		}
	}
	return others
}

// differs reports whether a form has characters that are not read as alone.
func (s *sounding) differs(x *Index, f uint32) bool { return s.differ.in(x.forms.at(f)) }

// settle moves the tables beside the heap, if they are large.
func (s *sounding) settle() {
	d, p := &s.differ, &s.postings
	s.memory = offheap.Reserve(offheap.Size(d.unlike) + offheap.Size(d.places) + offheap.Size(d.sounds) + offheap.Size(p.bytes) +
		offheap.Size(p.starts) + s.other.size())
	d.unlike, d.places, d.sounds = offheap.Move(s.memory, d.unlike), offheap.Move(s.memory, d.places), offheap.Move(s.memory, d.sounds)
	p.bytes, p.starts = offheap.Move(s.memory, p.bytes), offheap.Move(s.memory, p.starts)
	s.other.move(s.memory)
}

// key returns what gives the key of a character of a form.
func (s *sounding) key(x *Index) func(uint32) uint16 {
	p := phonetics()
	return func(i uint32) uint16 { return p.key(s.sound(x, i), x.codes[i]) }
}

// A work is the room in which one text is compared.
type work struct {
	heard  heard
	shared []uint8  // for each form the number of its sounds that were said
	forms  []uint32 // that have some
	most   int
	room   []uint32
	voice  [MaxRunes]sound
}

func (s *sounding) work(x *Index) *work {
	if w, ok := s.pool.Get().(*work); ok {
		return w
	}
	return &work{shared: make([]uint8, x.forms.len())}
}

// sound returns how a character of a form is read.
func (s *sounding) sound(x *Index, i uint32) sound {
	if s.differ.has(i) {
		return s.differ.sound(i)
	}
	return alone[x.codes[i]]
}

// voice returns how a form sounds, in the room.
func (s *sounding) voice(x *Index, f uint32, room *[MaxRunes]sound) voice {
	from, to := x.forms.at(f)
	codes, sounds := x.codes[from:to], room[:to-from]
	for i, code := range codes {
		sounds[i] = alone[code]
	}
	if s.differ.in(from, to) {
		for i := from; i < to; i++ {
			if s.differ.has(i) {
				sounds[i-from] = s.differ.sound(i)
			}
		}
	}
	return voice{codes, sounds}
}

// Alike returns all names that stand in a sentence as something that sounds the same or is easily confused with it
// (zh and z, n and l, an and ang; tones), in the order of Find. It leaves out what Find returns, and names of one
// character.
func (x *Index) Alike(sentence *Sentence) []Hit {
	if x.Len() == 0 || len(sentence.runes) == 0 {
		return nil
	}
	defer runtime.KeepAlive(x)
	s := x.sound()
	h := sentence.hear(x)
	keys := make([]uint16, len(sentence.runes))
	for i := range keys {
		keys[i] = h.key(i)
	}
	var hits []Hit
	var room [MaxRunes]sound
	key, keyAlone := s.key(x), x.keyAlone()
	for start := range keys {
		if !sentence.parted[start] {
			continue
		}
		from := len(hits)
		found := func(f uint32, length int) {
			end := start + length
			if length < 2 || !x.stands(f, sentence, start, end) {
				return
			}
			if d := h.distance(start, end, s.voice(x, f, &room), farthest); d > 0 && d <= farthest {
				i, j := sentence.view.Span(start, end)
				hits = append(hits, x.hit(f, i, j, d))
			}
		}
		if x.alone.begins(keys[start:]) {
			x.alone.find(keys[start:], &x.forms, keyAlone, func(f uint32, length int) {
				if !s.differs(x, f) {
					found(f, length)
				}
			})
		}
		if s.other.begins(keys[start:]) {
			s.other.find(keys[start:], &x.forms, key, found)
		}
		hits = inOrder(hits, from)
	}
	return hits
}
