package pattern

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// Kinds of the tests.
const (
	moment Kind = iota + 1
	number
	song
	device
)

var everything = &Scope{
	Rules: map[string]string{
		"turn on": "(打开|开启|开)",
		"let":     "[把|将]",
		"name":    "{device}[的]",
		"twice":   "<name><name>",
	},
	Lists: map[string][]string{
		"room":  {"(客厅|大厅)", "卧室[的]", "厨房"},
		"color": {"红色", "白色", "红"},
	},
	Kinds: map[string][]Kind{
		"time":   {moment},
		"number": {number},
		"song":   {song, Text},
		"device": {device},
	},
}

// candidates finds those in a sentence: moment:明天八点.
func candidates(t *testing.T, sentence string, said ...string) []Candidate {
	t.Helper()
	kinds := map[string]Kind{"moment": moment, "number": number, "song": song, "device": device}
	var out []Candidate
	for _, s := range said {
		kind, text, _ := strings.Cut(s, ":")
		text, sure := strings.CutSuffix(text, "?")
		before, _, ok := strings.Cut(sentence, text)
		require.True(t, ok, "%s in %s", text, sentence)
		start := len([]rune(before))
		c := Candidate{Start: start, End: start + len([]rune(text)), Kind: kinds[kind]}
		if sure {
			c.Doubt = 1
		}
		out = append(out, c)
	}
	return out
}

// show writes matches: 0(time=明天八点 text=开会).
func show(sentence string, matches []Match) string {
	runes := []rune(sentence)
	var all []string
	for _, m := range matches {
		var fills []string
		for _, f := range m.Fills {
			s := f.Slot + "=" + string(runes[f.Start:f.End])
			if f.Value >= 0 {
				s += fmt.Sprintf("#%d", f.Value)
			}
			fills = append(fills, s)
		}
		all = append(all, fmt.Sprintf("%d(%s)", m.Phrase, strings.Join(fills, " ")))
	}
	return strings.Join(all, " ")
}

