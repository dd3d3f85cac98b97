package ondevice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/arguments"
)

// A tool is a spec, compiled.
type tool struct {
	spec   *assistant.ToolSpec
	args   []argument
	schema *arguments.Schema
	sample []pattern       // the example phrases
	about  []symbol        // the description
	known  map[symbol]bool // the words of phrases and description
	class  class           // classes of the words in phrases and description
	err    error           // why the tool cannot be used here
}

func newTool(spec *assistant.ToolSpec) *tool {
	t := &tool{spec: spec}
	if t.args, t.err = parseArguments(spec.Schema); t.err != nil {
		return t
	}
	if t.schema, t.err = arguments.Compile(spec.Schema); t.err != nil {
		return t
	}
	for _, a := range t.args {
		if a.required && a.form == unfillable {
			t.err = fmt.Errorf("argument %q cannot be read from words", a.name)
			return t
		}
	}
	about := spec.Description + "。" + strings.ReplaceAll(spec.Name, "_", " ")
	t.about, t.class = symbolsOf(about)
	for _, example := range spec.Examples {
		p := newPattern(example, t.args)
		if len(p.items) > 0 {
			t.sample = append(t.sample, p)
			t.class |= p.class
		}
	}
	t.known = make(map[symbol]bool)
	for _, w := range slices.Concat(append(wordsOf(t.sample), t.about)...) {
		t.known[w] = true
	}
	return t
}

// says reports whether the word occurs in what the tool declares.
func (t *tool) says(w symbol) bool { return t.known[w] }

func wordsOf(ps []pattern) [][]symbol {
	out := make([][]symbol, len(ps))
	for i := range ps {
		out[i] = ps[i].words
	}
	return out
}

func argIndex(args []argument, name string) int {
	for i := range args {
		if args[i].name == name {
			return i
		}
	}
	return -1
}

// arg returns the index of the argument called name, or -1.
func (t *tool) arg(name string) int { return argIndex(t.args, name) }

// symbolsOf returns the words of a description that mean something.
func symbolsOf(s string) ([]symbol, class) {
	var out []symbol
	var all class
	tokens := newText(s).tokens
	for i := 0; i < len(tokens); i = tokens[i].end {
		if tokens[i].class&filler == 0 {
			out = append(out, tokens[i].symbol)
			all |= tokens[i].class
		}
	}
	return out, all
}
