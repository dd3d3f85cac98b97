package learn_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
)

func saved(tb testing.TB, m *learn.Model) []byte {
	tb.Helper()
	var b bytes.Buffer
	_, err := m.WriteTo(&b)
	require.NoError(tb, err)
	return b.Bytes()
}

// answer is all that a model says about a sentence.
type answer struct {
	Guesses    []learn.Guess
	Slots      []learn.Slot
	Confidence float64
}

func ask(m *learn.Model, t learn.Text) answer {
	r := m.Read(t)
	defer r.Close()
	best := r.Guesses()[0].Tool
	return answer{slices.Clone(r.Guesses()), append([]learn.Slot(nil), r.Slots(best)...), r.Confidence(best, learn.Evidence{})}
}

func sample(text, slot, value string) learn.Sample {
	s := learn.Sample{Text: textOf(text)}
	if i := bytes.Index([]byte(text), []byte(value)); slot != "" && i >= 0 {
		start := len([]rune(text[:i]))
		s.Slots = []learn.Slot{{Name: slot, Start: start, End: start + len([]rune(value))}}
	}
	return s
}

// home is three tools of a home.
func home() []learn.Tool {
	return []learn.Tool{
		{Name: "alarm", Samples: []learn.Sample{
			sample("明天早上八点叫我起床", "time", "明天早上八点"), sample("设一个七点的闹钟", "time", "七点"), sample("下午三点叫醒我", "time", "下午三点"),
			sample("帮我定个闹钟", "", ""), sample("周六九点的闹铃", "time", "周六九点"),
		}},
		{Name: "music", Samples: []learn.Sample{
			sample("放一首周杰伦的歌", "artist", "周杰伦"), sample("我想听邓丽君", "artist", "邓丽君"), sample("来点轻音乐", "", ""),
			sample("播放王菲的红豆", "artist", "王菲"), sample("唱首歌听听", "", ""),
		}},
		{Name: "light", Samples: []learn.Sample{
			sample("打开客厅的灯", "room", "客厅"), sample("把卧室灯关了", "room", "卧室"), sample("厨房的灯调亮一点", "room", "厨房"),
			sample("开灯", "", ""), sample("关掉书房的台灯", "room", "书房"),
		}},
	}
}

func TestReads(t *testing.T) {
	t.Parallel()
	m := trained(t, home())
	require.Equal(t, []string{"", "alarm", "light", "music"}, m.Tools())
	for _, c := range []struct{ text, tool, slot, value string }{
		{"后天早上六点半叫我", "alarm", "time", "后天早上六点半"},
		{"阳台的灯打开", "light", "room", "阳台"},
		{"想听陈奕迅的歌", "music", "artist", "陈奕迅"},
		{"红楼梦是谁写的", "", "", ""},
		{"把這間臥室的燈關掉", "light", "room", "臥室"},
	} {
		a := ask(m, textOf(c.text))
		require.Equal(t, c.tool, a.Guesses[0].Tool, c.text)
		if c.slot != "" {
			require.Len(t, a.Slots, 1, c.text)
			require.Equal(t, c.slot, a.Slots[0].Name, c.text)
			require.Contains(t, string([]rune(c.text)[a.Slots[0].Start:a.Slots[0].End]), c.value)
		}
		sum := 0.0
		for _, g := range a.Guesses {
			sum += g.Probability
		}
		require.InDelta(t, 1, sum, 1e-9)
	}
}

func TestNothingReadsAsBackground(t *testing.T) {
	t.Parallel()
	m := trained(t, home())
	for _, s := range []string{"", "  ", "？！", "\u200b", "龘靐齉"} {
		r := m.Read(learn.Text{Runes: []rune(s)})
		for _, tool := range m.Tools()[1:] {
			require.Less(t, r.Confidence(tool, learn.Evidence{}), 0.5, "%q", s)
		}
		r.Close()
	}
}