func compile(t testing.TB, skip []string, texts ...string) *Set {
	t.Helper()
	var phrases []Phrase
	for _, text := range texts {
		phrases = append(phrases, Phrase{Text: text, Scope: everything})
	}
	set, err := Compile(phrases, skip)
	require.NoError(t, err)
	require.Equal(t, len(texts), set.Len())
	data, err := set.AppendBinary(nil)
	require.NoError(t, err)
	again, err := Load(data)
	require.NoError(t, err)
	return again
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		phrases  []string
		sentence string
		said     []string
		want     string
	}{
		{"words", []string{"打开灯"}, "打开灯", nil, "0()"},
		{"other words", []string{"打开灯"}, "打开门", nil, ""},
		{"more words", []string{"打开灯"}, "打开灯泡", nil, ""},
		{"fewer words", []string{"打开灯"}, "打开", nil, ""},
		{"script, width, case, spaces and marks", []string{"打开LED灯"}, "打開 ｌｅｄ 燈！", nil, "0()"},
		{"optional", []string{"[请]打开[一下]灯"}, "打开一下灯", nil, "0()"},
		{"alternatives", []string{"(打开|开启|)灯"}, "开启灯", nil, "0()"},
		{"alternatives with nothing", []string{"(打开|开启|)灯"}, "灯", nil, "0()"},
		{"alternatives on top", []string{"开灯|关灯"}, "关灯", nil, "0()"},
		{"brackets in brackets", []string{"[请[你]](开|打开[一下])灯"}, "请打开一下灯", nil, "0()"},
		{"any order", []string{"(明天;早上;八点)叫我"}, "八点明天早上叫我", nil, "0()"},
		{"not all of any order", []string{"(明天;早上;八点)叫我"}, "八点早上叫我", nil, ""},
		{"optional order", []string{"[明天;早上]叫我"}, "叫我", nil, "0()"},
		{"rule", []string{"<turn on>灯"}, "开启灯", nil, "0()"},
		{"rule with slots", []string{"打开<name>灯"}, "打开走廊的灯", []string{"device:走廊"}, "0(device=走廊)"},
		{"rule in a rule", []string{"<twice>"}, "走廊的阳台", []string{"device:走廊", "device:阳台"}, "0(device=走廊 device=阳台)"},
		{"free slot", []string{"提醒我{text}"}, "提醒我开会", nil, "0(text=开会)"},
		{"free slot needs text", []string{"提醒我{text}"}, "提醒我", nil, ""},
		{"free slot without its marks", []string{"播放{what}"}, "播放《七里香》。", nil, "0(what=七里香)"},
		{"free slot with marks inside", []string{"播放{what}"}, "播放“我，和你”", nil, "0(what=我，和你)"},
		{"slot of a kind", []string{"{time}叫我"}, "明天八点叫我", []string{"moment:明天", "moment:明天八点"}, "0(time=明天八点)"},
		{"slot of a kind that is not there", []string{"{time}叫我"}, "明天八点叫我", []string{"number:八"}, ""},
		{"slot of a list", []string{"打开{room}灯"}, "打开卧室的灯", nil, "0(room=卧室的#1)"},
		{"slot of a list by another name", []string{"打开{where:room}灯"}, "打开大厅灯", nil, "0(where=大厅#0)"},
		{"longest value", []string{"调成{color}{text}", "调成{color}"}, "调成红色", nil, "1(color=红色#0) 0(color=红#2 text=色)"},
		{"kind before free text", []string{"播放{song}"}, "播放晴天", []string{"song:晴天"}, "0(song=晴天)"},
		{"free text beside a kind", []string{"播放{song}"}, "播放晴天", nil, "0(song=晴天)"},
		{"any text", []string{"打开{*}灯"}, "打开那个什么灯", nil, "0()"},
		{"no text", []string{"打开{*}灯"}, "打开灯", nil, "0()"},
		{"bounded text", []string{"打开{*1-3}灯", "打开{*3}灯", "打开{*4-}灯", "打开{*0-2}灯"}, "打开那个大灯", nil, "0() 1()"},
		{"unbounded text", []string{"打开{*2-}灯", "打开{*1-}灯"}, "打开那个大红灯", nil, "0() 1()"},
		{"both in either order", []string{"(打开|想看|) && (视频)({title:song})"}, "视频晴天给我打开", []string{"song:晴天"}, "0(title=晴天)"},
		{"both with anything between", []string{"打开&&灯"}, "麻烦把灯给我打开吧", nil, "0()"},
		{"three anywhere", []string{"买&&{number}&&米"}, "米要买三斤", []string{"number:三"}, "0(number=三)"},
		{"escapes", []string{`\{a\}\<b\>\[c\]\(d\)\|e\;f\\g\&&`}, `{a}<b>[c](d)|e;f\g&&`, nil, "0()"},
		{"a single ampersand", []string{"R&B"}, "r&b", nil, "0()"},
		{"full-width marks are text", []string{"（好）【的】"}, "好的", nil, "0()"},

		{"fewest free characters", []string{"提醒我{text}", "提醒我{time}{text}"}, "提醒我明天开会", []string{"moment:明天"},
			"1(time=明天 text=开会) 0(text=明天开会)"},
		{"words before slots", []string{"播放{song}", "播放音乐"}, "播放音乐", []string{"song:音乐"}, "1() 0(song=音乐)"},
		{"in one phrase slots before words", []string{"有(瓦斯|{device})吗"}, "有瓦斯吗", []string{"device:瓦斯"}, "0(device=瓦斯)"},
		{"longer names", []string{"打开{room}[的](灯|窗)", "打开{device}"}, "打开客厅的灯", []string{"device:客厅的灯"},
			"1(device=客厅的灯) 0(room=客厅#0)"},
		{"fewer names", []string{"[{a:device}]{b:device}开"}, "走廊灯开", []string{"device:走廊", "device:灯", "device:走廊灯"}, "0(b=走廊灯)"},
		{"first places are short", []string{"买{a}和{b}"}, "买米和面和盐", nil, "0(a=米 b=面和盐)"},
		{"first places are short, three", []string{"{a}{b}{c}"}, "春眠不觉晓", nil, "0(a=春 b=眠 c=不觉晓)"},
		{"doubtful candidates come later", []string{"{a:device}", "{b:song}"}, "晴天", []string{"device:晴天?", "song:晴天"}, "1(b=晴天) 0(a=晴天)"},
		{"Latin words are whole", []string{"play {text} song", "play {text}{*}"}, "play some songs", nil, "1(text=some songs)"},
		{"numbers are whole", []string{"{a}{b}号"}, "12号", nil, ""},
		{"numbers and words are apart", []string{"{a}{b}号"}, "a12号", nil, "0(a=a b=12)"},
		{"nothing was said", []string{"{a}"}, "，。", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			set := compile(t, nil, c.phrases...)
			got := set.Match(view.OfString(c.sentence), candidates(t, c.sentence, c.said...), Options{})
			require.Equal(t, c.want, show(c.sentence, got))
		})
	}
}

