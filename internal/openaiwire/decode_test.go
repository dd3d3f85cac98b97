package openaiwire

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// seen is what a piece says, in a form that can be compared.
func seen(p *piece) string {
	var b strings.Builder
	fmt.Fprintf(&b, "id=%q model=%q request=%q content=%q reasoning=%q finish=%q usage=%v %+v",
		p.id, p.model, p.requestID, p.content, p.reasoning, p.finish, p.hasUsage, p.usage)
	for _, c := range p.calls {
		fmt.Fprintf(&b, " call(%d %v %q %q %q)", c.index, c.hasIndex, c.id, c.name, c.args)
	}
	if p.rare != nil {
		r := *p.rare
		if r.failure != nil {
			fmt.Fprintf(&b, " failure=%+v", *r.failure)
		}
		r.failure = nil
		fmt.Fprintf(&b, " rare=%+v", r)
	}
	return b.String()
}

var chunkSeeds = []string{
	strings.TrimPrefix(strings.TrimSpace(benchChunk), "data: "),
	benchWhole,
	`{"choices":[{"delta":{"content":"\u4f60\ud83d\ude00\ud83dx\n","tool_calls":[{"index":1,"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}}]},"finish_reason":"tool_calls"}]}`,
	`{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":4,"cache_creation_input_tokens":1},"completion_tokens_details":{"reasoning_tokens":2}}}`,
	`{"choices":[{"delta":{"content":"a","content":"b"}}],"choices":null}`,
	`{"choices":[{"index":0,"delta":null,"message":{"reasoning":"想"},"flag":0}],"x":[1.5e3,-0,{"y":[true,false,null]}]}`,
	` { "choices" : [ { "delta" : { "content" : "空" } } ] , "id" : 7 } `,
	`{"error":{"message":"m"}}`,
	`{"choices":[{"delta":{"audio":{"data":"AA=="},"refusal":"不"}}],"search_results":[{"url":"u"}]}`,
	"{\"choices\":[{\"delta\":{\"content\":\"\xff\"}}]}",
	`{"usage":{"prompt_tokens":1.5,"completion_tokens":12345678901}}`,
	`{"choices":[{"index":0,"text":"填","logprobs":null,"finish_reason":null}],"usage":null}`,
	`{"choices":[{"text":"a","delta":{"content":"b"},"moderation_hit_type":"violence"}]}`,
}

// FuzzDecode checks that the single pass and encoding/json read the same, and refuse the same.
func FuzzDecode(f *testing.F) {
	for _, s := range chunkSeeds {
		f.Add([]byte(s))
	}
	var d decoder
	var fast, slow piece
	f.Fuzz(func(t *testing.T, data []byte) {
		slow.reset()
		slowErr := decodeAny(data, &slow)
		fastErr := d.decode(data, &fast)
		require.Equal(t, slowErr == nil, fastErr == nil)
		if slowErr == nil {
			require.Equal(t, seen(&slow), seen(&fast), "%s", data)
		}
	})
}

// TestUsualShapesAreFast guards the single pass: what vendors send all the time must not fall back.
func TestUsualShapesAreFast(t *testing.T) {
	t.Parallel()
	for _, data := range []string{
		chunkSeeds[0], chunkSeeds[1], chunkSeeds[2], chunkSeeds[3], chunkSeeds[5],
		`{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","service_tier":"default","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null,"tool_calls":null},"logprobs":null,"finish_reason":null}],"usage":null}`,
		`{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":""},"index":0,"id":"","type":"function"}]},"index":0}]}`,
		`{"choices":[{"index":0,"text":"填","logprobs":null,"finish_reason":null}],"usage":null}`,
		`{"choices":[{"finish_reason":"stop","delta":{},"index":0,"stop_reason":null}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_cache_hit_tokens":1,"prompt_cache_miss_tokens":0,"prompt_tokens_details":null}}`,
	} {
		var d decoder
		var p, want piece
		d.scanner = scanner{b: []byte(data)}
		d.top(&p)
		require.False(t, d.bad, "%s", data)
		require.NoError(t, decodeAny([]byte(data), &want))
		require.Equal(t, seen(&want), seen(&p))
	}
}

func TestDecodeDoesNotAllocate(t *testing.T) {
	var d decoder
	var p piece
	chunk := []byte(chunkSeeds[0])
	piece := []byte(`{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"","function":{"arguments":"{\"城市\":\"杭州\"}"}}]}}]}`)
	got := testing.AllocsPerRun(2000, func() {
		_ = d.decode(chunk, &p)
		_ = d.decode(piece, &p)
	})
	require.Less(t, got, 0.05)
}

func TestStringsStayValid(t *testing.T) {
	t.Parallel()
	var d decoder
	var p piece
	var got []string
	var want []string
	for i := range 5000 {
		s := strings.Repeat("长", i%700) + fmt.Sprint(i)
		data := []byte(`{"choices":[{"delta":{"content":"` + s + `"}}]}`)
		require.NoError(t, d.decode(data, &p))
		clear(data)
		got, want = append(got, p.content), append(want, s)
	}
	require.Equal(t, want, got)
}

func TestDeepNestingFallsBack(t *testing.T) {
	t.Parallel()
	var d decoder
	var p piece
	deep := `{"x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `,"choices":[{"delta":{"content":"好"}}]}`
	require.NoError(t, d.decode([]byte(deep), &p))
	require.Equal(t, "好", p.content)
	require.Error(t, d.decode([]byte(`{"x":`+strings.Repeat("[", 1<<20)), &p))
}
