package hunyuan

import (
	"iter"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// withoutStops takes the text that ended an answer off its end: the native interface leaves it there.
// What may be the beginning of such a text is held back until it is known.
func withoutStops(chunks iter.Seq2[assistant.Chunk, error], stops []string) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		var held string
		var meta *assistant.Meta
		for k, err := range chunks {
			if err != nil {
				if held == "" && meta == nil || yield(assistant.Chunk{Text: held, Meta: meta}, nil) {
					yield(assistant.Chunk{}, err)
				}
				return
			}
			text := held + k.Text
			switch {
			case k.Retract != nil:
				held, text = "", ""
			case k.Finish != "":
				held = ""
				if k.Finish == assistant.FinishStop {
					text = trimStop(text, stops)
				}
			default:
				n := len(text) - beginning(text, stops)
				text, held = text[:n], text[n:]
			}
			k.Text = text
			if k.Meta == nil {
				k.Meta = meta
			}
			meta = nil
			if k.Text == "" && k.Reasoning == "" && k.ToolCalls == nil && k.Parts == nil && k.Retract == nil && k.Finish == "" {
				meta = k.Meta // nothing to show yet
				continue
			}
			if !yield(k, nil) {
				return
			}
		}
	}
}

// trimStop cuts text at the first stop that ends it.
func trimStop(text string, stops []string) string {
	for _, stop := range stops {
		if rest, ok := strings.CutSuffix(text, stop); ok && stop != "" {
			return rest
		}
	}
	return text
}

// beginning returns how many bytes at the end of text may be the beginning of a stop, or all of it.
func beginning(text string, stops []string) int {
	longest := 0
	for _, stop := range stops {
		for n := min(len(stop), len(text)); n > longest; n-- {
			if strings.HasSuffix(text, stop[:n]) {
				longest = n
			}
		}
	}
	return longest
}
