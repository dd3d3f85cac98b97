package measure

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// counted has texts and the numbers of their tokens, by the tokenizers themselves: js-tiktoken 1.0.21 with the
// vocabularies of o200k_base, cl100k_base and Qwen2.5.
var counted = map[string]struct {
	text   string
	tokens [tokenizers]int
}{
	"news":        {"国家统计局今天公布的数据显示，上半年国内生产总值同比增长百分之五点二，就业形势总体稳定，居民收入继续增加。专家认为，下半年经济有望保持回升向好的态势，但仍需关注外部环境的不确定性。各地正在加快落实各项政策，支持企业创新，扩大国内需求，推动高质量发展。", [tokenizers]int{80, 143, 64}},
	"chat":        {"你好！我想问一下，明天下午三点从上海虹桥到北京南的高铁还有票吗？如果没有的话，帮我看看四点以后的车次，二等座就行，谢谢啦～", [tokenizers]int{48, 68, 41}},
	"traditional": {"這個週末我們打算帶孩子去動物園，聽說新來的貓熊非常可愛。如果天氣不好，就改去科學博物館，那裡有一個關於太空的特展，門票可以在網路上先買。", [tokenizers]int{62, 96, 51}},
	"novel":       {"她推开窗，夜色像一盆冷水泼进屋里。远处的犬吠断断续续，巷口那盏路灯忽明忽暗，照着墙根下一丛枯黄的野草。他已经走了三天，连一封信也没有寄来。", [tokenizers]int{71, 100, 55}},
	"mixed":       {"在 Go 里用 `context.WithTimeout` 给 HTTP 请求加超时，记得 defer cancel()，否则 goroutine 会泄漏。文档见 https://pkg.go.dev/context。", [tokenizers]int{40, 46, 39}},
	"english":     {"The assistant answers questions in Chinese and English, remembers what you told it yesterday, and asks before it does anything that cannot be undone. You can run it on your own machine without a network connection.", [tokenizers]int{40, 40, 40}},
	"code":        {"func (s *Server) handle(w http.ResponseWriter, r *http.Request) {\n\tif r.Method != http.MethodPost {\n\t\thttp.Error(w, \"method not allowed\", http.StatusMethodNotAllowed)\n\t\treturn\n\t}\n\tvar in Request\n\tif err := json.NewDecoder(r.Body).Decode(&in); err != nil {\n\t\thttp.Error(w, err.Error(), http.StatusBadRequest)\n\t\treturn\n\t}\n}\n", [tokenizers]int{87, 83, 83}},
	"json":        {"{\"城市\": \"杭州\", \"日期\": \"2026-11-22\", \"天气\": {\"最高\": 18.5, \"最低\": 9, \"描述\": \"多云转晴\"}, \"建议\": [\"带外套\", \"适合散步\"]}", [tokenizers]int{58, 72, 59}},
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for name, c := range counted {
		for tokenizer, want := range c.tokens {
			got := Tokens(c.text, Tokenizer(tokenizer))
			require.InEpsilon(t, want, got, 0.15, "%s, tokenizer %d: %d tokens, estimated %d", name, tokenizer, want, got)
		}
	}
}

func TestTokensOfAll(t *testing.T) {
	t.Parallel()
	for tokenizer := range tokenizers {
		want, got := 0, 0
		for _, c := range counted {
			want += c.tokens[tokenizer]
			got += Tokens(c.text, tokenizer)
		}
		require.InEpsilon(t, want, got, 0.05, "tokenizer %d", tokenizer)
	}
}

func TestTokensOfLittle(t *testing.T) {
	t.Parallel()
	for tokenizer := range tokenizers + 1 {
		require.Zero(t, Tokens("", tokenizer))
		for _, s := range []string{"a", "\n", "。", "好", "\xff", "😀", " ", "1", "!"} {
			require.Positive(t, Tokens(s, tokenizer), "%q", s)
			require.Less(t, Tokens(s, tokenizer), 5, "%q", s)
		}
	}
	require.Equal(t, Tokens("今天天气很好", O200k), Tokens("今天天气很好", 99))
}

// TestTokenPairs checks that the filter has the commonest words, and hardly anything that is none.
func TestTokenPairs(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"我们", "没有", "可以", "中国"} {
		require.Equal(t, 1, Tokens(word, O200k), word)
		require.Equal(t, 1, Tokens(word, Qwen), word)
	}
	for tokenizer := range tokenizers {
		joined := 0
		v := vocabularies()[tokenizer]
		for i := range 10000 {
			joined += int(v.has(uint64(i*7919%ideographs*ideographs+i*104729%ideographs) * hashFactor))
		}
		require.Less(t, joined, 150)
	}
}

func TestTokensGrowWithText(t *testing.T) {
	t.Parallel()
	for _, s := range append(awkward, "好", "ab", "Ab", "ABc", "1", "é", "です", "，", "()", "=====") {
		long := strings.Repeat(s, 1<<14)
		require.Greater(t, Tokens(long, O200k), 0)
		require.LessOrEqual(t, Tokens(long, CL100k), 4*utf8.RuneCountInString(long))
	}
}

func FuzzTokens(f *testing.F) {
	for _, c := range counted {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for tokenizer := range tokenizers {
			n := Tokens(s, tokenizer)
			require.Equal(t, s == "", n == 0)
			require.LessOrEqual(t, n, 2+4*len(s))
		}
	})
}
