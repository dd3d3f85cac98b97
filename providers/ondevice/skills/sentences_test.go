package skills_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained"
)

// A sentence is one line of testdata/*.jsonl; testdata/README.md says what it means.
type sentence struct {
	Say     string   `json:"say"`
	After   []string `json:"after"`
	Calls   []call   `json:"calls"`
	Missing []string `json:"missing"`
	Cancel  bool     `json:"cancel"`
	Tags    []string `json:"tags"`
}

type call struct {
	Tool string         `json:"tool"`
	Args map[string]any `json:"args"`
}

// readSentences reads a file of testdata. It returns nil if there is none.
func readSentences(t *testing.T, file string) []sentence {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	require.NoError(t, err)
	var out []sentence
	for line := range bytes.Lines(data) {
		var s sentence
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		require.NoError(t, dec.Decode(&s), string(line))
		out = append(out, s)
	}
	return out
}

// sessionNames reads the names of the user from testdata/README.md, where they are listed for those who
// write sentences.
var sessionNames = sync.OnceValue(func() map[string]*ondevice.Names {
	f, err := os.Open("testdata/README.md")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	line := regexp.MustCompile("^- `([a-z]+)`: (.*)$")
	out := make(map[string]*ondevice.Names)
	for s := bufio.NewScanner(f); s.Scan(); {
		m := line.FindStringSubmatch(s.Text())
		if m == nil || m[1] == "city" {
			continue
		}
		var names []ondevice.Name
		for n := range strings.SplitSeq(m[2], " · ") {
			name, aliases, _ := strings.Cut(n, ":")
			names = append(names, ondevice.Name{Text: name, Aliases: strings.Fields(aliases)})
		}
		out[m[1]] = ondevice.NewNames(names)
		if m[1] == "song" { // there are more than the user has
			out[m[1]] = out[m[1]].Open()
		}
	}
	return out
})

// A hearer understands sentences with the built-in skills.
type hearer struct {
	engine *ondevice.Engine
	tools  []*assistant.ToolSpec
}

var settings = ondevice.Config{Now: now, Location: calendar.Beijing(), Names: sessionNames()}

// newHearer returns one that learns skills.
func newHearer(t *testing.T, skills []ondevice.Skill) *hearer {
	t.Helper()
	engine := ondevice.New(settings)
	require.NoError(t, engine.Train(t.Context(), skills))
	return &hearer{engine, specs(skills)}
}

// builtIn returns one that has learned the built-in skills: what is shipped, or, to see at once what a
// change does, what is learned now.
func builtIn(t *testing.T) *hearer {
	t.Helper()
	if full() {
		return newHearer(t, everySkill())
	}
	engine, err := trained.Load(settings)
	require.NoError(t, err)
	return &hearer{engine, specs(everySkill())}
}

// full reports whether everything is to be learned and measured, which takes minutes.
func full() bool { return os.Getenv("ZHUSHOU_FULL") != "" }

func specs(skills []ondevice.Skill) []*assistant.ToolSpec {
	out := make([]*assistant.ToolSpec, len(skills))
	for i, s := range skills {
		out[i] = s.Tool.Spec()
	}
	return out
}

// hear understands a sentence after those that were said before it.
func (h *hearer) hear(t *testing.T, s sentence) ondevice.Interpretation {
	t.Helper()
	c := ondevice.Context{Tools: h.tools}
	for _, before := range s.After {
		c.State = h.engine.Understand(t.Context(), before, c).State
	}
	return h.engine.Understand(t.Context(), s.Say, c)
}

// said returns the commands of an interpretation, however sure they are.
func said(in ondevice.Interpretation) (calls []call, missing []string) {
	for p := &in; p != nil && len(p.Candidates) > 0; p = p.Next {
		c := p.Candidates[0]
		var args map[string]any
		_ = json.Unmarshal([]byte(c.Arguments), &args) // the engine's own JSON
		calls = append(calls, call{c.Tool.Name, args})
		missing = append(missing, c.Missing...)
	}
	return calls, missing
}

func tools(calls []call) []string {
	out := make([]string, len(calls))
	for i, c := range calls {
		out[i] = c.Tool
	}
	return out
}

// sameCalls reports whether the calls are the same but for how values are written.
func sameCalls(a, b []call) bool {
	return slices.EqualFunc(a, b, func(x, y call) bool {
		if x.Tool != y.Tool || len(x.Args) != len(y.Args) {
			return false
		}
		for k, v := range x.Args {
			w, ok := y.Args[k]
			if !ok || plain(k, v) != plain(k, w) {
				return false
			}
		}
		return true
	})
}

// clockParts are parts of a rule that the time of the call repeats.
var clockParts = regexp.MustCompile(";BY(HOUR|MINUTE|SECOND)=[0-9]+")

// plain writes a value so that equal values are equal strings.
func plain(name string, v any) string {
	if s, ok := v.(string); ok {
		if name == "repeat" {
			s = clockParts.ReplaceAllString(s, "")
		}
		var b strings.Builder
		for _, r := range s {
			if r = fold.All.Rune(r); !strings.ContainsRune(" ,.!?、", r) {
				b.WriteRune(r)
			}
		}
		v = b.String()
	}
	out, _ := json.Marshal(v) // a value that was decoded
	return string(out)
}
