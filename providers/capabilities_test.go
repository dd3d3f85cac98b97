package providers_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

var update = flag.Bool("update", false, "write CAPABILITIES.md anew")

// A column is one adapter and the models that are asked what they can do: at least one of each family,
// the default first.
type column struct {
	title, vendor string
	contestant
	models []string
}

func columns() []column {
	native := func(v func() *providertest.Vendor) bool { return v().Chunk == nil }
	models := map[string][]string{
		"deepseek": {"deepseek-flash", "deepseek-v4-pro"},
		"doubao": {"doubao-seed-2-1-pro-260628", "doubao-seed-2-0-pro-260215", "doubao-seed-1-8-251228", "doubao-seed-1-6-251015",
			"doubao-1-5-pro-32k-250115", "deepseek-v4-pro-ga-260813", "bot-20261101-example"},
		"ernie": {"ernie-5.1", "ernie-5.5-flash-preview", "ernie-5.0", "ernie-5.0-thinking-preview", "ernie-x1.1",
			"ernie-4.5-turbo-128k", "ernie-4.5-turbo-vl", "deepseek-v4-pro", "glm-5.3", "qwen3.5-397b-a17b"},
		"hunyuan": {"hy3", "hy4-preview", "hy3-preview", "hunyuan-2.0-thinking-20251109", "deepseek-v4-pro", "glm-5.2",
			"kimi-k2.6", "minimax-m2.7", "qwen3.5-plus"},
		"hunyuan (native)": {"hunyuan-turbos-latest", "hunyuan-t1-latest", "hunyuan-a13b", "hunyuan-vision"},
		"ollama":           {"qwen3:8b", "gpt-oss:20b"},
		"ollama (native)":  {"qwen3:8b", "gpt-oss:20b"},
		"openai":           {"gpt-5-mini", "gpt-5.1", "gpt-4.1", "o3", "some-other-model"},
		"pangu": {"openpangu-2.0-flash", "deepseek-v4-pro", "deepseek-v3.1-terminus", "deepseek-r1-250528", "glm-5.3", "kimi-k2.6",
			"qwen3-32b", "qwen3-coder-480b-a35b-instruct", "qwen2.5-vl-72b"},
		"qwen": {"qwen-plus", "qwen3.8-max", "qwen3.7-plus", "qwen-max", "qwen-long", "qwq-plus", "qwen3-coder-plus", "qwen3-vl-plus",
			"qwen3-omni-flash", "qwen3-asr-flash", "qwen3-32b", "deepseek-v4-pro"},
		"qwen (native)": {"qwen-plus", "qwen3.8-max", "qwq-plus"},
	}
	var out []column
	for _, c := range append(slices.Clip(contestants), ollamaNative) {
		title := c.name
		if native(c.vendor) {
			title += " (native)"
		}
		out = append(out, column{title: title, vendor: c.name, contestant: c, models: models[title]})
	}
	slices.SortFunc(out, func(a, b column) int { return strings.Compare(a.title, b.title) })
	return out
}

// ollamaNative is asked what it can do, but does not stand in the toxic network.
var ollamaNative = contestant{"ollama", providertest.OllamaNative, func(e providertest.Endpoint) (assistant.Model, error) {
	return ollama.NewNative(ollama.NativeConfig{Config: ollama.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
		HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming}})
}}

// A probe is a request for one thing. A model can do it if the adapter does not say that it dropped it,
// and the vendor's fake does not refuse it.
type probe struct {
	group, name string
	ask         func(r *assistant.Request)
	dropped     string // field of the request, or its beginning
	whole       bool   // ask for the answer in one piece
	needs       string // name of another probe, without which this one means nothing
}

func parts(p assistant.Part) func(*assistant.Request) {
	return func(r *assistant.Request) { r.Messages[0].Parts = append(r.Messages[0].Parts, p) }
}