// The model is the same in whatever order and in however many steps the tools came.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	tools := home()
	want := saved(t, trained(t, tools))

	slices.Reverse(tools)
	require.Equal(t, want, saved(t, trained(t, tools)))

	trainer := learn.NewTrainer()
	require.NoError(t, trainer.Put(tools[0]))
	_, err := trainer.Train(t.Context())
	require.NoError(t, err)
	require.NoError(t, trainer.Put(learn.Tool{Name: "gone", Samples: tools[1].Samples}))
	require.NoError(t, trainer.Put(tools[1]))
	_, err = trainer.Train(t.Context())
	require.NoError(t, err)
	trainer.Remove("gone")
	trainer.Remove("never there")
	require.NoError(t, trainer.Put(tools[2]))
	m, err := trainer.Train(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, saved(t, m))
}

// The bytes are those that any other machine must make. A change of what is learned changes their sum.
func TestSameBytesEverywhere(t *testing.T) {
	t.Parallel()
	data := saved(t, trained(t, home()))
	require.Equal(t, uint32(0x79eb79af), binary.LittleEndian.Uint32(data[len(data)-4:]))
}

func TestSaveAndLoad(t *testing.T) {
	t.Parallel()
	tools := home()
	for i := range tools {
		for k := range tools[i].Samples {
			tools[i].Samples[k].Given = []learn.Given{{Name: "last", Value: tools[(i+k)%3].Name}, {Name: "loud", Value: "0.5"}}
		}
	}
	m := trained(t, tools)
	data := saved(t, m)
	loaded, err := learn.Load(data)
	require.NoError(t, err)
	require.Equal(t, data, saved(t, loaded))
	require.Equal(t, m.Tools(), loaded.Tools())
	require.Equal(t, m.Threshold(0.9), loaded.Threshold(0.9))
	for _, s := range []string{"明天八点叫我", "关灯", "放首歌", "今天股票怎么样", ""} {
		text := textOf(s)
		text.Given = []learn.Given{{Name: "last", Value: "music"}}
		require.Equal(t, ask(m, text), ask(loaded, text), s)
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	data := saved(t, trained(t, home()))
	other := bytes.Clone(data)
	other[7]++
	flipped := bytes.Clone(data)
	flipped[len(data)/2] ^= 1
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":    {nil, "not a model"},
		"other file": {[]byte("PK\x03\x04 and so on, for a while"), "not a model"},
		"version":    {other, "another version"},
		"cut off":    {data[:len(data)-1], "damaged"},
		"flipped":    {flipped, "damaged"},
	} {
		_, err := learn.Load(c.data)
		require.ErrorContains(t, err, c.want, name)
	}
}

func TestPutNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sample learn.Sample
		want   string
	}{
		"empty":    {learn.Sample{}, `tool "x": sample 1 has no text`},
		"long":     {learn.Sample{Text: learn.Text{Runes: make([]rune, 2000)}}, "has 2000 characters"},
		"span":     {learn.Sample{Text: learn.Text{Runes: []rune("八点"), Spans: []learn.Span{{Start: 1, End: 3, Kind: "time"}}}}, `"八点": span 1:3 of time`},
		"slot":     {learn.Sample{Text: textOf("八点"), Slots: []learn.Slot{{Name: "time", Start: 2, End: 2}}}, "slot 2:2 of time"},
		"overlaps": {learn.Sample{Text: textOf("八点半"), Slots: []learn.Slot{{Name: "a", Start: 0, End: 2}, {Name: "b", Start: 1, End: 3}}}, "slot 1:3 of b"},
	} {
		err := learn.NewTrainer().Put(learn.Tool{Name: "x", Samples: []learn.Sample{sample("好", "", ""), c.sample}})
		require.ErrorContains(t, err, c.want, name)
	}
}

