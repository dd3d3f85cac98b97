package providertest

import (
	"testing"

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
	for _, v := range []*Vendor{OpenAI(), Qwen()} {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			RunWire(t, openReference(v, ""), WireOptions{Vendor: v})
		})
	}
}
