package ask

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/locale/script"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// MaxText is how much of a text is read, in bytes.
const MaxText = 2000

// Read reads what a person says. It never fails: what it does not understand is a term. Of a long text
// it reads the first [MaxText] bytes; bytes that are not UTF-8 are passed over.
func (r *Reader) Read(text string) Wish {
	if len(text) > MaxText {
		text = text[:MaxText]
	}
	text = strings.ToValidUTF8(text, "")
	if r == nil {
		r = new(Reader)
	}
	g := reading{reader: r, said: text, text: plain(text)}
	g.measure()
	g.cut()
	g.join()
	g.refuseBehind()
	g.collect()
	g.wish.filter()
	return g.wish
}

// plain returns s in simplified characters and half width, with as many characters as s has.
func plain(s string) string {
	if simple := script.T2S.String(s); utf8.RuneCountInString(simple) == utf8.RuneCountInString(s) {
		s = simple
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～' && (unicode.IsLetter(r-'！'+'!') || unicode.IsDigit(r-'！'+'!')):
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, s)
}

// A reading is the state of one Read.
type reading struct {
	reader *Reader
	said   string // the text as it was given
	text   string // the same in plain characters
	pieces []piece
	wish   Wish
}

// A piece is a word of the text or a stretch that is read as one.
type piece struct {
	start, end int
	role       role
	kind       Kind
	name       string
	noun       bool // it can be the head of what stands before it
	single     bool // a word of one character
	loose      bool // the same, and empty only by its part of speech
	verb       bool
	taken      bool // an amount: nothing is left to read
	not        bool // refused from behind
	stops      bool // the end of a clause
}

// measure reads prices, counts and sizes.
func (g *reading) measure() {
	for _, a := range amounts(g.text) {
		if n := len(g.pieces); n > 0 && a.start < g.pieces[n-1].end {
			continue
		}
		p := piece{start: a.start, end: a.end, taken: true}
		after := g.text[a.end:]
		switch dim := a.Unit.Dimension(); {
		case dim == quantity.Money:
			low, high, ok := price(g.text, &a)
			if ok {
				g.wish.narrow(low, high)
			}
			p.start, p.end = a.start, a.end
		case dim == quantity.Count && startsAny(after, "套", "装", "组"):
			_, size := utf8.DecodeRuneInString(after)
			p.end, p.kind, p.role, p.taken = a.end+size, Measure, tells, false
		case dim == quantity.Count && slices.Contains(persons[:], a.Unit.String()):
			p.kind, p.role, p.taken = Measure, tells, false
			if startsAny(after, "份", "餐", "用", "桌", "座", "位") {
				_, size := utf8.DecodeRuneInString(after)
				p.end += size
			}
		case dim == quantity.Count:
			g.count(a)
		default:
			p.kind, p.role, p.taken = Measure, tells, false
			if strings.HasPrefix(after, "装") {
				p.end += len("装")
			}
		}
		g.pieces = append(g.pieces, p)
	}
}

// persons are measure words of people: a size of a household or meal, no count of suggestions.
var persons = [...]string{"人", "口", "位", "名"}

// goods are measure words of what a shop suggests.
const goods = "个款种件样条双本部台只支瓶盒套张份把块首篇家顶枚副袋包罐杯盆束道对间辆项"

// count takes a number of things for that of the suggestions, if it stands where one is asked for.
// 一个 is an article.
func (g *reading) count(a amount) {
	n, ok := a.High.Int64()
	if !ok || n < 2 || !strings.Contains(goods, a.Unit.String()) || a.Bound == quantity.Between && a.High.Cmp(a.Number.Mul(3)) > 0 { // 几款
		return
	}
	before := trimAny(strings.TrimRight(g.text[:a.start], " "), "我", "一下", "给", "再", "先", "出", "共", "那", "帮", "这", "有")
	after := strings.TrimLeft(g.text[a.end:], " ")
	asked := before == "" || endsAny(before, "推荐", "介绍", "来", "找", "挑", "选", "列", "看", "看看", "前", "推", "要", "搜", "，", "。", ",")
	for t := range g.reader.segmenter.Cut(after) {
		if roleOf(t) == recipient && before != "" { // 送三个孩子
			asked = false
		}
		break
	}
	if asked {
		g.wish.Count = int(min(n, 1<<20))
	}
}

