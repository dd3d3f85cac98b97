package ondevice

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/when"
)

var (
	// errIncomplete is a time that leaves open what the argument needs, such as a day without an hour.
	errIncomplete = errors.New("says too little")
	errUnfit      = errors.New("is no value for it")
)

// value turns a span that the argument accepts into its JSON.
func (r *reading) value(a argument, s *span) (json.RawMessage, error) {
	switch {
	case s.kind == named:
		return json.RawMessage(s.json), nil
	case s.kind == numeric && s.share && (a.percent || a.form == integer && !s.number.IsInt()):
		return numberValue(a, s.number.Mul(100))
	case s.kind == numeric:
		return numberValue(a, *s.number)
	}
	if s.when == nil {
		return nil, errUnfit
	}
	m := *s.when
	switch a.form {
	case timeText:
		return quote(m.Text), nil
	case dateTime:
		if !hourly(m) {
			return nil, errIncomplete
		}
		return quote(m.Time.In(r.engine.location).Format(time.RFC3339)), nil
	case date:
		if m.Grain > when.Day {
			return nil, errIncomplete
		}
		return quote(m.Time.In(r.engine.location).Format(time.DateOnly)), nil
	case clock:
		if !hourly(m) {
			return nil, errIncomplete
		}
		return quote(m.Time.In(r.engine.location).Format("15:04")), nil
	case rule:
		return quote(m.Rule), nil
	case duration:
		if s.kind == moment {
			return quote(isoDuration(0, m.Time.Sub(r.now))), nil
		}
		return quote(isoDuration(m.Months, m.Duration)), nil
	case decimal, integer:
		d := m.Duration
		if s.kind == moment {
			d = m.Time.Sub(r.now)
		}
		if a.unit == 0 || m.Months != 0 {
			return nil, errUnfit
		}
		return numberValue(a, number.FromRat(big.NewRat(int64(d), int64(a.unit))))
	}
	return nil, errUnfit
}

// parse reads the value that a skill gives a name for an argument.
func (a argument) parse(value string) (json.RawMessage, error) {
	switch a.form {
	case decimal, integer, boolean:
		if !json.Valid([]byte(value)) {
			return nil, errUnfit
		}
		return json.RawMessage(value), nil
	case choice:
		for _, o := range a.options {
			if string(o.json) == value || string(o.json) == string(quote(value)) {
				return o.json, nil
			}
		}
	}
	return quote(value), nil
}

// hourly reports whether a time names the hour.
func hourly(m when.Match) bool { return m.Grain <= when.Hour }

func numberValue(a argument, n number.Number) (json.RawMessage, error) {
	switch {
	case n.Approx:
		return nil, fmt.Errorf("is not exact")
	case a.form == integer && !n.IsInt():
		return nil, fmt.Errorf("is not a whole number")
	}
	if s := n.String(); !strings.Contains(s, "/") {
		return json.RawMessage(s), nil
	}
	return json.RawMessage(strconv.FormatFloat(n.Float64(), 'g', -1, 64)), nil
}

// isoDuration writes a length of time as ISO 8601 does: PT1H30M.
func isoDuration(months int, d time.Duration) string {
	var b strings.Builder
	b.WriteByte('P')
	if months != 0 {
		fmt.Fprintf(&b, "%dM", months)
	}
	d = d.Round(time.Second)
	days := d / (24 * time.Hour)
	if d %= 24 * time.Hour; days != 0 {
		fmt.Fprintf(&b, "%dD", days)
	}
	if d != 0 {
		b.WriteByte('T')
		for _, u := range []struct {
			length time.Duration
			letter byte
		}{{time.Hour, 'H'}, {time.Minute, 'M'}, {time.Second, 'S'}} {
			if n := d / u.length; n != 0 {
				fmt.Fprintf(&b, "%d%c", n, u.letter)
			}
			d %= u.length
		}
	}
	if b.Len() == 1 {
		return "PT0S"
	}
	return b.String()
}

// parseDuration reads a length of time without months as isoDuration writes it.
func parseDuration(s string) (d time.Duration, ok bool) {
	rest, ok := strings.CutPrefix(s, "P")
	units := map[byte]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour}
	for ok && rest != "" {
		if rest[0] == 'T' {
			units = map[byte]time.Duration{'H': time.Hour, 'M': time.Minute, 'S': time.Second}
			rest = rest[1:]
			continue
		}
		n := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if n <= 0 || units[rest[n]] == 0 {
			return 0, false
		}
		count, err := strconv.ParseInt(rest[:n], 10, 32)
		if err != nil {
			return 0, false
		}
		d += time.Duration(count) * units[rest[n]]
		rest = rest[n+1:]
	}
	return d, ok
}

