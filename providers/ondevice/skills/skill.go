package skills

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// skill puts a tool and its phrases together.
func skill(tool assistant.Tool, phrases []string, not ...string) ondevice.Skill {
	return ondevice.Skill{Tool: tool, Phrases: phrases, Not: not}
}

// clock returns the clock to use.
func clock(now func() time.Time) func() time.Time {
	if now == nil {
		return time.Now
	}
	return now
}

// A replacement is the part of a tool's arguments that says which earlier thing the new one stands for,
// so that a correction (改成九点) does not leave both.
type replacement struct {
	Replaces string `json:"replaces,omitzero" jsonschema:"更正刚才设的那一个时，填它结果里的id，原来的就会去掉"`
}

// remove removes what is replaced.
func (r replacement) remove(ctx context.Context, do func(context.Context, ...string) error) error {
	if r.Replaces == "" {
		return nil
	}
	return do(ctx, r.Replaces)
}

// A spokenResult is a result whose sentence no template can make.
type spokenResult struct {
	Say string `json:"say" jsonschema:"可以直接说给用户的话"`
}

// names is what people call the values of arguments, by argument.
type names map[string]*ondevice.Names

// with returns the skill with names.
func with(n names, s ondevice.Skill) ondevice.Skill {
	s.Names = n
	return s
}

// called pairs values with the words for them, which are parted by spaces.
func called(pairs ...string) *ondevice.Names {
	var out []ondevice.Name
	for i := 0; i+1 < len(pairs); i += 2 {
		words := strings.Fields(pairs[i+1])
		out = append(out, ondevice.Name{Value: pairs[i], Text: words[0], Aliases: words[1:]})
	}
	return ondevice.NewNames(out)
}

// spokenAs adds sentences in which an argument is one of several texts, for arguments whose texts are
// unlike any other: each frame, in which the text stands for "_", with each of the texts in turn.
func spokenAs(s ondevice.Skill, arg string, texts, frames []string) ondevice.Skill {
	for i, text := range texts {
		before, after, _ := strings.Cut(frames[i%len(frames)], "_")
		s.Examples = append(s.Examples, ondevice.Example{
			Text:  before + text + after,
			Marks: []ondevice.Mark{{Name: arg, Start: len(before), End: len(before) + len(text)}},
		})
	}
	return s
}

// checkPercent says which percentages are allowed.
func checkPercent(what string, n int) error {
	if n < 0 || n > 100 {
		return fmt.Errorf("%s要在0到100之间，%d不行", what, n)
	}
	return nil
}