func tools(choice assistant.ToolMode, with ...func(*assistant.Request)) func(*assistant.Request) {
	return func(r *assistant.Request) {
		r.Tools = []*assistant.ToolSpec{&lookUp, {Name: "add_up", Description: "求和"}}
		r.ToolChoice.Mode = choice
		if choice == assistant.ToolForced {
			r.ToolChoice.Name = lookUp.Name
		}
		for _, f := range with {
			f(r)
		}
	}
}

func thinking(t assistant.Thinking) func(*assistant.Request) {
	return func(r *assistant.Request) { r.Thinking = t }
}

func searching(s assistant.Search) func(*assistant.Request) {
	s.Mode = assistant.On
	return func(r *assistant.Request) { r.Search = s }
}

func sampling(f func(*assistant.Request)) func(*assistant.Request) {
	return func(r *assistant.Request) {
		r.Thinking.Mode = assistant.Off // some vendors ignore these while the model thinks
		f(r)
	}
}

const firstPart = "Messages[0].Parts[1]"

var (
	png = []byte("\x89PNG\r\n\x1a\n")
	pdf = []byte("%PDF-1.7\n")
)

func media(mime, url string, data []byte) assistant.Media {
	return assistant.Media{MIME: mime, URL: url, Data: data}
}

var probes = []probe{
	{group: "Chat", name: "streamed", ask: func(*assistant.Request) {}},
	{name: "in one piece", ask: func(*assistant.Request) {}, whole: true},
	{name: "continue a partial answer", dropped: "Messages[1].Partial", ask: func(r *assistant.Request) {
		r.Thinking.Mode = assistant.Off
		r.Messages = append(r.Messages, assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Text{Text: "从前"}}, Partial: true})
	}},
	{group: "Tools", name: "tools", dropped: "Tools", ask: tools(assistant.ToolAuto)},
	{name: "at most one call", dropped: "SingleTool", ask: tools(assistant.ToolAuto, func(r *assistant.Request) { r.SingleTool = true })},
	{name: "no tool", dropped: "ToolChoice", ask: tools(assistant.ToolNone)},
	{name: "some tool (of several)", dropped: "ToolChoice", ask: tools(assistant.ToolRequired)},
	{name: "a certain tool", dropped: "ToolChoice", ask: tools(assistant.ToolForced)},
	{group: "Thinking", name: "on", dropped: "Thinking", ask: thinking(assistant.Thinking{Mode: assistant.On})},
	{name: "on, with a certain tool", needs: "on", dropped: "T", ask: tools(assistant.ToolForced, thinking(assistant.Thinking{Mode: assistant.On}))},
	{name: "off", needs: "on", dropped: "Thinking", ask: thinking(assistant.Thinking{Mode: assistant.Off})},
	{name: "effort", dropped: "Thinking", ask: thinking(assistant.Thinking{Effort: assistant.EffortHigh})},
	{name: "budget", dropped: "Thinking", ask: thinking(assistant.Thinking{Budget: 2048})},
	{group: "Input", name: "image, address", dropped: firstPart, ask: parts(assistant.Image{Media: media("", "https://example.com/a.png", nil)})},
	{name: "image, bytes", dropped: firstPart, ask: parts(assistant.Image{Media: media("image/png", "", png)})},
	{name: "video, address", dropped: firstPart, ask: parts(assistant.Video{Media: media("", "https://example.com/a.mp4", nil)})},
	{name: "video, frames", dropped: firstPart, ask: parts(assistant.Video{Frames: []string{
		"https://example.com/1.png", "https://example.com/2.png", "https://example.com/3.png", "https://example.com/4.png"}})},
	{name: "audio, bytes", dropped: firstPart, ask: parts(assistant.Audio{Media: media("audio/wav", "", []byte("RIFF"))})},
	{name: "document, address", dropped: firstPart, ask: parts(assistant.File{Name: "a.pdf", Media: media("application/pdf", "https://example.com/a.pdf", nil)})},
	{name: "document, bytes", dropped: firstPart, ask: parts(assistant.File{Name: "a.pdf", Media: media("application/pdf", "", pdf)})},
	{name: "document, uploaded before", dropped: firstPart, ask: parts(assistant.File{Name: "a.pdf", Media: assistant.Media{FileID: "file-fe-1"}})},
	{group: "Search", name: "web search", dropped: "Search", ask: searching(assistant.Search{})},
	{name: "always", needs: "web search", dropped: "Search", ask: searching(assistant.Search{Forced: true})},
	{name: "certain sites", needs: "web search", dropped: "Search", ask: searching(assistant.Search{Sites: []string{"example.com"}})},
	{name: "recent pages", needs: "web search", dropped: "Search", ask: searching(assistant.Search{Days: 7})},
	{group: "Answer", name: "JSON", dropped: "Format", ask: func(r *assistant.Request) {
		r.Messages[0] = assistant.User("写成 JSON")
		r.Format.Kind = assistant.FormatJSON
	}},
	{name: "JSON of a schema", dropped: "Format", ask: func(r *assistant.Request) {
		r.Messages[0] = assistant.User("写成 JSON")
		r.Format = assistant.Format{Kind: assistant.FormatSchema, Schema: []byte(`{"type":"object"}`), Strict: true}
	}},
	{group: "Sampling", name: "temperature", dropped: "Temperature", ask: sampling(func(r *assistant.Request) { r.Temperature = assistant.Some(0.7) })},
	{name: "top p", dropped: "TopP", ask: sampling(func(r *assistant.Request) { r.TopP = assistant.Some(0.8) })},
	{name: "top k", dropped: "TopK", ask: sampling(func(r *assistant.Request) { r.TopK = 20 })},
	{name: "penalty of frequency", dropped: "FrequencyPenalty", ask: sampling(func(r *assistant.Request) { r.FrequencyPenalty = assistant.Some(0.5) })},
	{name: "penalty of presence", dropped: "PresencePenalty", ask: sampling(func(r *assistant.Request) { r.PresencePenalty = assistant.Some(0.5) })},
	{name: "seed", dropped: "Seed", ask: sampling(func(r *assistant.Request) { r.Seed = assistant.Some[int64](7) })},
	{name: "stop", dropped: "Stop", ask: sampling(func(r *assistant.Request) { r.Stop = []string{"完"} })},
	{name: "id of the user", dropped: "User", ask: func(r *assistant.Request) { r.User = "u1" }},
}