// quote writes a JSON string with Chinese and angle brackets as they are.
func quote(s string) json.RawMessage {
	if isPlain(s) {
		out := make(json.RawMessage, 0, len(s)+2)
		out = append(append(out, '"'), s...)
		return append(out, '"')
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n"))
}

// isPlain reports whether a JSON string has nothing to escape in s.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == '"' || s[i] == '\\' {
			return false
		}
	}
	return utf8.ValidString(s) && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029")
}

// Words that belong to the command around a free text, not to the text.
var (
	textLead  = words("的 那个 这个 那 记得 别忘了 不要忘了 一下 要 说 到时候 到时 内容是 内容为 :")
	textTrail = words("行不 好不 成不 行不行 给我找找 帮我找找 给我看看 的 吧 啊 呀 哦 嘛 哈 好吗 行吗 可以吗 好不好 谢谢 谢谢你 多谢 一下 帮我 那个 嗰个 呗 啦 了吧 唔该 唔该晒 听听 先")
)

func words(s string) [][]rune {
	var out [][]rune
	for w := range strings.FieldsSeq(s) {
		out = append(out, []rune(w))
	}
	slices.SortStableFunc(out, func(a, b []rune) int { return len(b) - len(a) })
	return out
}

// clean returns the free text at the runes [from, to) without the words and marks around it.
func (t *text) clean(from, to int) (s string, start, end int) {
	for changed := true; changed; {
		changed = false
		for from < to && (isMark(t.runes[from])) {
			from++
		}
		for from < to && isMark(t.runes[to-1]) {
			to--
		}
		for _, w := range textLead {
			if to-from > len(w) && slices.Equal(t.runes[from:from+len(w)], w) {
				from, changed = from+len(w), true
				break
			}
		}
		if rest := from + 1; rest < to && t.runes[from] == '个' && !strings.ContainsRune("人体性股别案", t.runes[rest]) {
			from, changed = rest, true
		}
		if last := to - 1; last-from > 1 && to < len(t.runes) && t.runes[last] == '都' && t.runes[to] == '有' && !strings.ContainsRune("成首古京国", t.runes[last-1]) {
			to, changed = last, true // 笔记本电脑都有哪些
		}
		for _, w := range textTrail {
			if to-from > len(w) && slices.Equal(t.runes[to-len(w):to], w) {
				to, changed = to-len(w), true
				break
			}
		}
	}
	from, to = t.unquote(from, to)
	return t.slice(from, to)
}

// hollow reports whether the runes [from, to) are nothing but what people say around a command: 帮我, 一下,
// 设定.
func (t *text) hollow(from, to int) bool {
	for i := from; i < to; i = t.tokens[i].end {
		if k := t.tokens[i]; k.class&filler == 0 && k.symbol != firstGroup {
			return false
		}
	}
	return true
}

// quotation has the pairs of marks that a whole text may stand in.
const quotation = "“”「」『』《》‘’\"\"''"

// unquote takes off the marks around the runes [from, to), unless they only begin and end it, as in
// 《甲》和《乙》.
func (t *text) unquote(from, to int) (int, int) {
	pairs := []rune(quotation)
	for i := 0; i < len(pairs) && to-from > 2; i += 2 {
		if t.runes[from] == pairs[i] && slices.Index(t.runes[from+1:to], pairs[i+1]) == to-from-2 {
			return from + 1, to - 1
		}
	}
	return from, to
}

// quoted returns the stretch together with the quotation marks that stand right around it.
func (t *text) quoted(from, to int) (int, int) {
	for i, r := range []rune(quotation) {
		if i%2 == 0 && from > 0 && t.runes[from-1] == r {
			from--
		}
		if i%2 == 1 && to < len(t.runes) && t.runes[to] == r {
			to++
		}
	}
	open, shut := 0, 0
	for _, r := range t.runes[from:to] {
		switch r {
		case '(':
			open++
		case ')':
			shut++
		}
	}
	if shut > open && from > 0 && t.runes[from-1] == '(' {
		from--
	}
	if open > shut && to < len(t.runes) && t.runes[to] == ')' {
		to++
	}
	return from, to
}

// isMark reports whether r can only separate a text from what stands around it.
func isMark(r rune) bool {
	return strings.ContainsRune(" ,.。，、;；:：!！?？~～…", r)
}