// cut adds the names and words around the amounts.
func (g *reading) cut() {
	fixed := g.pieces
	var tokens []segment.Token
	edges := make(map[int]bool)
	for t := range g.reader.segmenter.Cut(g.text) {
		tokens = append(tokens, t)
		edges[t.Start], edges[t.End()] = true, true
	}
	within := func(start, end int) bool {
		return slices.ContainsFunc(fixed, func(p piece) bool { return start < p.end && p.start < end })
	}
	for hit := range g.reader.names.Longest(g.text) {
		if !edges[hit.Start] || !edges[hit.End] || within(hit.Start, hit.End) {
			continue
		}
		fixed = append(fixed, piece{start: hit.Start, end: hit.End, role: tells, kind: Kind(hit.Word.Weight), name: hit.Word.Category, noun: true})
	}
	g.pieces = fixed
	for i, t := range tokens {
		if within(t.Start, t.End()) {
			continue
		}
		p := g.word(t)
		if t.Class == segment.Number && g.isModel(tokens[:i]) {
			p.role = tells
		}
		g.pieces = append(g.pieces, p)
	}
	slices.SortFunc(g.pieces, func(a, b piece) int { return a.start - b.start })
}

// isModel reports whether a number behind the tokens is that of a model: iPhone 15, 小米14.
func (g *reading) isModel(before []segment.Token) bool {
	for i := len(before) - 1; i >= 0; i-- {
		t := before[i]
		if t.Class == segment.Space {
			continue
		}
		return t.Class == segment.Latin || slices.ContainsFunc(g.pieces, func(p piece) bool { return p.kind == Brand && p.end == t.End() })
	}
	return false
}

func (g *reading) word(t segment.Token) piece {
	p := piece{start: t.Start, end: t.End(), role: roleOf(t), single: utf8.RuneCountInString(t.Text) == 1}
	switch {
	case p.role == recipient:
		p.kind = Recipient
	case p.role == occasion:
		p.kind = Occasion
	}
	switch t.Tag.String() {
	case "n", "nz", "nr", "nrt", "ng", "g", "ns", "nt", "zg", "":
		p.noun = p.role == tells && t.Class == segment.Word
	case "v", "vn", "vg":
		p.verb = true
	}
	_, listed := roles()[t.Text]
	p.loose = p.single && p.role == empty && !listed && t.Class == segment.Word
	p.stops = t.Class == segment.Punctuation && t.Text != "、" && t.Text != "/" || t.Class == segment.Space && strings.Contains(t.Text, "\n")
	return p
}

func (g *reading) at(i int) string { return g.text[g.pieces[i].start:g.pieces[i].end] }

// join makes one piece of words that are one for a wish: 不 and 喜欢, 手机 and 壳, 无 and 糖.
func (g *reading) join() {
	out := g.pieces[:0:0]
	for i := 0; i < len(g.pieces); i++ {
		p := g.pieces[i]
		text := g.at(i)
		next := i+1 < len(g.pieces) && g.pieces[i+1].start == p.end && !g.pieces[i+1].taken
		if next && (text == "不" || text == "没" || text == "别" || text == "无" || text == "免") {
			joined, swallow := g.negation(p, i+1)
			out = append(out, joined)
			if swallow {
				i++
			}
			continue
		}
		if n := len(out); n > 0 && p.loose && out[n-1].single && out[n-1].role == tells && out[n-1].kind == Thing && out[n-1].end == p.start {
			out[n-1] = piece{start: out[n-1].start, end: p.end, role: tells, noun: true} // 辅食, which no dictionary has
			continue
		}
		if n := len(out); n > 0 && p.role == tells && p.single && p.kind == Thing && out[n-1].end == p.start &&
			out[n-1].role == tells && (out[n-1].kind == Thing || out[n-1].kind == Category && p.noun) && !out[n-1].taken {
			out[n-1] = piece{start: out[n-1].start, end: p.end, role: tells, noun: true}
			continue
		}
		out = append(out, p)
	}
	g.pieces = out
}

// negation reads 不, 没, 别, 无 or 免 and the piece that follows. It reports whether that is part of it.
func (g *reading) negation(p piece, i int) (joined piece, swallow bool) {
	q, word, text := g.pieces[i], g.text[p.start:p.end], g.at(i)
	joined = piece{start: p.start, end: q.end, role: tells}
	switch {
	case roles()[word+text] != tells: // 不 + 喜欢
		joined.role = roles()[word+text]
	case (word == "不" || word == "别") && (q.role == dear || text == "太" || q.role == cheap):
		return piece{start: p.start, end: p.end, role: negates}, false
	case q.role == wants || q.role == shows || q.role == negates:
		joined.role = negates
	case word == "别":
		return piece{start: p.start, end: p.end, role: negates}, false
	case word == "无" || word == "免": // 无糖, 免洗
		if q.role != tells || q.kind != Thing {
			return piece{start: p.start, end: p.end, role: empty}, false
		}
	case q.role == empty && q.single && startsAny(text, "含", "带", "加", "放", "添", "有"):
		joined.role = negates
	case q.role == tells && startsAny(text, "含", "带", "加") && !q.single: // 不 + 含酒精
		_, size := utf8.DecodeRuneInString(text)
		g.pieces[i].start += size
		return piece{start: p.start, end: q.start + size, role: negates}, false
	case q.role == tells && (!q.verb || q.single) && q.kind == Thing: // 不辣
		return piece{start: p.start, end: p.end, role: negates}, false
	case q.role == tells: // 不掉色, 不伤手
	default:
		return piece{start: p.start, end: p.end, role: empty}, false
	}
	return joined, true
}

