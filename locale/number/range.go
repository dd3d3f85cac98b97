package number

import (
	"strings"
	"unicode/utf8"
)

// joined extends m, which was found at i, by what follows if both are the ends of a range. A single numeral
// that was no match by itself is one as the end of a range: 三到五.
func (o Options) joined(s string, i int, m Match) Match {
	o.Single = true
	from := m
	if m.End == 0 {
		t := next(s, i)
		if t.kind != digit && t.kind != pair && t.value != 10 || connector(s, i+t.width) == i+t.width {
			return m
		}
		if from, _ = o.findAt(s, i); from.End == 0 {
			return m
		}
	}
	k := connector(s, from.End)
	if k == from.End || from.Number.Approx || from.Kind == Ordinal || strings.HasSuffix(s[:from.Start], "-") {
		return m
	}
	to, _ := o.findAt(s, k)
	if to.End == 0 || to.Start != k || to.Number.Approx || coded(from.Text, to.Text, s[to.End:]) {
		return m
	}
	if from.Kind != to.Kind && from.Kind != Cardinal {
		return m
	}
	low := from.Number
	if ending := sharedEnding(from.Text, to.Text); ending != "" {
		v, err := o.Parse(from.Text + ending)
		if err == nil && (v.Cmp(to.Number) < 0 || from.Kind != to.Kind) {
			low = v
		}
	}
	if low.Cmp(to.Number) > 0 || from.Kind != to.Kind && low.Cmp(from.Number) == 0 && low.Sign() != 0 {
		return m
	}
	low.Approx, to.Number.Approx = true, true
	return Match{Start: from.Start, End: to.End, Text: s[from.Start:to.End], Kind: to.Kind, Number: low, High: to.Number}
}

// joinedAt reads a range that starts at i.
func (o Options) joinedAt(s string, i int) (Match, bool) {
	o.Single = true
	m, _ := o.findAt(s, i)
	if m.End == 0 || m.Start != i {
		return m, false
	}
	j := o.joined(s, i, m)
	return j, j.End > m.End
}

// connector returns the offset behind the word that joins the ends of a range at i, or i.
func connector(s string, i int) int {
	p := scanner{s: s}
	j := skip(s, i, "(含)", "（含）")
	j = p.spaces(j)
	k := skip(s, j, "到", "至", "——", "--", "-", "－", "–", "—", "~~", "~", "～", "〜", "∼")
	if k == j {
		return i
	}
	return p.spaces(k)
}

// coded reports whether two runs of digits with a stroke between them are rather a date, a telephone or an
// article number.
func coded(a, b, rest string) bool {
	padded := func(t string) bool { return len(t) > 1 && t[0] == '0' && t[1] != '.' }
	return padded(a) || padded(b) || len(rest) > 1 && (rest[0] == '-' || rest[0] == '/') && next(rest, 1).kind == arabic
}

// sharedEnding returns the units and signs at the end of b that may be meant for a too: 万 in 三到五万, 百 in
// 三到五百, % in 5-8%.
func sharedEnding(a, b string) string {
	const signs, large = "%％‰个個百分点點成折倍", "万萬亿億兆"
	if strings.ContainsAny(a, large) {
		return ""
	}
	core := strings.TrimRight(b, signs)
	if core == "" || !strings.ContainsAny(b[len(core):], "%％‰点點成折倍") {
		core = b
	}
	if strings.ContainsAny(b[len(core):], "%％‰点點成折倍") && !strings.ContainsAny(core, large) {
		return b[len(core):]
	}
	bare := strings.TrimRight(core, large)
	if bare == core && utf8.RuneCountInString(a) == 1 && utf8.RuneCountInString(core) == 2 {
		bare = strings.TrimRight(core, "百佰千仟")
	}
	return b[len(bare):]
}
