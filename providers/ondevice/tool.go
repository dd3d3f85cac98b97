package ondevice

import (
	"maps"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/arguments"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/pattern"
)

// A tool is a spec, compiled.
type tool struct {
	spec   *assistant.ToolSpec
	args   []argument
	schema *arguments.Schema
	sample []sentence        // the example phrases
	not    []sentence        // sentences that do not call for it
	names  map[string]*Names // of its skill
	shared map[string]*Names // of the engine, by the name of the argument

	phrases []string // as they were written
	nots    []string
	only    map[string][]option // arguments that phrases fill from lists alone, and the values
	taught  bool                // the learned part has seen samples of it
	rules   map[string]string
	lists   map[string][]Name
	about   []symbol // the description
	known   []symbol // the words of phrases and description, ascending
	class   class    // classes of the words in phrases and description
	purpose class    // of the words in the description alone
	err     error    // why the tool cannot be used here
	root    property // the schema
	fields  []*field // of the schema, where words are read by it
	nested  bool     // some of them are objects
	beyond  string   // an argument that words cannot fill, and without which the tool is not called
}

// newTool compiles a spec with what was learned about a tool of its name, if anything.
func newTool(spec *assistant.ToolSpec, taught *lesson, shared map[string]*Names) *tool {
	t := &tool{spec: spec, shared: shared}
	if t.root, t.args, t.err = parseSchema(spec.Schema); t.err != nil {
		return t
	}
	if t.schema, t.err = arguments.Compile(spec.Schema); t.err != nil {
		return t
	}
	about := spec.Description + "。" + strings.ReplaceAll(spec.Name, "_", " ")
	t.about, t.class = symbolsOf(about)
	t.purpose = t.class
	t.phrases = spec.Examples
	if taught != nil {
		t.phrases, t.nots, t.names, t.rules, t.lists = taught.phrases, taught.not, taught.names, taught.rules, taught.lists
	}
	t.only = t.fromLists()
	t.sample = t.patterns(t.phrases)
	for _, p := range t.sample {
		t.class |= p.class
	}
	t.declare()
	t.not = t.patterns(t.nots)
	t.taught = len(t.phrases) > 0 || taught != nil && len(taught.examples) > 0
	t.known = slices.Concat(append(wordsOf(t.sample), t.about)...)
	slices.Sort(t.known)
	t.known = slices.Clone(slices.Compact(t.known))
	return t
}

// declare compiles the fields of a tool whose arguments no phrase says where to find.
func (t *tool) declare() {
	t.nested = t.root.nested()
	if t.nested || len(t.sample) == 0 {
		t.fields = fieldsOf(t.root, nil)
	}
	for i, a := range t.args {
		readable := a.form != unfillable || len(t.fields) > 0 && t.fields[i].readable()
		if !readable && (a.required || len(t.args) == 1) {
			t.beyond = a.name
		}
	}
}

// patterns returns sentences that phrases describe. What is no phrase stands for itself.
func (t *tool) patterns(phrases []string) []sentence {
	var out []sentence
	scope := t.scope(kindNames)
	c := newCompiler(t)
	for _, phrase := range phrases {
		sentences, err := samples(phrase, scope, samplesPerPhrase)
		if err != nil {
			sentences = []string{phrase}
		}
		for _, sentence := range sentences {
			if p := c.sentence(sentence); len(p.items) > 0 {
				p.phrase = phrase
				out = append(out, p)
			}
		}
	}
	return packed(out)
}

// packed returns sentences in no more room than they need.
func packed(sentences []sentence) []sentence {
	items, words := 0, 0
	for i := range sentences {
		items, words = items+len(sentences[i].items), words+len(sentences[i].words)
	}
	allItems, allWords := make([]item, 0, items), make([]symbol, 0, words)
	out := slices.Clone(sentences)
	for i := range out {
		s := &out[i]
		from, to := len(allItems), len(allWords)
		allItems, allWords = append(allItems, s.items...), append(allWords, s.words...)
		s.items, s.words = allItems[from:len(allItems):len(allItems)], allWords[to:len(allWords):len(allWords)]
	}
	return slices.Clip(out)
}

// fromLists returns the values of the arguments that the phrases fill from lists alone.
func (t *tool) fromLists() map[string][]option {
	if len(t.lists) == 0 {
		return nil
	}
	scope := t.scope(kindNames)
	lists, free := make(map[string]map[string]bool), make(map[string]bool)
	for _, phrase := range t.phrases {
		e, err := pattern.Parse(pattern.Phrase{Text: phrase, Scope: scope})
		if err != nil {
			continue
		}
		for _, slot := range e.Slots() {
			if _, ok := t.lists[slot.Of]; !ok {
				free[slot.Name] = true
				continue
			}
			if lists[slot.Name] == nil {
				lists[slot.Name] = make(map[string]bool)
			}
			lists[slot.Name][slot.Of] = true
		}
	}
	out := make(map[string][]option)
	for _, a := range t.args {
		if free[a.name] || lists[a.name] == nil {
			continue
		}
		for _, list := range slices.Sorted(maps.Keys(lists[a.name])) {
			for _, v := range t.lists[list] {
				value, err := a.parse(v.value())
				e, bad := pattern.Parse(pattern.Phrase{Text: v.phrase(), Scope: scope})
				if err != nil || bad != nil {
					continue
				}
				o := option{json: value}
				for _, s := range e.Sentences(namesPerValue) {
					if len(s) == 1 {
						o.words = append(o.words, foldString(s[0].Text))
					}
				}
				out[a.name] = append(out[a.name], o)
			}
		}
	}
	return out
}

// namesPerValue bounds the names of a value in a list.
const namesPerValue = 8

// samplesPerPhrase bounds the sentences that a phrase is compared as.
const samplesPerPhrase = 3

// says reports whether the word occurs in what the tool declares.
func (t *tool) says(w symbol) bool {
	_, ok := slices.BinarySearch(t.known, w)
	return ok
}

// as returns the tool with the spec of a request.
func (t *tool) as(spec *assistant.ToolSpec) *tool {
	if t.spec == spec {
		return t
	}
	own := *t
	own.spec = spec
	return &own
}

func wordsOf(ps []sentence) [][]symbol {
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

// text reports whether an argument is free text.
func (t *tool) text(name string) bool {
	i := t.arg(name)
	return i >= 0 && t.args[i].form == freeText
}

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
