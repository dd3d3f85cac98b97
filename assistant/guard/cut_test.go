package guard_test

import (
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/internal/seed"
	"github.com/zhushou-ai/zhushou/locale/match"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

var cuttings = flag.Int("cuttings", 20_000, "random cuttings to try")

// The words of all tests mean nothing.
const (
	hidden   = "甪玎" // is masked
	replaced = "囧靐" // is replaced
	answered = "齉爩" // is answered with a prepared text
	blocked  = "龘龗" // ends the answer
)

func pack(t testing.TB, c match.Config) guard.Pack {
	t.Helper()
	m, err := match.New(c)
	require.NoError(t, err)
	return guard.Pack{Name: "nonsense", Load: guard.Fixed(m)}
}

// nonsense are words, some of which overlap or begin with others.
func nonsense() match.Config {
	return match.Config{
		Words: []match.Word{
			{Text: hidden, Category: "mask"}, {Text: hidden + "璖", Category: "mask"}, {Text: "玎璖瑽", Category: "mask"},
			{Text: replaced, Category: "rewrite"}, {Text: replaced + replaced, Category: "rewrite"}, {Text: "靐国", Category: "rewrite"},
			{Text: answered, Category: "answer"},
			{Text: blocked, Category: "block"}, {Text: blocked + "龖", Category: "escalate"},
			{Text: "qzx", Category: "mask"}, {Text: "瑽国际", Category: "mask"}, {Text: "鼐鼒", Category: "mask"}, {Text: "鼒鼗", Category: "rewrite"}, {Text: "齉龗龘", Category: "block"},
			{Text: "龘龗齉", Category: "answer"}, {Text: "李四", Category: "mask"}, {Text: "13712345678", Category: "rewrite"},
		},
		Exceptions: []string{hidden + "花", "李四好好", "13712345678国", "好" + blocked + "好"},
		MaxGap:     2,
	}
}

func rules() []profile.Rule {
	return []profile.Rule{
		{Categories: []string{"mask", "private"}, Action: guard.Redact},
		{Categories: []string{"rewrite"}, Action: guard.Rewrite},
		{Categories: []string{"answer"}, Action: guard.SafeAnswer},
		{Categories: []string{"block"}, Action: guard.Block},
		{Categories: []string{"escalate"}, Action: guard.Escalate},
		{Categories: []string{"allow"}, Action: guard.Allow},
	}
}

// generate writes a text of ordinary words, nonsense in all its forms, private data and what looks like placeholders.
func generate(r *rand.Rand, stops bool) string {
	pieces := []string{"今天天气很好", "，", "。", "the ", "国際", "花", "好", "璖", "瑽", "国", "\n", "😀", "e\u0301", "1", "3", "手机",
		hidden, "甪\u200b玎", "甪*玎", "甪 - 玎", hidden + "花", "甪", "玎", hidden + "璖", "玎璖瑽", "玎璖瑽國際", hidden + hidden,
		replaced, "囧", replaced + replaced, "囧…靐國", "鼐鼒", "鼐鼒鼗", "鼗", "Ｑｚｘ", "qz", "ＱＺ\u200bＸ",
		"手机13812345678", "１３８１２３４５６７８", "一三八一二三四五六七八", "138-1234-5678", "我叫张伟", "我叫李四", "手机13712345678", "身份证号11010519491231002X", "邮箱a@example.com", "张三@qq.com", "@qq.com", "邮箱：张三@qq.com",
		"邮", "箱", "件地址", "是", "为", "：", "<", "email:", "张三", "我的邮箱是", "邮箱是李四@", "@a.cn",
		"京A12345", "沪", "一三八", "二", "010-62345678", "（010）62345678", "+86 138 1234 5678", "192.168.1.1", "::1", "2001:db8::1", "6222020200112233448",
		"护照E12345678", "车架号LSVAU2180N2183294", "QQ：12345678", "微信：abcdefgh", "微信abcdefgh", "ab", "91110108551385082Q", "00-1A-2B-3C-4D-5E", "①③⑧①②③④⑤⑥⑦⑧",
		"张伟老师", "老师", "欧阳小明先生", "住在", "北京市海淀区中关村大街12号", "中山路", "三号", "军字第1234567号", "空字第", "1990年5月1日出生",
		"〔手机号1〕", "〔姓名", "【手机号 2】", "〔"}
	if stops {
		pieces = append(pieces, answered, blocked, "龘", blocked+"龖", "好"+blocked+"好", "龘\u200d龗", "齉", "龘龗齉", "齉龗龘龗")
	}
	var b strings.Builder
	for range 1 + r.IntN(10) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// cut cuts a text anywhere, also inside characters.
func cut(r *rand.Rand, s string) (out []string) {
	most := 1 + r.IntN(12)
	for s != "" {
		n := min(len(s), 1+r.IntN(most))
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}

// turn is a reply in pieces. A text that begins with a mark is thought, not said; some chunks that are not text come
// between.
func turn(pieces []string) assistanttest.Turn {
	out := make([]assistant.Chunk, 0, len(pieces)+1)
	for i, p := range pieces {
		k := assistant.Chunk{Text: p}
		if pieces[0] == thinking {
			k = assistant.Chunk{Reasoning: p}
		}
		out = append(out, k)
		if i%5 == 4 {
			out = append(out, assistant.Chunk{Usage: &assistant.Usage{Output: i}})
		}
	}
	return assistanttest.Chunks(append(out, assistant.Chunk{Finish: assistant.FinishStop})...)
}

// streamed is what a person sees of a reply: what was shown before anything was withdrawn, and what stands there in the
// end.
type streamed struct {
	shown, final string
	withdrawn    bool
	finish       assistant.FinishReason
}

// thinking is a piece of a reply that makes all of it thoughts.
const thinking = "嗯，"

// said is what a person says before every reply.
const said = "我叫张伟，手机13812345678，13912345678"

func stream(t testing.TB, g guard.Guard, masked bool, pieces []string) (s streamed) {
	t.Helper()
	var m assistant.Model = assistanttest.Script(turn(pieces))
	if masked {
		m = guard.Mask{}.Wrap(m)
	}
	for k, err := range g.Wrap(m).Stream(t.Context(), request(assistant.User(said))) {
		require.NoError(t, err)
		require.Empty(t, s.finish, "nothing comes after the end")
		piece := k.Text + k.Reasoning
		s.final += piece
		if k.Retract != nil {
			s.withdrawn, s.final = true, k.Retract.Replacement
		} else {
			s.shown += piece
			require.True(t, utf8.ValidString(piece), "whole characters: %q", piece)
		}
		s.finish = k.Finish
	}
	return s
}

// answers are what is said instead of an answer.
var answers = map[string]string{"answer": "请问别的。", "block": "不行。", "escalate": "已转人工。"}

// outcome says without any stream what must come of a text: what may be shown, and what is said instead if it is
// withdrawn.
func outcome(words *match.Matcher, private privacy.Detector, text string) (may, instead string) {
	type span struct {
		start, end int
		with       string
		mask       bool
		action     guard.Action
		private    bool
	}
	var spans []span
	end, worst := len(text), guard.Allow
	actions := map[string]guard.Action{"mask": guard.Redact, "rewrite": guard.Rewrite, "answer": guard.SafeAnswer, "block": guard.Block, "escalate": guard.Escalate}
	for h := range words.Find(text) {
		a := actions[h.Word.Category]
		if a.Ends() {
			if h.Start < end || h.Start == end && a > worst {
				end, worst, instead = h.Start, a, answers[h.Word.Category]
			}
			continue
		}
		spans = append(spans, span{h.Start, h.End, "（略）", a == guard.Redact, a, false})
	}
	for f := range private.Find(text) {
		spans = append(spans, span{f.Start, f.End, privacy.Masker{}.Value(f.Type, text[f.Start:f.End]), false, guard.Redact, true})
	}
	slices.SortStableFunc(spans, func(a, b span) int { return a.start - b.start })
	var b strings.Builder
	at := 0
	for i := 0; i < len(spans); {
		j, to, masks, alike := i, spans[i].end, true, true
		for ; j < len(spans) && (j == i || spans[j].start < to); j++ {
			to = max(to, spans[j].end)
			masks = masks && spans[j].mask
			alike = alike && spans[j].private
		}
		b.WriteString(text[at:spans[i].start])
		with := strings.Repeat("●", utf8.RuneCountInString(text[spans[i].start:to]))
		if !masks {
			var best *span
			for k := range spans[i:j] {
				if s := &spans[i+k]; s.start == spans[i].start && s.end == to && (best == nil || s.action > best.action) {
					best = s
				}
			}
			if best != nil && !best.mask && (alike || !best.private) {
				with = best.with
			}
		}
		if spans[i].start >= end {
			break
		}
		b.WriteString(with)
		at, i = to, j
	}
	if at < end {
		b.WriteString(text[at:end])
	}
	return b.String(), instead
}

// However a text is cut, what is shown is the same, never holds what must not be shown, and ends the same.
func TestRandomCuttings(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	first := seed.For(t)
	without := nonsense()
	without.Exceptions = nil // with them, hits wait for what may be one
	packs := []guard.Pack{pack(t, nonsense()), pack(t, without)}
	everything := privacy.Detector{Types: privacy.AllTypes.Without(privacy.Hotline)}
	const each = 8
	for n := 0; n < *cuttings; n += each {
		r := rand.New(rand.NewPCG(first, uint64(n)))
		text := generate(r, n%3 == 0)
		if n%7 == 0 {
			text = thinking + text
		}
		private, words := everything, packs[n/each%2]
		if n%5 < 2 {
			private = numbers
		}
		g := guard.Guard{Actions: rules(), Words: []guard.Pack{words}, Private: &private, Answers: answers,
			Stages: map[guard.Stage]guard.Policy{guard.Input: {Off: true}}}
		masked, whole := n%2 == 0, text
		if masked {
			whole = restored(t, text)
		}
		may, instead := outcome(words.Load(), private, whole)
		for range each {
			pieces := cut(r, text)
			if n%7 == 0 {
				pieces = append([]string{thinking}, cut(r, text[len(thinking):])...)
			}
			s := stream(t, g, masked, pieces)
			if instead == "" {
				require.Equal(t, streamed{may, may, false, assistant.FinishStop}, s, "n %d: %q", n, pieces)
				continue
			}
			require.Equal(t, streamed{s.shown, instead, true, assistant.FinishRefusal}, s, "n %d: %q", n, pieces)
			require.True(t, strings.HasPrefix(may, s.shown), "n %d: %q shows %q, may show %q", n, pieces, s.shown, may)
		}
	}
}

// Classifiers are asked about the same samples however a text is cut, and what they object to is never shown.
func TestRandomCuttingsWithAClassifier(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	first := seed.For(t)
	words := []guard.Pack{pack(t, nonsense())}
	for n := range 300 {
		r := rand.New(rand.NewPCG(first, uint64(n)))
		text := generate(r, n%3 == 0) + pick(r, "朤", "。", "朤。好", "") + generate(r, false) + pick(r, "", "朤！", "好朤")
		action := []guard.Action{guard.Redact, guard.Rewrite, guard.SafeAnswer, guard.Block}[n%4]
		run := func(mode guard.Mode, pieces []string) (streamed, []guard.Sample) {
			j := &judging{action: action}
			g := guard.Guard{Actions: rules(), Words: words, Private: &numbers, Answers: answers, Classifiers: []guard.Classifier{j},
				Stages: map[guard.Stage]guard.Policy{guard.Input: {Off: true}, guard.Output: {Mode: mode, Unit: 17}}}
			return stream(t, g, n%2 == 0, pieces), j.samples
		}
		for _, mode := range []guard.Mode{guard.Hold, guard.Retract} {
			want, samples := run(mode, []string{text})
			for range 6 {
				pieces := cut(r, text)
				got, seen := run(mode, pieces)
				require.Equal(t, samples, seen, "n %d: %q", n, pieces)
				require.Equal(t, want.withdrawn, got.withdrawn)
				if mode == guard.Hold {
					require.NotContains(t, got.shown, "朤")
				}
				require.Equal(t, want.final, got.final, "n %d: %q", n, pieces)
			}
		}
	}
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

// A text that makes words overlap for ever is not held for ever, and comes out the same however it is cut.
func TestWordsThatOverlapForEver(t *testing.T) {
	t.Parallel()
	g := guard.Guard{Actions: rules(), Words: []guard.Pack{pack(t, match.Config{Words: []match.Word{{Text: "甪甪", Category: "rewrite"}}})}}
	for _, n := range []int{2, 3, 100, 1366, 1367, 5000} {
		text := "好" + strings.Repeat("甪", n) + "好"
		want := "好" + strings.Repeat("●", n) + "好"
		if n == 2 {
			want = "好（略）好"
		}
		for _, size := range []int{1, 7, n + 2} {
			got, err := chunks(g.Wrap(assistanttest.Script(turn(inPieces(text, size)))).Stream(t.Context(), request(assistant.User("好"))))
			require.NoError(t, err)
			var b strings.Builder
			for _, k := range got {
				b.WriteString(k.Text)
			}
			require.Equal(t, want, b.String(), "%d in pieces of %d", n, size)
			if n == 5000 && size == 1 {
				require.Greater(t, len(got), 1000)
			}
		}
	}
}

func FuzzCuttings(f *testing.F) {
	f.Add("好"+hidden+"手机13812345678〔手机号1〕"+replaced, uint64(1))
	f.Add("齉龗龘龗"+answered+"甪\u200b玎\xe3\x80", uint64(2))
	words := pack(f, nonsense())
	g := guard.Guard{Actions: rules(), Words: []guard.Pack{words}, Private: &numbers, Answers: answers,
		Stages: map[guard.Stage]guard.Policy{guard.Input: {Off: true}}}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		if !utf8.ValidString(text) {
			return
		}
		r := rand.New(rand.NewPCG(seed, 0))
		whole, cuts := stream(t, g, true, []string{text}), stream(t, g, true, cut(r, text))
		require.Equal(t, whole.final, cuts.final)
		require.Equal(t, whole.withdrawn, cuts.withdrawn)
		may, instead := outcome(words.Load(), numbers, restored(t, text))
		if instead == "" {
			require.Equal(t, may, whole.final)
		} else {
			require.Equal(t, instead, whole.final)
			require.True(t, strings.HasPrefix(may, cuts.shown))
		}
	})
}

// restored is what a text with placeholders for what was said becomes.
func restored(t *testing.T, text string) string {
	t.Helper()
	var vault privacy.Vault
	_, err := vault.Pseudonymise(said)
	require.NoError(t, err)
	return vault.Restore(text)
}
