package providertest

import (
	"context"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Each mutant breaks one rule, and each of the named checks must notice it. A name that ends in a
// star stands for at least one check that begins so.
var mutants = []mutant{
	// streams
	{"trusts the end", []string{"stream/cut/after text", "stream/cut/after text, connection closed", "stream/cut/after text, body without length", "stream/cut/connection reset", "stream/cut/inside an event", "stream/tools/stream cut inside the arguments"}},
	{"empty success", []string{"stream/cut/[DONE] and nothing else", "whole/whole/empty object", "whole/whole/no choices"}},
	{"wants [DONE]", []string{"stream/finish/no [DONE]", "stream/finish/no [DONE] and the connection closed early"}},
	{"null finishes", []string{`stream/cut/after the finish word "null"`}},
	{"finishes twice", []string{"stream/finish/twice"}},
	{"ends at finish", []string{"stream/usage/on a chunk without choices"}},
	{"all is a stream", []string{"stream/whole/JSON", "stream/whole/blank lines before the JSON"}},
	{"no CRLF", []string{"stream/frames/CRLF"}},
	{"no BOM", []string{"stream/frames/byte order mark"}},
	{"space after colon", []string{"stream/frames/no space after the colon"}},
	{"64 KB lines", []string{"stream/frames/one event of 100 KB"}},
	{"300 comments", []string{"stream/frames/400 comments", "stream/frames/comments without blank lines"}},
	{"one line per event", []string{"stream/frames/data in two lines"}},
	{"skips broken JSON", []string{"stream/frames/broken JSON in one event", "stream/frames/not JSON in one event"}},
	{"no reasoning", []string{"stream/text/reasoning first", "whole/text/reasoning first"}},
	{"trims", []string{"stream/text/white space kept"}},
	{"resource is other", []string{"stream/finish/insufficient_system_resource"}},
	{"no raw finish", []string{"stream/finish/unknown word"}},
	{"late meta", []string{"stream/text/plain"}},
	// usage
	{"ignores usage without choices", []string{"stream/usage/on a chunk without choices", "stream/text/plain"}},
	{"first usage wins", []string{"stream/usage/on every chunk"}},
	{"missing is zero", []string{"stream/usage/details missing", "whole/usage/details null"}},
	// tools
	{"every id is new", []string{"stream/tools/id and type repeated"}},
	{"empty id overwrites", []string{"stream/tools/the id is empty in later pieces"}},
	{"names add up", []string{"stream/tools/name repeated"}},
	{"trusts index", []string{"stream/tools/index always 0"}},
	{"missing index is 0", []string{"stream/tools/two whole without index"}},
	{"last call only", []string{"stream/tools/two in each delta"}},
	{"calls in pieces", []string{"stream/tools/one call in pieces"}},
	{"no ids", []string{"stream/tools/id missing", "whole/tools/id missing"}},
	{"same ids", []string{"stream/tools/id missing"}},
	{"empty arguments", []string{"stream/tools/arguments empty", "stream/tools/arguments null", "stream/tools/arguments missing"}},
	{"drops broken arguments", []string{"stream/tools/arguments not JSON are kept"}},
	{"stop is stop", []string{"stream/tools/finish_reason stop", "whole/tools/finish_reason stop"}},
	// errors
	{"errors are chunks", []string{"stream/stream error/data line, first", "stream/stream error/data line, after text", "stream/error/status 200, OpenAI", "whole/error/status 200, Baidu legacy"}},
	{"no bare errors", []string{"stream/stream error/bare JSON line, after text"}},
	{"event:error unknown", []string{"stream/stream error/event error of unknown shape, after text"}},
	{"silent errors", []string{"stream/error/empty body 500", "stream/cut/after text"}},
	{"never delivered", []string{"stream/stream error/data line, after text", "stream/stream error/data line, after reasoning", "stream/cut/after text"}},
	{"shows the key", []string{"stream/error/message with the key"}},
	{"secret in the error", []string{"stream/error/empty body 500"}},
	{"quotes all", []string{"stream/error/very long message"}},
	{"kind by status", []string{"stream/fault/*"}},
	{"no request id", []string{"stream/error/request id in a header"}},
	{"no retry after", []string{"stream/error/retry after seconds"}},
	{"no dates", []string{"stream/error/retry after a date"}},
	{"foreign errors", []string{"stream/error/HTML page 502"}},
	// time and connections
	{"reads on after break", []string{"timing/break closes the stream"}},
	{"no idle timeout", []string{"timing/silence after text", "timing/silence before the header"}},
	{"total timeout", []string{"timing/slow but alive", "timing/comments are activity"}},
	{"closes at the end mark", []string{"timing/connections are used again"}},
	{"ignores context", []string{"timing/cancelled during silence", "timing/deadline before the header"}},
	{"hides the context", []string{"timing/cancelled during silence", "contract/cancelled before", "timing/silence after text"}},
	{"eager", []string{"endpoint/lazy and sent again"}},
	{"double slash", []string{"endpoint/slash after the address"}},
	{"ignores Request.Model", []string{"endpoint/model of the request"}},
	// requests
	{"always streams", []string{"whole/text/plain"}},
	{"no usage option", []string{"request/usage is asked for"}},
	{"zero is absent", []string{"request/explicit zeros"}},
	{"both token limits", []string{"request/nothing dropped in silence"}},
	{"schema without name", []string{"request/JSON schema"}},
	{"everybody's extra", []string{"request/extra fields"}},
	{"unknown field", []string{"request/conversation", "stream/text/plain"}},
	{"drops in silence", []string{"request/nothing dropped in silence"}},
	{"choice without tools", []string{"request/choice without tools"}},
	{"empty schema", []string{"request/tool without arguments"}},
	{"no parallel switch", []string{"request/tool calls *"}},
	{"forces as required", []string{"request/forced tool"}},
	{"system in place", []string{"request/several system messages"}},
	{"developer role", []string{"request/conversation"}},
	{"own call ids", []string{"request/conversation"}},
	{"call without type", []string{"request/conversation"}},
	{"replays foreign reasoning", []string{"request/foreign reasoning"}},
	{"pictures without data", []string{"request/picture"}},
	{"sends unknown parts", []string{"request/part of a newer release"}},
	// the contract of every model
	{"finish apart", []string{"contract/answer"}},
	{"yields after break", []string{"contract/break"}},
	{"yields after finish", []string{"contract/answer"}},
	{"yields after error", []string{"contract/failure"}},
	{"chunk beside error", []string{"contract/failure"}},
	{"unknown finish", []string{"contract/answer"}},
	{"negative usage", []string{"contract/answer"}},
	{"reuses memory", []string{"contract/answer"}},
	{"cuts characters", []string{"contract/answer"}},
	{"modifies the request", []string{"contract/request untouched"}},
	{"appends to the request", []string{"contract/request untouched"}},
	{"leaks on break", []string{"contract/goroutines"}},
}

func TestMutantsFail(t *testing.T) {
	t.Parallel()
	for _, v := range []*Vendor{OpenAI(), Qwen()} {
		checks := wireChecks(WireOptions{Vendor: v})
		for _, m := range mutants {
			if v.Name == "qwen" && (strings.HasPrefix(m.checks[0], "timing/") || m.checks[0] == "contract/goroutines") {
				continue // slow, and nothing in it depends on the vendor
			}
			t.Run(v.Name+"/"+m.bug, func(t *testing.T) {
				t.Parallel()
				r := &rig{open: openReference(v, m.bug), vendor: v, patience: 500 * time.Millisecond}
				for _, name := range m.checks {
					require.Truef(t, noticed(r, checks, name), "%s passes", name)
				}
			})
		}
	}
}

// noticed reports whether the check fails, or one of those that begin so.
func noticed[R any](r R, checks []check[R], name string) bool {
	prefix, many := strings.CutSuffix(name, "*")
	for _, c := range checks {
		if c.name == name || many && strings.HasPrefix(c.name, prefix) {
			if c.run(r) != nil {
				return true
			}
		}
	}
	return false
}

// A model that answers nicely but never asks the server passes what holds for every model, and
// nothing else.
func TestNoCheckPassesWithoutTheServer(t *testing.T) {
	t.Parallel()
	for _, v := range []*Vendor{OpenAI(), Qwen(), DashScope(), DeepSeek(), Doubao(), Hunyuan(), HunyuanNative(), ERNIE(), Ollama(), OllamaNative(), Huawei()} {
		r := &rig{vendor: v, patience: 100 * time.Millisecond, open: func(Endpoint) (assistant.Model, error) {
			return constant{{
				Text: "你好", Finish: assistant.FinishStop, Usage: stdCount(),
				Meta: &assistant.Meta{Vendor: v.Name, Model: v.Model, ID: answerID},
			}}, nil
		}}
		for _, c := range wireChecks(WireOptions{Vendor: v}) {
			if !strings.HasPrefix(c.name, "contract/") {
				require.Error(t, c.run(r), c.name)
			}
		}
	}
}

// Every check fails for a model that says nothing at all.
func TestEveryCheckCanFail(t *testing.T) {
	t.Parallel()
	r := &rig{vendor: Qwen(), patience: 100 * time.Millisecond, open: func(Endpoint) (assistant.Model, error) { return mute{}, nil }}
	for _, c := range wireChecks(WireOptions{Vendor: r.vendor}) {
		require.Error(t, c.run(r), c.name)
	}
}

// The names of checks are what Skip goes by, so they must be unique.
func TestCheckNamesAreUnique(t *testing.T) {
	t.Parallel()
	for _, v := range []*Vendor{OpenAI(), Qwen(), DashScope(), DeepSeek(), Doubao(), Hunyuan(), HunyuanNative(), ERNIE(), Ollama(), OllamaNative(), Huawei()} {
		seen := map[string]bool{}
		for _, c := range wireChecks(WireOptions{Vendor: v}) {
			require.False(t, seen[c.name], "%s: %s", v.Name, c.name)
			seen[c.name] = true
		}
	}
}

// mute ends every stream at once.
type mute struct{}

func (mute) Stream(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(func(assistant.Chunk, error) bool) {}
}

// constant yields the same chunks to every request.
type constant []assistant.Chunk

func (m constant) Stream(ctx context.Context, _ *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		if err := ctx.Err(); err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		for _, c := range m {
			if !yield(c, nil) {
				return
			}
		}
	}
}