func TestLoose(t *testing.T) {
	t.Parallel()
	skip := []string{"请", "[请]问", "(吧|了|的)", "谢谢[你]", "一下", "？"}
	for _, c := range []struct {
		phrase, sentence string
		want             string
		skipped          int
	}{
		{"打开灯", "打开灯", "0()", 0},
		{"打开灯", "请打开灯，谢谢你", "0()", 4},
		{"打开灯", "请问，打开一下灯吧？", "0()", 5},
		{"打开灯", "打一下开了的灯", "0()", 4},
		{"打开灯", "不打开灯", "", 0},
		{"提醒我{text}", "请提醒我请假的事吧", "0(text=请假的事吧)", 1},
		{"提醒我{text}开会", "提醒我明天开会吧", "0(text=明天)", 1},
		{"播放{song}", "请播放晴天吧", "0(song=晴天)", 2},
		{"[请]播放{song}", "请播放晴天吧", "0(song=晴天)", 1},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			t.Parallel()
			set := compile(t, skip, c.phrase)
			var said []string
			if strings.Contains(c.sentence, "晴天") {
				said = []string{"song:晴天"}
			}
			got := set.Match(view.OfString(c.sentence), candidates(t, c.sentence, said...), Options{Loose: true})
			require.Equal(t, c.want, show(c.sentence, got))
			if len(got) > 0 {
				require.Equal(t, c.skipped, got[0].Skipped)
			}
			exact := set.Match(view.OfString(c.sentence), candidates(t, c.sentence, said...), Options{})
			if c.skipped == 0 {
				require.Equal(t, got, exact)
			} else {
				require.NotEqual(t, got, exact)
			}
		})
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	set := compile(t, []string{"请"}, "提醒我{time}{text}[在{room}]{*}吧")
	sentence := "请提醒我明天八点开会在客厅吧"
	got := set.Match(view.OfString(sentence), candidates(t, sentence, "moment:明天八点?"), Options{Loose: true})
	require.Equal(t, []Match{{
		Fills: []Fill{
			{Slot: "time", Of: "time", Start: 4, End: 8, Candidate: 0, Value: -1},
			{Slot: "text", Of: "text", Start: 8, End: 10, Candidate: -1, Value: -1},
			{Slot: "room", Of: "room", Start: 11, End: 13, Candidate: -1, Value: 0},
		},
		Literal: 5, Free: 2, Skipped: 1, Doubt: 1,
	}}, got)
}

func TestRankAndLimit(t *testing.T) {
	t.Parallel()
	set, err := Compile([]Phrase{{Text: "打开{a}"}, {Text: "打开{b}", Rank: -1}, {Text: "打开{c}{*}", Rank: 1}, {Text: "打开灯", Rank: 9}}, nil)
	require.NoError(t, err)
	sentence := view.OfString("打开灯")
	require.Equal(t, "3() 1(b=灯) 0(a=灯) 2(c=灯)", show("打开灯", set.Match(sentence, nil, Options{})))
	require.Equal(t, "3() 1(b=灯)", show("打开灯", set.Match(sentence, nil, Options{Limit: 2})))
}

// Indices are those of the sentence, whatever the view leaves out.
func TestIndices(t *testing.T) {
	t.Parallel()
	set := compile(t, nil, "提醒我{time}{text}")
	sentence := "提醒 我，“明天 八点”……开会！"
	got := set.Match(view.OfString(sentence), candidates(t, sentence, "moment:明天 八点"), Options{})
	require.Equal(t, "0(time=明天 八点 text=开会)", show(sentence, got))
}

func TestCandidatesOutside(t *testing.T) {
	t.Parallel()
	set := compile(t, nil, "{time}")
	sentence := view.OfString("明天")
	for _, c := range []Candidate{
		{-1, 2, moment, 0}, {0, 3, moment, 0}, {0, 0, moment, 0}, {2, 1, moment, 0}, {2, 2, moment, 0}, {0, 2, Text, 0}, {0, 2, MaxKind + 1, 0},
		{0, 1 << 30, moment, 0},
	} {
		require.Empty(t, set.Match(sentence, []Candidate{c}, Options{}), c)
	}
	require.Equal(t, MaxRunes, set.Match(sentence, []Candidate{{0, 2, moment, 1 << 30}}, Options{})[0].Doubt)
}

func TestLongSentences(t *testing.T) {
	t.Parallel()
	set := compile(t, nil, "{a}", "{a}{b}")
	long := strings.Repeat("长", MaxRunes)
	require.Len(t, set.Match(view.OfString(long), nil, Options{}), 2)
	require.Empty(t, set.Match(view.OfString(long+"长"), nil, Options{}))
}

func TestNoPhrases(t *testing.T) {
	t.Parallel()
	require.Empty(t, compile(t, nil).Match(view.OfString("打开灯"), nil, Options{}))
	require.Empty(t, new(Set).Match(view.OfString("打开灯"), nil, Options{}))
}

// A slot that nothing fills only keeps its phrase from fitting.
func TestSlotWithoutKinds(t *testing.T) {
	t.Parallel()
	set, err := Compile([]Phrase{{Text: "开{a}", Scope: &Scope{Kinds: map[string][]Kind{"a": nil}}}, {Text: "开{b}"}}, nil)
	require.NoError(t, err)
	require.Equal(t, "1(b=灯)", show("开灯", set.Match(view.OfString("开灯"), nil, Options{})))
}
