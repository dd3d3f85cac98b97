package privacy

import (
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// A class says what a character can mean for the cut into blocks and the first look at them.
type class uint8

const (
	mark     class = 1 << iota // ends a block
	comma                      // ends a block unless it stands between digits
	digit                      // 0 to 9, in any width, in a circle
	numeral                    // Chinese digit
	letter                     // Latin letter
	special                    // punctuation of numbers and addresses, and what a door number ends with
	starter                    // first character of a cue
	province                   // first character of a licence plate
)

const word = digit | letter

// A rune beyond the basic plane has no class.
const classified = 0x10000

type classes [classified]class

// of returns the class of a rune.
func (t *classes) of(r rune) class {
	if uint32(r) < classified {
		return t[r]
	}
	return 0
}

const (
	marks          = "\r\n\t。！？；!?;…"
	commas         = ",，"
	plateProvinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
	doorMarks      = "号室栋幢弄"
)

// numerals are the Chinese digits by their value, in simplified script.
var numerals = [10]string{"零〇○", "一壹幺弌", "二贰弍", "三叁弎参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"}

// numeralValue returns the value of a Chinese digit, as folded, or -1.
func numeralValue(r rune) int {
	for v, forms := range numerals {
		if strings.ContainsRune(forms, r) {
			return v
		}
	}
	return -1
}

// circledValue returns the value of a digit in a circle, or -1.
func circledValue(r rune) int {
	for _, one := range "①❶➀➊⓵" {
		if r >= one && r < one+9 {
			return int(r-one) + 1
		}
	}
	if r == '⓪' || r == '⓿' {
		return 0
	}
	return -1
}

// classTable holds the classes of characters in all their forms: what folds to a character has its class.
var classTable = sync.OnceValue(func() *classes {
	t := new(classes)
	add := func(chars string, c class) {
		for _, r := range chars {
			t[r] |= c
		}
	}
	add(marks, mark)
	add(commas, comma)
	add("0123456789", digit)
	add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", letter)
	add("@:.-", special)
	add(doorMarks, special)
	add(plateProvinces, province)
	for _, forms := range numerals {
		add(forms, numeral)
	}
	for r := range cueTable().starts {
		t[r] |= starter
	}
	folded := fold.Width | fold.Script
	for r := rune(0x80); r < classified; r++ {
		if f := folded.Rune(r); f != r && f < classified {
			t[r] |= t[f]
		}
		if circledValue(r) >= 0 {
			t[r] |= digit
		}
	}
	for r := 'A'; r <= 'Z'; r++ {
		t[r] |= t[r-'A'+'a']
		t[r-'A'+'Ａ'] |= t[r-'A'+'a']
	}
	return t
})
