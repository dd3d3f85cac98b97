package ondevice_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// A home is what the sentence templates of Home Assistant refer to.
type home struct {
	Lists map[string]struct {
		Values []struct {
			In  string `json:"in"`
			Out any    `json:"out"`
		} `json:"values"`
		Range *struct{ From, To int } `json:"range"`
	} `json:"lists"`
	Rules map[string]string `json:"expansion_rules"`
	Areas []struct {
		Name string `json:"name"`
	} `json:"areas"`
	Entities []struct {
		Name       string         `json:"name"`
		ID         string         `json:"id"`
		Attributes map[string]any `json:"attributes"`
	} `json:"entities"`
}

// A block is templates that mean the same. It is a tool of its own, whose calls say Intent with the arguments Slots.
type block struct {
	Intent    string            `json:"intent"`
	Templates []string          `json:"templates"`
	Slots     map[string]any    `json:"slots"`
	Context   map[string]string `json:"requires_context"`

	spec *assistant.ToolSpec
}

func (b *block) Spec() *assistant.ToolSpec { return b.spec }

func (b *block) Call(context.Context, assistant.ToolCall) ([]assistant.Part, error) { return nil, nil }

var (
	listAndSlot = regexp.MustCompile(`\{([^:{}]+):([^:{}]+)\}`)
	anySlot     = regexp.MustCompile(`\{([^:{}]+)(?::([^{}]+))?\}`)
	anyRule     = regexp.MustCompile(`<([^<>]+)>`)
)

// phrase writes a template with the slot before the list that fills it.
func phrase(template string) string { return listAndSlot.ReplaceAllString(template, "{$2:$1}") }

// skill returns the i-th block as a skill.
func (h *home) skill(t *testing.T, b *block, i int) ondevice.Skill {
	s := ondevice.Skill{Tool: b, Rules: make(map[string]string), Lists: make(map[string][]ondevice.Name), Names: make(map[string]*ondevice.Names)}
	for name, text := range h.Rules {
		s.Rules[name] = phrase(text)
	}
	arguments := make(map[string]any)
	var add func(text string)
	add = func(text string) {
		for _, m := range anySlot.FindAllStringSubmatch(text, -1) {
			h.slot(&s, b, arguments, m[1], m[2])
		}
		for _, m := range anyRule.FindAllStringSubmatch(text, -1) {
			add(s.Rules[m[1]])
		}
	}
	for _, template := range b.Templates {
		s.Phrases = append(s.Phrases, phrase(template))
		add(phrase(template))
	}
	schema, err := json.Marshal(map[string]any{"type": "object", "properties": arguments})
	require.NoError(t, err)
	b.spec = &assistant.ToolSpec{Name: fmt.Sprintf("%s_%d", b.Intent, i), Schema: schema}
	return s
}

// slot adds an argument that stands in a template to a skill.
func (h *home) slot(s *ondevice.Skill, b *block, arguments map[string]any, name, list string) {
	if list == "" {
		list = name
	}
	arguments[name] = map[string]any{"type": "string"}
	var names []ondevice.Name
	switch {
	case name == "area":
		for _, a := range h.Areas {
			names = append(names, ondevice.Name{Text: a.Name})
		}
		s.Names[name] = ondevice.NewNames(names)
	case name == "name":
		for _, e := range h.Entities {
			domain, _, _ := strings.Cut(e.ID, ".")
			if d, ok := b.Context["domain"]; ok && d != domain {
				continue
			}
			if c, ok := b.Context["device_class"]; ok && c != e.Attributes["device_class"] {
				continue
			}
			names = append(names, ondevice.Name{Text: e.Name})
		}
		s.Names[name] = ondevice.NewNames(names)
	case h.Lists[list].Range != nil:
		r := h.Lists[list].Range
		arguments[name] = map[string]any{"type": "integer", "minimum": r.From, "maximum": r.To}
	default:
		for _, v := range h.Lists[list].Values {
			if _, ok := v.Out.(float64); ok {
				arguments[name] = map[string]any{"type": "integer"}
			}
			names = append(names, ondevice.Name{Value: fmt.Sprint(v.Out), Text: v.In})
		}
		s.Lists[list] = names
	}
}

// Skills that are templates of Home Assistant understand the sentences that these are tested with there.
func TestHomeAssistant(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	const folder = "suites/nlu/home-assistant"
	tests, err := filepath.Glob(filepath.Join(practice.Path(t, folder), "*.tests.jsonl"))
	require.NoError(t, err)
	for _, file := range tests {
		language, _, _ := strings.Cut(filepath.Base(file), ".")
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			var h home
			for _, name := range []string{"common", "fixtures"} {
				data, err := os.ReadFile(filepath.Join(practice.Path(t, folder), language+"."+name+".json"))
				require.NoError(t, err)
				require.NoError(t, json.Unmarshal(data, &h))
			}
			blocks := make(map[string]*block)
			var skills []ondevice.Skill
			var tools []*assistant.ToolSpec
			lines := practice.Lines(t, folder+"/"+language+".templates.jsonl")
			for lines.Scan() {
				b := new(block)
				require.NoError(t, json.Unmarshal(lines.Bytes(), b))
				skills = append(skills, h.skill(t, b, len(skills)))
				blocks[b.spec.Name] = b
				tools = append(tools, b.spec)
			}
			require.NoError(t, lines.Err())
			e := ondevice.New(ondevice.Config{})
			require.NoError(t, e.Train(t.Context(), skills))

			right, acted, all := 0, 0, 0
			lines = practice.Lines(t, folder+"/"+language+".tests.jsonl")
			for lines.Scan() {
				var c struct {
					Text, Intent string
					Args         map[string]any
				}
				require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
				all++
				in := e.Understand(t.Context(), c.Text, ondevice.Context{Tools: tools})
				if len(in.Candidates) == 0 {
					t.Logf("%s: nothing", c.Text)
					continue
				}
				got := in.Candidates[0]
				b := blocks[got.Tool.Name]
				args := maps.Clone(b.Slots)
				if args == nil {
					args = make(map[string]any)
				}
				require.NoError(t, json.Unmarshal([]byte(got.Arguments), &args))
				if b.Intent == c.Intent && fmt.Sprint(args) == fmt.Sprint(c.Args) {
					right++
					if in.Decision() == ondevice.Act {
						acted++
					}
					continue
				}
				t.Logf("%s: %s %v, want %s %v; %v", c.Text, got.Tool.Name, args, c.Intent, c.Args, got.Why)
			}
			require.NoError(t, lines.Err())
			t.Logf("%d of %d, %d at once", right, all, acted)
			require.GreaterOrEqual(t, right*100, all*97)
		})
	}
}