func TestTrainFails(t *testing.T) {
	t.Parallel()
	_, err := learn.NewTrainer().Train(t.Context())
	require.ErrorContains(t, err, "no tool")

	trainer := learn.NewTrainer()
	require.NoError(t, trainer.Put(home()[0]))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = trainer.Train(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

// What is given decides where the words leave a doubt, and only there.
func TestGivenDecides(t *testing.T) {
	t.Parallel()
	video, audio := learn.Tool{Name: "video"}, learn.Tool{Name: "audio"}
	names := []string{"西游记", "红楼梦", "三国演义", "水浒传", "聊斋", "封神榜", "白蛇传", "岳飞传", "杨家将", "隋唐演义", "七侠五义", "儒林外史"}
	for _, n := range names {
		for _, moving := range []string{"yes", "no"} {
			s := sample("播放"+n, "name", n)
			s.Given = []learn.Given{{Name: "moving", Value: moving}}
			if moving == "yes" {
				audio.Samples = append(audio.Samples, s)
			} else {
				video.Samples = append(video.Samples, s)
			}
		}
	}
	m := trained(t, append(home(), video, audio))
	for given, want := range map[string]string{"yes": "audio", "no": "video"} {
		text := textOf("播放济公传")
		text.Given = []learn.Given{{Name: "moving", Value: given}}
		require.Equal(t, want, ask(m, text).Guesses[0].Tool)

		text = textOf("打开客厅的灯")
		text.Given = []learn.Given{{Name: "moving", Value: given}}
		require.Equal(t, "light", ask(m, text).Guesses[0].Tool)
	}
}

func TestEvidenceLowersConfidence(t *testing.T) {
	t.Parallel()
	m := trained(t, home())
	r := m.Read(textOf("打开客厅的灯"))
	defer r.Close()
	best := r.Confidence("light", learn.Evidence{})
	require.Greater(t, best, 0.5)
	for _, e := range []learn.Evidence{{Missing: 1}, {Invalid: 1}, {Uncovered: 3}, {Distance: 0.5}} {
		require.Less(t, r.Confidence("light", e), best, "%+v", e)
	}
	require.Zero(t, r.Confidence("unheard of", learn.Evidence{}))
	require.Empty(t, r.Slots("unheard of"))
	require.Less(t, r.Confidence("music", learn.Evidence{}), best)
}

func TestConcurrentReads(t *testing.T) {
	t.Parallel()
	m := trained(t, home())
	texts := []learn.Text{textOf("打开客厅的灯"), textOf("明天八点叫我"), textOf("来首歌")}
	var want []answer
	for _, x := range texts {
		want = append(want, ask(m, x))
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 30 {
				k := (i + g) % len(texts)
				if got := ask(m, texts[k]); !slices.Equal(got.Guesses, want[k].Guesses) || !slices.Equal(got.Slots, want[k].Slots) {
					t.Errorf("another answer at the same time: %v", got)
				}
			}
		})
	}
	wg.Wait()
}

// A model of 46 tools with 20 samples each stays small. It is read where it lies, so that nothing in it is packed.
func TestSize(t *testing.T) {
	long(t)
	t.Parallel()
	data := saved(t, trained(t, course(46, 20)))
	t.Logf("%d bytes", len(data))
	require.Less(t, len(data), 500_000)
}

func FuzzLoad(f *testing.F) {
	data := saved(f, trained(f, home()))
	f.Add(data)
	f.Add(data[:40])
	f.Fuzz(func(t *testing.T, data []byte) {
		if n := len(data); n > 4 { // so that more than the sum is looked at
			data = append(bytes.Clone(data[:n-4]), sumOf(data[:n-4])...)
		}
		m, err := learn.Load(data)
		if err != nil {
			return
		}
		ask(m, textOf("明天早上八点把客厅的灯打开"))
		require.NotEmpty(t, m.Tools())
	})
}

func sumOf(data []byte) []byte {
	s := crc32.ChecksumIEEE(data)
	return []byte{byte(s), byte(s >> 8), byte(s >> 16), byte(s >> 24)}
}

func FuzzRead(f *testing.F) {
	m := trained(f, home())
	f.Add("明天早上八点，Ａlarm 6：30 把燈", 2, 6)
	f.Add("\xff\u200d  1 2三", -1, 99)
	f.Fuzz(func(t *testing.T, s string, start, end int) {
		runes := []rune(s)
		r := m.Read(learn.Text{Runes: runes, Spans: []learn.Span{{Start: start, End: end, Kind: "time"}, {Start: 0, End: 1, Kind: "number", Listed: true}}})
		defer r.Close()
		for _, tool := range m.Tools() {
			last := 0
			for _, slot := range r.Slots(tool) {
				require.True(t, last <= slot.Start && slot.Start < slot.End && slot.End <= len(runes), "%v", slot)
				last = slot.End
			}
			p := r.Confidence(tool, learn.Evidence{})
			require.True(t, p >= 0 && p <= 1)
		}
	})
}