// beside are the services beside chat, by the method of assistant's interface.
var beside = []struct{ name, method string }{
	{"embeddings", "Embed"}, {"rerank", "Rerank"}, {"image generation", "GenerateImages"}, {"moderation", "Moderate"},
}

// can asks every model of c everything. The keys are a model and the name of a probe.
func (c *column) can(t *testing.T) map[[2]string]bool {
	srv, err := providertest.Start(providertest.Config{Vendor: c.contestant.vendor(), Strict: true})
	require.NoError(t, err)
	defer srv.Close()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	out := map[[2]string]bool{}
	for _, model := range c.models {
		for _, p := range probes {
			m, err := c.open(providertest.Endpoint{BaseURL: srv.URL, Key: srv.Key, Model: model, HTTPClient: client, DisableStreaming: p.whole})
			require.NoError(t, err)
			req := &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}}
			p.ask(req)
			reply, err := assistant.Generate(t.Context(), m, req)
			require.NoError(t, err, "%s, %s: it says nothing of what it drops, and the fake refuses it", model, p.name)
			ok := !p.whole || !srv.Requests()[len(srv.Requests())-1].Stream()
			for _, d := range reply.Dropped {
				ok = ok && !(p.dropped != "" && strings.HasPrefix(d.Field, p.dropped))
			}
			out[[2]string{model, p.name}] = ok && (p.needs == "" || out[[2]string{model, p.needs}])
		}
	}
	return out
}

// citations reports whether the vendor's fake can name sources, which every adapter that is tested with
// it then reads.
func (c *column) citations() bool {
	return slices.ContainsFunc(providertest.Scenarios(c.contestant.vendor()), func(s providertest.Scenario) bool { return len(s.Want.Citations) > 0 })
}

