package deepseek

import (
	"context"
	"fmt"
	"iter"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// A Gap is the place between two texts that [Model.Fill] writes for, such as the body of a function.
// Zero fields leave the choice to the vendor.
type Gap struct {
	Model  string // if empty, that of the configuration
	Before string // what stands before the gap; it must not be empty
	After  string // what stands behind it

	MaxTokens   int // at most 4096
	Temperature assistant.Opt[float64]
	TopP        assistant.Opt[float64]
	Stop        []string // texts that end the filling; they are not part of it
}

const maxFill = 4096 // tokens

// Fill writes what stands in a gap and yields it piece by piece, as Stream does. The model does not
// think about it.
func (m *Model) Fill(ctx context.Context, gap Gap) iter.Seq2[assistant.Chunk, error] {
	if gap.Before == "" {
		return func(yield func(assistant.Chunk, error) bool) {
			yield(assistant.Chunk{}, m.client.Invalid("the gap has nothing before it"))
		}
	}
	if gap.Model == "" {
		gap.Model = m.client.Model()
	}
	return m.client.Complete(ctx, openaiwire.Completion{URL: m.fill, Model: gap.Model, Write: gap.write})
}

func (g *Gap) write(f *openaiwire.Fields) {
	f.String("prompt", g.Before)
	if g.After != "" {
		f.String("suffix", g.After)
	}
	if n := g.MaxTokens; n > 0 {
		if n > maxFill {
			f.Drop("MaxTokens", fmt.Sprintf("the vendor takes %d, which was sent", maxFill))
			n = maxFill
		}
		f.Int("max_tokens", int64(n))
	}
	if v := g.Temperature; v.Set {
		f.Float("temperature", "Temperature", v.Value, openaiwire.Range{Min: 0, Max: 2})
	}
	if v := g.TopP; v.Set {
		f.Float("top_p", "TopP", v.Value, openaiwire.Range{Min: 0, Max: 1})
	}
	if len(g.Stop) > 0 {
		f.Strings("stop", g.Stop)
	}
}
