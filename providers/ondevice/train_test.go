package ondevice

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A plain tool is a spec that does nothing.
type plainTool struct{ spec *assistant.ToolSpec }

func (t plainTool) Spec() *assistant.ToolSpec { return t.spec }

func (t plainTool) Call(context.Context, assistant.ToolCall) ([]assistant.Part, error) {
	return nil, nil
}

var (
	lamp = &assistant.ToolSpec{
		Name: "lamp", Description: "开关台灯",
		Schema: object(`"on"`, `"on":{"type":"boolean"},"room":{"type":"string","description":"房间"},"level":{"type":"string","description":"亮度"}`),
	}
	lampSkill = Skill{
		Tool:    plainTool{lamp},
		Phrases: []string{"{on}[{room}[的]](台灯|桌灯)", "<put>{room}[的]台灯<put>{level:levels}"},
		Not:     []string{"打开台灯商店"},
		Rules:   map[string]string{"put": "(调成|把|)"},
		Lists:   map[string][]Name{"levels": {{Value: "high", Text: "(最亮|很亮)"}, {Value: "low", Text: "暗", Aliases: []string{"昏暗"}}}},
		Names:   map[string]*Names{"room": NewNames([]Name{{Value: "living", Text: "客厅", Aliases: []string{"大厅"}}})},
	}
	bell = Skill{Tool: plainTool{&assistant.ToolSpec{Name: "bell", Description: "按门铃"}}, Phrases: []string{"(按|摁)[一下]门铃"}}
)

func train(t *testing.T, skills ...Skill) *Engine {
	t.Helper()
	e := New(Config{Now: func() time.Time { return now }})
	require.NoError(t, e.Train(context.Background(), skills))
	return e
}

func TestTrain(t *testing.T) {
	t.Parallel()
	e := train(t, lampSkill, bell)
	other := *lamp // the request's own spec, found by its name
	tools := []*assistant.ToolSpec{&other, bell.Tool.Spec()}
	for text, want := range map[string]string{
		"打开大厅的桌灯":  `{"on":true,"room":"living"}`,
		"按一下門鈴吧":   `{}`,
		"关掉台灯，谢谢":  `{"on":false}`,
		"打开台灯商店":   "",
		"不要打开客厅台灯": "",
	} {
		in := e.Understand(context.Background(), text, Context{Tools: tools})
		if want == "" {
			require.NotEqual(t, Act, in.Decision(), "%s: %+v", text, in)
			continue
		}
		require.Equal(t, Act, in.Decision(), "%s: %+v", text, in)
		require.JSONEq(t, want, in.Candidates[0].Arguments)
		require.Equal(t, 1.0, in.Candidates[0].Confidence)
	}
	in := e.Understand(context.Background(), "把客厅的台灯调成很亮", Context{Tools: tools})
	require.Equal(t, Ask, in.Decision())
	require.JSONEq(t, `{"room":"living","level":"high"}`, in.Candidates[0].Arguments)

	in = e.Understand(context.Background(), "打开书房的桌灯", Context{Tools: tools, Names: map[string]*Names{"room": NewNames([]Name{{Text: "书房"}})}})
	require.JSONEq(t, `{"on":true,"room":"书房"}`, in.Candidates[0].Arguments, "the names of the session count, too")
}

// However skills come, the engine knows the same in the end.
func TestTrainInSteps(t *testing.T) {
	t.Parallel()
	older := bell
	older.Phrases = []string{"门铃"}
	steps := train(t, older)
	require.NoError(t, steps.Train(context.Background(), []Skill{lampSkill}))
	require.NoError(t, steps.Train(context.Background(), []Skill{bell}))
	var a, b bytes.Buffer
	require.NoError(t, steps.Save(&a))
	require.NoError(t, train(t, bell, lampSkill).Save(&b))
	require.Equal(t, b.Bytes(), a.Bytes())
}

