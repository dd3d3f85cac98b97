package ondevice

import "strings"

// A sentence is an example phrase, compiled: words, and slots where values stand.
type sentence struct {
	phrase   string
	items    []item
	words    []symbol // the meaning words, slots of a type as their [kind]: the view that is compared
	class    class
	question bool
}

// An item is a word or a slot.
type item struct {
	symbol symbol
	class  class
	slot   bool
	arg    int32 // of a slot: index of the argument, or -1 for text that no argument takes
}

// A compiler makes sentences of phrases. It remembers the words between the slots, which phrases share.
type compiler struct {
	tool *tool // nil for the background
	seen map[string][]item
}

func newCompiler(t *tool) *compiler { return &compiler{t, make(map[string][]item)} }

// sentence compiles a phrase. A brace that names no argument stands for any text.
func (c *compiler) sentence(phrase string) sentence {
	p := sentence{phrase: phrase, question: asking(foldString(phrase))}
	if c.tool != nil && !strings.Contains(phrase, "{") {
		p.addWords(c.plain(phrase))
		return p
	}
	var args []argument
	if c.tool != nil {
		args = c.tool.args
	}
	for rest := phrase; rest != ""; {
		words, after, found := strings.Cut(rest, "{")
		p.addWords(c.words(words))
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			break
		}
		p.addSlot(argIndex(args, strings.TrimSpace(name)), args)
		rest = tail
	}
	return p
}

// words compiles the plain words of a phrase; times and numbers among them stand for any other.
func (c *compiler) words(s string) []item {
	if items, ok := c.seen[s]; ok {
		return items
	}
	t := newText(s)
	items := itemsOf(t, findSpans(t, sampleTime))
	c.seen[s] = items
	return items
}

// plain compiles a sentence without slots: the names in it, too, stand for any other of their argument.
func (c *compiler) plain(s string) []item {
	t := newText(s)
	return itemsOf(t, c.tool.spansIn(t))
}

// spansIn returns the values in a phrase of the tool's own, by the names that are known when it is compiled.
func (t *tool) spansIn(text *text) []span {
	lists := make([][]*Names, len(t.args))
	for i, a := range t.args {
		for _, n := range []*Names{t.names[a.name], t.shared[a.name]} {
			if n.Len() > 0 {
				lists[i] = append(lists[i], n)
			}
		}
	}
	values := findSpans(text, sampleTime)
	spans := append(outside(values, findNames(text, t, lists, false)), values...)
	sortSpans(spans)
	return spans
}

func itemsOf(t *text, spans []span) []item {
	var items []item
	for i := 0; i < len(t.runes); {
		if sp := longest(spans, i); sp != nil {
			arg := anyValue
			if sp.kind == named {
				arg = sp.arg
			}
			items = append(items, item{symbol: sp.kind.symbol(), slot: true, arg: int32(arg)})
			i = sp.end
			continue
		}
		k := t.tokens[i]
		items = append(items, item{symbol: k.symbol, class: k.class})
		i = k.end
	}
	return items
}

func (p *sentence) addWords(items []item) {
	p.items = append(p.items, items...)
	for _, it := range items {
		if it.slot || it.class&filler == 0 {
			p.words = append(p.words, it.symbol)
			p.class |= it.class
		}
	}
}

func (p *sentence) addSlot(arg int, args []argument) {
	it := item{slot: true, arg: int32(arg)}
	if arg >= 0 {
		it.symbol = args[arg].kind().symbol()
		if args[arg].form != freeText {
			p.words = append(p.words, it.symbol)
		}
	}
	p.items = append(p.items, it)
}

// Slots of a pattern that belong to no argument.
const (
	anyText  = -1
	anyValue = -2 // a time or number that the phrase gives as an example
)
