package pinyin

import "strings"

var zhuyinInitials = map[string]string{
	"b": "ㄅ", "p": "ㄆ", "m": "ㄇ", "f": "ㄈ", "d": "ㄉ", "t": "ㄊ", "n": "ㄋ", "l": "ㄌ", "g": "ㄍ", "k": "ㄎ", "h": "ㄏ",
	"j": "ㄐ", "q": "ㄑ", "x": "ㄒ", "zh": "ㄓ", "ch": "ㄔ", "sh": "ㄕ", "r": "ㄖ", "z": "ㄗ", "c": "ㄘ", "s": "ㄙ",
}

var zhuyinFinals = map[string]string{
	"a": "ㄚ", "o": "ㄛ", "e": "ㄜ", "ê": "ㄝ", "ai": "ㄞ", "ei": "ㄟ", "ao": "ㄠ", "ou": "ㄡ", "an": "ㄢ", "en": "ㄣ",
	"ang": "ㄤ", "eng": "ㄥ", "er": "ㄦ", "r": "ㄦ", "ong": "ㄨㄥ",
	"i": "ㄧ", "ia": "ㄧㄚ", "io": "ㄧㄛ", "ie": "ㄧㄝ", "iai": "ㄧㄞ", "iao": "ㄧㄠ", "iu": "ㄧㄡ", "ian": "ㄧㄢ", "in": "ㄧㄣ",
	"iang": "ㄧㄤ", "ing": "ㄧㄥ", "iong": "ㄩㄥ",
	"u": "ㄨ", "ua": "ㄨㄚ", "uo": "ㄨㄛ", "uai": "ㄨㄞ", "ui": "ㄨㄟ", "uan": "ㄨㄢ", "un": "ㄨㄣ", "uang": "ㄨㄤ",
	"ueng": "ㄨㄥ", "uong": "ㄨㄥ",
	"ü": "ㄩ", "üe": "ㄩㄝ", "üan": "ㄩㄢ", "ün": "ㄩㄣ",
	"m": "ㄇ", "n": "ㄣ", "ng": "ㄫ", "hm": "ㄏㄇ", "hng": "ㄏㄫ",
}

// zhuyin writes a syllable in 注音符号. The first tone has no mark, the neutral one a dot in front.
func zhuyin(s sound, tone int) string {
	text := zhuyinInitials[s.initial]
	if s.final != "i" || !isApical(s.initial) {
		text += zhuyinFinals[s.final]
	}
	switch tone {
	case 2, 3, 4:
		return text + [...]string{"ˊ", "ˇ", "ˋ"}[tone-2]
	case Neutral:
		return "˙" + text
	}
	return text
}

// isApical reports whether an i after the initial is the vowel of zhi and zi.
func isApical(initial string) bool {
	switch initial {
	case "zh", "ch", "sh", "r", "z", "c", "s":
		return true
	}
	return false
}

var wadeInitials = map[string]string{
	"p": "p'", "b": "p", "t": "t'", "d": "t", "k": "k'", "g": "k", "q": "ch'", "j": "ch", "x": "hs", "ch": "ch'", "zh": "ch",
	"c": "ts'", "z": "ts", "r": "j",
}

// wadeGiles writes a syllable without its tone in the system of Wade and Giles.
func wadeGiles(s sound) string {
	initial, ok := wadeInitials[s.initial]
	if !ok {
		initial = s.initial
	}
	final := s.final
	switch s.initial {
	case "":
		return wadeAlone(s)
	case "z", "c", "s":
		if final == "i" {
			return strings.NewReplacer("ts", "tz", "s", "ss").Replace(initial) + "ŭ"
		}
	case "zh", "ch", "sh", "r":
		if final == "i" {
			return initial + "ih"
		}
	}
	switch final {
	case "ong":
		final = "ung"
	case "ian":
		final = "ien"
	case "ie":
		final = "ieh"
	case "üe":
		final = "üeh"
	case "iong":
		final = "iung"
	case "e":
		if strings.Contains("gkh", s.initial) {
			final = "o"
		} else {
			final = "ê"
		}
	case "en", "eng":
		final = "ê" + final[1:]
	case "ui":
		if strings.Contains("gk", s.initial) {
			final = "uei"
		}
	case "uo":
		switch s.initial {
		case "g", "k", "h", "sh":
		default:
			final = "o"
		}
	}
	return initial + final
}

// wadeAlone writes a syllable that has no initial.
func wadeAlone(s sound) string {
	switch s.name {
	case "ye":
		return "yeh"
	case "yue":
		return "yüeh"
	case "yan":
		return "yen"
	case "yi":
		return "i"
	case "you":
		return "yu"
	case "yu", "yuan", "yun":
		return "yü" + s.name[2:]
	case "yong":
		return "yung"
	case "wen":
		return "wên"
	case "weng":
		return "wêng"
	case "e":
		return "o"
	case "en", "eng":
		return "ê" + s.name[1:]
	case "er", "r":
		return "êrh"
	}
	return s.name
}
