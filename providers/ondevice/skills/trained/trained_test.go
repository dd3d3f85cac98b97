package trained_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained"
)

var update = flag.Bool("update", false, "learn the skills and write skills.bin")

// every returns all built-in skills, of which nothing is called here.
func every() []ondevice.Skill {
	return slices.Concat(
		skills.Alarms(nil, nil), skills.Timers(nil, nil), skills.Reminders(nil, nil), skills.Schedule(nil, nil),
		skills.Dates(nil), skills.Holidays(nil, nil), skills.Arithmetic(), skills.Units(),
		skills.Weather(nil, nil), skills.Music(nil), skills.SmartHome(nil), skills.Contacts(nil),
		skills.Recommendations(nil), skills.Shopping(nil), skills.Settings(nil),
	)
}

// TestCurrent learns the skills and compares that with what is in the package.
func TestCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	engine := ondevice.New(ondevice.Config{})
	require.NoError(t, engine.Train(t.Context(), every()))
	var fresh bytes.Buffer
	require.NoError(t, engine.Save(&fresh))
	if *update {
		require.NoError(t, os.WriteFile("skills.bin", fresh.Bytes(), 0o644))
		return
	}
	saved, err := os.ReadFile("skills.bin")
	require.NoError(t, err)
	require.True(t, bytes.Equal(fresh.Bytes(), saved), "the skills or the engine have changed: run this test with -update")
}

func TestLoad(t *testing.T) {
	t.Parallel()
	engine, err := trained.Load(ondevice.Config{})
	require.NoError(t, err)
	var tools []*assistant.ToolSpec
	for _, s := range every() {
		tools = append(tools, s.Tool.Spec())
	}
	c := ondevice.Context{Tools: tools, Now: time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("CST", 8*60*60))}
	for sentence, want := range map[string]string{
		"明天早上八点叫我起床": "set_alarm", "音量调到三十": "set_volume", "写一首关于秋天的诗": "",
	} {
		in := engine.Understand(t.Context(), sentence, c)
		require.Equal(t, want != "", in.Decision() == ondevice.Act, sentence)
		if want != "" {
			require.Equal(t, want, in.Candidates[0].Tool.Name, sentence)
		}
	}
}

func Example() {
	engine, err := trained.Load(ondevice.Config{})
	if err != nil {
		panic(err)
	}
	a := &assistant.Assistant{Model: engine, Tools: ondevice.Tools(slices.Concat(skills.Arithmetic(), skills.Units())...)}
	for _, question := range []string{"十二乘以八等于多少", "五公里是多少米"} {
		answer, err := a.Ask(context.Background(), question)
		fmt.Println(answer, err)
	}
	// Output:
	// 十二乘以八等于96。 <nil>
	// 五公里等于5000米。 <nil>
}
