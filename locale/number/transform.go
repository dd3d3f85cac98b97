package number

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// Arabic returns s with the numbers that are written in Chinese characters written in Arabic digits:
// 二〇二六年的第三场雨 becomes 2026年的第3场雨. What Find passes over and what is only approximate (十几个)
// stays as it is, and so do tenths and discounts.
func Arabic(s string) string {
	return rewrite(s, func(m Match) (string, int) {
		text := m.Text
		p := Options{}.scanner(text, false)
		about := text[:p.before(0)]
		if about != "" {
			n, err := Parse(text[len(about):])
			if err != nil {
				return "", 0
			}
			text, m.Number = text[len(about):], n
		}
		if m.Number.Approx || !hasNumeral(text) {
			return "", 0
		}
		switch m.Kind {
		case Percent:
			return about + m.Number.scale(2).String() + "%", 0
		case Ordinal:
			if m.Number.Sign() < 0 {
				return "倒数第" + m.Number.neg().String(), 0
			}
			return "第" + m.Number.String(), 0
		case Fraction:
			return about + m.Number.Rat().RatString(), 0
		case Multiple:
			return about + m.Number.String() + "倍", 0
		case Cardinal:
			if digits, err := DigitByDigit(text); err == nil {
				return about + digits, 0
			}
			return about + m.Number.String(), 0
		}
		return "", 0
	})
}

// Chinese returns s with the numbers that are written in Arabic digits written in Chinese characters, as
// they are read: 2026年7月 becomes 二零二六年七月, 6% becomes 百分之六 and 27℃ 二十七摄氏度.
func Chinese(s string) string {
	return rewrite(s, func(m Match) (string, int) {
		if !strings.ContainsAny(m.Text, "0123456789０１２３４５６７８９") {
			return "", 0
		}
		rest := s[m.End:]
		switch m.Kind {
		case Percent:
			return "百分之" + Format(m.Number.scale(2), Lower), 0
		case Fraction:
			r := m.Number.Rat()
			numerator, denominator := FromRat(new(big.Rat).SetInt(r.Num())), FromRat(new(big.Rat).SetInt(r.Denom()))
			return Format(denominator, Lower) + "分之" + Format(numerator, Lower), 0
		}
		year := strings.HasPrefix(rest, "年") && len(m.Text) == 4
		code := m.Number.IsInt() && (m.Text[0] == '0' && len(m.Text) > 1 || len(m.Text) >= 11)
		if m.Kind == Cardinal && (year || code) && next(m.Text, 0).kind == arabic {
			return Form{Style: Digits}.digits(m.Text), 0
		}
		if r, w := utf8.DecodeRuneInString(rest); m.Text == "2" && w > 0 && strings.ContainsRune(countedInPairs, r) {
			return "两", 0
		}
		if k := skip(rest, 0, "℃", "°C"); k > 0 {
			return spelled(m.Text) + "摄氏度", k
		}
		return spelled(m.Text), 0
	})
}

// spelled returns s, one number, with its Arabic digits in Chinese: 2.5亿 becomes 二点五亿.
func spelled(s string) string {
	var b strings.Builder
	p := scanner{s: s}
	for i := 0; i < len(s); {
		if n, end, ok := p.arabic(i); ok {
			b.WriteString(Form{Decimals: decimalsIn(s[i:end]), Plain: n.digits == 1}.Format(n.value))
			i = end
			continue
		}
		t := next(s, i)
		if t.r == '-' || t.r == '－' || t.r == '−' {
			b.WriteString("负")
		} else if t.r != '+' {
			b.WriteString(s[i : i+t.width])
		}
		i += t.width
	}
	return b.String()
}

// countedInPairs lists measure words before which 2 is read 两.
const countedInPairs = "个個位名只条條张張本件杯碗瓶台辆輛家种種次遍天周座棟栋间間双雙份封把块塊"

// decimalsIn returns the number of decimals that s shows.
func decimalsIn(s string) int {
	_, decimals, _ := strings.Cut(s, ".")
	n := 0
	for n < len(decimals) && '0' <= decimals[n] && decimals[n] <= '9' {
		n++
	}
	return n
}

// hasNumeral reports whether a Chinese numeral is in s.
func hasNumeral(s string) bool {
	for _, r := range s {
		if k := classify(r).kind; k != other && k != arabic || r == '半' {
			return true
		}
	}
	return false
}

// rewrite replaces each number in s by what write makes of it, along with as many bytes behind it as it says.
// Where write returns nothing, the number stays.
func rewrite(s string, write func(Match) (string, int)) string {
	var b strings.Builder
	end := 0
	for m := range (Options{Kinds: ^Kind(0)}).Find(s) {
		out, more := write(m)
		if out == "" || m.Start < end {
			continue
		}
		b.WriteString(s[end:m.Start])
		b.WriteString(out)
		end = m.End + more
	}
	if end == 0 {
		return s
	}
	b.WriteString(s[end:])
	return b.String()
}