func TestTrainErrors(t *testing.T) {
	t.Parallel()
	e := train(t, bell)
	wrong := func(change func(*Skill)) Skill {
		s := lampSkill
		change(&s)
		return s
	}
	for name, c := range map[string]struct {
		skills []Skill
		want   string
	}{
		"phrase":          {[]Skill{wrong(func(s *Skill) { s.Phrases = []string{"打开(台灯"} })}, `skill "lamp": phrase 0: "打开(台灯" at character 3`},
		"not":             {[]Skill{wrong(func(s *Skill) { s.Not = []string{"{"} })}, `skill "lamp"`},
		"unknown rule":    {[]Skill{wrong(func(s *Skill) { s.Rules = nil })}, "put"},
		"names":           {[]Skill{wrong(func(s *Skill) { s.Names = map[string]*Names{"colour": nil} })}, `names for "colour"`},
		"twice":           {[]Skill{bell, bell}, `skill "bell" is there twice`},
		"no tool":         {[]Skill{{}}, "skill 0 has no tool"},
		"broken schema":   {[]Skill{{Tool: plainTool{&assistant.ToolSpec{Name: "x", Schema: []byte("[")}}}}, `skill "x"`},
		"several at once": {[]Skill{{}, wrong(func(s *Skill) { s.Rules = nil })}, "skill 0 has no tool\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := e.trained.Load()
			require.ErrorContains(t, e.Train(context.Background(), c.skills), c.want)
			require.Same(t, before, e.trained.Load(), "nothing is learned")
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, e.Train(ctx, []Skill{lampSkill}), context.Canceled)
}

func TestSaveAndLoad(t *testing.T) {
	t.Parallel()
	e := train(t, lampSkill, bell)
	var saved bytes.Buffer
	require.NoError(t, e.Save(&saved))
	data := saved.Bytes()
	back, err := Load(bytes.NewReader(data), Config{Now: e.now})
	require.NoError(t, err)
	c := Context{Tools: []*assistant.ToolSpec{lamp, bell.Tool.Spec()}}
	for _, text := range []string{"打开大厅的桌灯", "按门铃", "写一首诗", "把客厅的台灯调成很亮"} {
		require.Equal(t, e.Understand(context.Background(), text, c), back.Understand(context.Background(), text, c))
	}
	var again bytes.Buffer
	require.NoError(t, back.Save(&again))
	require.Equal(t, data, again.Bytes())

	inPlace, err := LoadBytes(data, Config{Now: e.now})
	require.NoError(t, err)
	require.Equal(t, e.Understand(context.Background(), "打开大厅的桌灯", c), inPlace.Understand(context.Background(), "打开大厅的桌灯", c))

	for n := 0; n < len(data); n += 1 + len(data)/50 {
		_, err := Load(bytes.NewReader(data[:n]), Config{})
		require.Error(t, err)
	}
	damaged := bytes.Clone(data)
	damaged[len(savedMark)+20] ^= 1
	_, err = Load(bytes.NewReader(damaged), Config{})
	require.ErrorContains(t, err, "check sum")
	damaged[len(savedMark)]++
	_, err = Load(bytes.NewReader(damaged), Config{})
	require.ErrorContains(t, err, fmt.Sprintf("format %d", savedFormat+1))
	_, err = Load(iotestError{}, Config{})
	require.ErrorIs(t, err, errRead)
	require.ErrorIs(t, e.Save(iotestError{}), errRead)
}

// It makes no difference in which order all skills are offered: their phrases are compiled once.
func TestOrderOfTools(t *testing.T) {
	t.Parallel()
	e := train(t, lampSkill, bell)
	set := func(specs ...*assistant.ToolSpec) *toolset { return e.toolset(specs) }
	one, other, only := set(lamp, bell.Tool.Spec()), set(bell.Tool.Spec(), lamp), set(lamp)
	require.Same(t, one.phrasing.set, other.phrasing.set)
	require.NotSame(t, one.phrasing.set, only.phrasing.set)
	require.NotSame(t, one.phrasing.set, set(lamp, lamp).phrasing.set)
	for _, text := range []string{"打开大厅的桌灯", "按门铃", "写一首诗", "把客厅的台灯调成很亮"} {
		first := e.Understand(context.Background(), text, Context{Tools: one.specs})
		second := e.Understand(context.Background(), text, Context{Tools: other.specs})
		require.Equal(t, first.Candidates, second.Candidates)
		require.Equal(t, first.Decision(), second.Decision())
	}
}

var errRead = errors.New("broken disk")

type iotestError struct{}

func (iotestError) Read([]byte) (int, error)  { return 0, errRead }
func (iotestError) Write([]byte) (int, error) { return 0, errRead }

var _ io.Reader = iotestError{}

func FuzzLoad(f *testing.F) {
	e := New(Config{Now: func() time.Time { return now }})
	require.NoError(f, e.Train(context.Background(), []Skill{bell}))
	var saved bytes.Buffer
	require.NoError(f, e.Save(&saved))
	f.Add(saved.Bytes())
	f.Add([]byte(savedMark + "\x02\x02[]\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, b := range [][]byte{data, binary.BigEndian.AppendUint32(bytes.Clone(data), crc32.ChecksumIEEE(data))} {
			if back, err := Load(bytes.NewReader(b), Config{}); err == nil {
				back.Understand(context.Background(), "按一下门铃", Context{Tools: []*assistant.ToolSpec{bell.Tool.Spec()}})
			}
		}
	})
}
