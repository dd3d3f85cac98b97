package speech

import "unicode/utf8"

// What a byte can begin, by its first byte.
const (
	silent  = iota // nothing
	three          // nothing: a Chinese character of three bytes
	perhaps        // look at the character
	trigger        // something to say
)

// wakes tells the bytes that texts without anything to say are made of from those that need a look.
var wakes = func() (t [256]uint8) {
	for c := '0'; c <= '9'; c++ {
		t[c] = trigger
	}
	for _, c := range "%$&=+-~/*^<>@#'" {
		t[c] = trigger
	}
	for _, c := range ".IVX" {
		t[c] = perhaps
	}
	for c := 0xE4; c <= 0xE9; c++ {
		t[c] = three
	}
	for _, c := range []int{0xC2, 0xC3, 0xCE, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3} {
		t[c] = perhaps
	}
	return t
}()

// firstTrigger returns the offset of the first character that may be said otherwise, or the length of s.
func firstTrigger(s string) int {
	for i := 0; i < len(s); {
		switch c := s[i]; wakes[c] {
		case silent:
			i++
		case three:
			i += 3
		case trigger:
			return i
		default:
			n := mayTrigger(s, i)
			if n == 0 {
				return i
			}
			i += n
		}
	}
	return len(s)
}

// mayTrigger returns the length of the character of s at i, or 0 if it may be said otherwise.
func mayTrigger(s string, i int) int {
	next := func(k int) byte {
		if i+k < len(s) {
			return s[i+k]
		}
		return 0
	}
	switch s[i] {
	case '.':
		if isLetter(next(1)) {
			return 0
		}
		return 1
	case 'I', 'V', 'X': // Roman, if a Chinese character is on one side
		for n := 1; n <= 4; n++ {
			if c := next(n); c >= utf8.RuneSelf || i > 0 && s[i-1] >= utf8.RuneSelf {
				return 0
			} else if c != 'I' && c != 'V' && c != 'X' {
				break
			}
		}
		return 1
	case 0xC2:
		if next(1) == 0xB7 || next(1) == 0xA0 {
			return 2
		}
	case 0xE2:
		if next(1) == 0x80 && next(2) != 0xB0 && next(2) != 0xB1 {
			return 3
		}
	case 0xE3:
		if next(1) < 0x88 && next(1) != 0x80 || next(1) == 0x80 && next(2) != 0x9C {
			return 3
		}
	case 0xEF:
		if next(1) == 0xBC {
			switch next(2) {
			case 0x81, 0x88, 0x89, 0x8C, 0x8E, 0x9A, 0x9B, 0x9F: // ！（），．：；？
				return 3
			}
		}
	case 0xF0:
		if next(1) != 0x9F {
			return 4
		}
	}
	return 0
}
