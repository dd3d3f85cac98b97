package providers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/providers"
	"github.com/zhushou-ai/zhushou/providers/hunyuan"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func TestOpen(t *testing.T) {
	for _, v := range providers.List() {
		if v.KeyVar != "" {
			t.Setenv(v.KeyVar, "sk-secret-0123456789")
			t.Setenv(v.BaseURLVar, "")
		}
	}
	t.Setenv(hunyuan.SecretIDVar, "AKID")
	t.Setenv(hunyuan.SecretKeyVar, "secret-0123456789")
	tests := []struct{ name, want, err string }{
		{"qwen/qwen-max", "qwen/qwen-max", ""},
		{"qwen", "qwen/qwen-plus", ""},
		{"qwen/qwen-plus?region=intl", "qwen/qwen-plus", ""},
		{"openai/gpt-5-mini", "openai/gpt-5-mini", ""},
		{"openai/meta/llama-4?base_url=http://localhost:8000/v1", "openai/meta/llama-4", ""},
		{"deepseek", "deepseek/deepseek-flash", ""},
		{"deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-pro", ""},
		{"deepseek?region=cn", "", `unknown option "region"`},
		{"doubao/ep-20260701-abc?region=intl", "doubao/ep-20260701-abc", ""},
		{"doubao?region=mars", "", "the regions are"},
		{"pangu?region=hk", "pangu/openpangu-2.0-flash", ""},
		{"pangu?region=mars", "", "the regions are"},
		{"ernie", "ernie/ernie-5.1", ""},
		{"ernie/deepseek-v4-pro?base_url=http://localhost", "ernie/deepseek-v4-pro", ""},
		{"ernie?region=cn", "", `unknown option "region"`},
		{"hunyuan/ep-1?region=intl", "hunyuan/ep-1", ""},
		{"hunyuan?region=mars", "", "the regions are"},
		{"ollama/qwen3:8b", "ollama/qwen3:8b", ""},
		{"hunyuan/hunyuan-t1-latest?api=native", "hunyuan/hunyuan-t1-latest", ""},
		{"hunyuan?api=native&region=ap-shanghai", "hunyuan/hunyuan-turbos-latest", ""},
		{"qwen?api=native&region=us", "qwen/qwen-plus", ""},
		{"qwen?api=native&region=mars", "", "the regions are"},
		{"qwen?api=naive", "", `option api is "naive"; it can be "native"`},
		{"qwen?api=", "", `option api is ""`},
		{"openai?api=native", "", `unknown option "api"`},
		{"ollama/qwen3:8b?api=native", "ollama/qwen3:8b", ""},
		{"ollama?api=native", "", "no model"},
		{"ollama/somebody/m:7b?base_url=http://gpu:11434", "ollama/somebody/m:7b", ""},
		{"ollama", "", "no model"},
		{"ondevice", "", "import providers/ondevice"},
		{"", "", "known are deepseek, doubao, "},
		{"qwn/qwen-plus", "", `unknown vendor "qwn"; known are deepseek, doubao, `},
		{"openai/gpt-5?region=intl", "", `unknown option "region"`},
		{"qwen/qwen-plus?key=sk-secret-0123456789", "", `unknown option "key"`},
		{"qwen/qwen-plus?region=mars", "", "the regions are"},
		{"qwen/qwen-plus?%zz", "", "options"},
		{"openai/x?base_url=http://a:sk-secret-0123456789@b c", "", "base URL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := providers.Open(tt.name)
			if tt.err != "" {
				require.Nil(t, m)
				require.ErrorContains(t, err, tt.err)
				require.NotContains(t, err.Error(), "secret")
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, fmt.Sprint(m))
			require.NotContains(t, fmt.Sprintf("%v %+v %#v", m, m, m), "secret")
		})
	}
}

func TestOpenWithoutKeys(t *testing.T) {
	for _, v := range providers.List() {
		if v.KeyVar == "" {
			continue
		}
		t.Setenv(v.KeyVar, "")
		t.Setenv(v.BaseURLVar, "")
		m, err := providers.Open(v.Name + "/" + v.Model)
		require.Nil(t, m)
		require.ErrorContains(t, err, v.KeyVar, "the error names the variable")
	}
}

// "api=native" opens the adapter that speaks the vendor's own protocol, for every vendor that has one.
func TestOpenNative(t *testing.T) {
	var found []string
	for _, c := range columns() {
		name, native := strings.CutSuffix(c.title, " (native)")
		if !native {
			continue
		}
		found = append(found, name)
		t.Run(name, func(t *testing.T) {
			srv := providertest.NewServer(t, providertest.Config{Vendor: c.contestant.vendor(), Strict: true})
			srv.Script(providertest.Answer{Text: "好"})
			for name, value := range map[string]string{
				hunyuan.SecretIDVar: srv.AccessKey, hunyuan.SecretKeyVar: srv.SecretKey, qwen.KeyVar: srv.Key, ollama.KeyVar: srv.Key,
			} {
				t.Setenv(name, value)
			}
			m, err := providers.Open(name + "/" + c.models[0] + "?api=native&base_url=" + srv.URL)
			require.NoError(t, err)
			text, err := (&assistant.Assistant{Model: m}).Ask(t.Context(), "你好")
			require.NoError(t, err)
			require.Equal(t, "好", text)
		})
	}
	var listed []string
	for _, v := range providers.List() {
		if v.Native {
			listed = append(listed, v.Name)
		}
	}
	require.Equal(t, found, listed)
	t.Setenv(hunyuan.SecretIDVar, "")
	_, err := providers.Open("hunyuan?api=native")
	require.ErrorContains(t, err, hunyuan.SecretIDVar)
}

func TestNetworkCanBeForbidden(t *testing.T) {
	for round := range 2 { // also when the adapters have sent something before
		t.Run(fmt.Sprint("round ", round), func(t *testing.T) {
			assistanttest.ForbidNetwork(t)
			t.Setenv("DASHSCOPE_API_KEY", "k")
			t.Setenv("DASHSCOPE_COMPATIBLE_BASE_URL", "")
			m, err := providers.Open("qwen")
			require.NoError(t, err)
			_, err = (&assistant.Assistant{Model: m}).Ask(t.Context(), "你好")
			require.ErrorIs(t, err, assistanttest.ErrNetwork)
			require.ErrorIs(t, err, assistant.ErrNetwork)
		})
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	list := providers.List()
	require.True(t, slices.IsSortedFunc(list, func(a, b providers.Info) int { return strings.Compare(a.Name, b.Name) }))
	for _, v := range list {
		require.NotEmpty(t, v.Name)
		require.Equal(t, v.KeyVar == "", v.Model == "", "a vendor with a key has a default model")
	}
	list[0].Name = "changed"
	require.NotEqual(t, "changed", providers.List()[0].Name)
}

func ExampleOpen() {
	// A server of one's own needs no key. "qwen/qwen-plus" takes it from DASHSCOPE_API_KEY.
	model, err := providers.Open("openai/qwen3-8b?base_url=http://localhost:8000/v1")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(model)
	// Output: openai/qwen3-8b
}
