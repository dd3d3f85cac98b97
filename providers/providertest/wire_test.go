package providertest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func openReference(v *Vendor, bug string) func(Endpoint) (assistant.Model, error) {
	return func(e Endpoint) (assistant.Model, error) {
		return &reference{e: e, vendor: v.Name, bug: bug}, nil
	}
}

// The reference adapter proves that the suite can be passed.
func TestReferencePasses(t *testing.T) {
	t.Parallel()
	seeing := Qwen()
	seeing.Model = "qwen3-vl-plus"
	for _, v := range []*Vendor{OpenAI(), seeing} {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			RunWire(t, openReference(v, ""), WireOptions{Vendor: v})
		})
	}
}

// The reference does not know which fields Hunyuan takes, but what it makes of errors holds for it too.
func TestHunyuanErrors(t *testing.T) {
	t.Parallel()
	v, checked := Hunyuan(), 0
	for _, c := range wireChecks(WireOptions{Vendor: v}) {
		if strings.Contains(c.name, "/fault/") || strings.Contains(c.name, "/error/") || strings.HasPrefix(c.name, "endpoint/") {
			require.NoError(t, c.run(&rig{open: openReference(v, ""), vendor: v}), c.name)
			checked++
		}
	}
	require.Greater(t, checked, 50)
}