// refuseBehind marks what is refused by words behind it: 茶叶不要, 红色的除外.
func (g *reading) refuseBehind() {
	for i := range g.pieces {
		text := g.at(i)
		if !slices.Contains(refusals[:], text) || !endsClause(g.text[g.pieces[i].end:]) {
			continue
		}
		for j := i - 1; j >= 0 && !g.pieces[j].stops && g.pieces[j].role != wants && g.pieces[j].role != shows; j-- {
			switch p := &g.pieces[j]; p.role {
			case tells, recipient, occasion:
				p.not, g.pieces[i].role = true, empty
			case dear:
				g.wish.Cheap, g.pieces[i].role = true, empty
			}
		}
	}
}

// collect makes terms of the pieces.
func (g *reading) collect() {
	refusing, refused, bound := false, false, false // refused: something since the refusal began; bound: and then 的
	for i, p := range g.pieces {
		if p.taken {
			continue
		}
		switch p.role {
		case negates:
			refusing, refused, bound = g.refuses(i), false, false
		case wants, shows:
			if refused {
				refusing = false
			}
		case turns:
			if g.at(i) != "可" {
				refusing = false
			}
		case joins:
			bound = false
		case binds:
			bound = refused
		case cheap, dear:
			g.wish.Cheap = g.wish.Cheap || (p.role == dear) == refusing
			refused = refused || refusing
		case empty:
			if p.stops || refused && startsAny(g.at(i), "以外", "之外", "还", "也", "都") {
				refusing = false
			}
		default:
			if refusing && bound { // 不要红色的连衣裙
				refusing = false
			}
			g.add(i, refusing || p.not)
			refused = refused || refusing
		}
	}
}

// refuses reports whether a word of refusal refuses: 有茶没有 asks, and 除了茶还要咖啡 wants both.
func (g *reading) refuses(i int) bool {
	text := g.at(i)
	if rest, ok := strings.CutPrefix(text, "不"); ok && rest != "" { // 要不要, 能不能
		r, _ := utf8.DecodeRuneInString(rest)
		if strings.HasSuffix(g.text[:g.pieces[i].start], string(r)) {
			return false
		}
	}
	switch text {
	case "没有", "没":
		return !endsClause(g.text[g.pieces[i].end:]) && !strings.HasSuffix(g.text[:g.pieces[i].start], "有")
	case "除了", "除", "除去":
		clause, _, _ := strings.Cut(g.text[g.pieces[i].end:], "。")
		return !strings.Contains(clause, "还要") && !strings.Contains(clause, "还想") && !strings.Contains(clause, "也要") && !strings.Contains(clause, "还需要")
	}
	return true
}

// add makes a term of a piece. A category before another noun only describes that: 手机 in 手机壳.
func (g *reading) add(i int, not bool) {
	p := g.pieces[i]
	if p.kind == Category && !not && i+1 < len(g.pieces) {
		if next := g.pieces[i+1]; next.start == p.end && !next.taken && next.noun && next.role == tells {
			p.kind, p.name = Thing, ""
		}
	}
	text := strings.TrimSpace(g.original(p.start, p.end))
	if rest, ok := strings.CutPrefix(text, "含"); ok && not && rest != "" { // 不要含糖的
		text = rest
	}
	if text == "" {
		return
	}
	g.wish.add(Term{Text: text, Kind: p.kind, Name: p.name, Not: not})
}

// original returns what was said between two offsets of the plain text.
func (g *reading) original(start, end int) string {
	if g.said == g.text {
		return g.said[start:end]
	}
	from := utf8.RuneCountInString(g.text[:start])
	to := from + utf8.RuneCountInString(g.text[start:end])
	i := 0
	for at := range g.said {
		if i == from {
			start = at
		}
		if i == to {
			return g.said[start:at]
		}
		i++
	}
	return g.said[start:]
}