// methods returns the names of the methods of the exported types of a package.
func methods(t *testing.T, dir string) map[string]bool {
	out := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files, dir)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil {
				continue
			}
			typ := f.Recv.List[0].Type
			if star, ok := typ.(*ast.StarExpr); ok {
				typ = star.X
			}
			if id, ok := typ.(*ast.Ident); ok && id.IsExported() {
				out[f.Name.Name] = true
			}
		}
	}
	return out
}

// The table of capabilities is what the adapters do, and has a column for every vendor.
func TestCapabilities(t *testing.T) {
	t.Parallel()
	cols := columns()
	for _, v := range providers.List() {
		i := slices.IndexFunc(cols, func(c column) bool { return c.title == v.Name })
		require.GreaterOrEqual(t, i, 0, "%s has no column", v.Name)
		require.True(t, v.Model == "" || v.Model == cols[i].models[0], "%s: the default model %s stands first", v.Name, v.Model)
	}
	can := make([]map[[2]string]bool, len(cols))
	for i := range cols {
		require.NotEmpty(t, cols[i].models, cols[i].title)
		can[i] = cols[i].can(t)
	}

	const golden = "CAPABILITIES.md"
	got := table(t, cols, can)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "if that is right, run: go test ./providers -run TestCapabilities -update")
}

func table(t *testing.T, cols []column, can []map[[2]string]bool) string {
	var b strings.Builder
	b.WriteString(capabilitiesHead)
	row := func(cells ...string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	head, line := []string{""}, []string{"---"}
	for _, c := range cols {
		head, line = append(head, c.title), append(line, "---")
	}
	word := map[bool]string{true: "yes", false: "–"}
	row(head...)
	row(line...)
	for i := range probes {
		p := &probes[i]
		if p.group != "" {
			row(append([]string{"**" + p.group + "**"}, make([]string, len(cols))...)...)
		}
		cells := []string{p.name}
		for j, c := range cols {
			n := c.count(can[j], p)
			cells = append(cells, map[bool]string{true: fmt.Sprintf("%d of %d", n, len(c.models)), false: word[n > 0]}[n > 0 && n < len(c.models)])
		}
		row(cells...)
		if p.name == "recent pages" {
			cells := []string{"sources named"}
			for _, c := range cols {
				cells = append(cells, word[c.citations()])
			}
			row(cells...)
		}
	}
	row(append([]string{"**Beside chat**"}, make([]string, len(cols))...)...)
	has := map[string]map[string]bool{}
	for _, c := range cols {
		has[c.vendor] = methods(t, c.vendor)
	}
	for _, s := range beside {
		cells := []string{s.name}
		for _, c := range cols {
			cell := "" // of the vendor, not of one of its protocols
			if c.title == c.vendor {
				cell = word[has[c.vendor][s.method]]
			}
			cells = append(cells, cell)
		}
		row(cells...)
	}
	for j, c := range cols {
		var differ []*probe
		for i := range probes {
			if n := c.count(can[j], &probes[i]); n > 0 && n < len(c.models) {
				differ = append(differ, &probes[i])
			}
		}
		if len(differ) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", c.title)
		row(append([]string{""}, c.models...)...)
		row(slices.Repeat([]string{"---"}, len(c.models)+1)...)
		for _, p := range differ {
			cells := []string{p.name}
			for _, m := range c.models {
				cells = append(cells, word[can[j][[2]string{m, p.name}]])
			}
			row(cells...)
		}
	}
	return b.String()
}

// count returns how many models of c can do p.
func (c *column) count(can map[[2]string]bool, p *probe) int {
	n := 0
	for _, m := range c.models {
		if can[[2]string{m, p.name}] {
			n++
		}
	}
	return n
}

const capabilitiesHead = `# What each adapter can do

This table is made by a test, which asks every adapter for everything and looks at what it says it had to
drop, while a fake of the vendor refuses what the vendor documents as refused. Nothing in it was tried
against a live vendor. After a change, run ` + "`go test ./providers -run TestCapabilities -update`" + `.

"3 of 7" is three of the models that were asked; they stand further below, with what they differ in. A
vendor's own protocol, where an adapter speaks it too, is called native; providers.Open opens it with
"?api=native".

`
