package ondevice

import "strings"

// A pattern is an example phrase, compiled: words, and slots where values stand.
type pattern struct {
	phrase string
	items  []item
	words  []symbol // the meaning words, slots of a type as their [kind]: the view that is compared
	class  class
}

// An item is a word or a slot.
type item struct {
	symbol symbol
	class  class
	slot   bool
	arg    int // of a slot: index of the argument, or -1 for text that no argument takes
}

// newPattern compiles a phrase. A brace that names no argument stands for any text.
func newPattern(phrase string, args []argument) pattern {
	p := pattern{phrase: phrase}
	for rest := phrase; rest != ""; {
		words, after, found := strings.Cut(rest, "{")
		p.addWords(words)
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

// addWords adds the plain words of a phrase; times and numbers among them stand for any other.
func (p *pattern) addWords(s string) {
	t := newText(s)
	spans := findSpans(t, sampleTime)
	for i := 0; i < len(t.runes); {
		if sp := longest(spans, i); sp != nil {
			p.items = append(p.items, item{symbol: sp.kind.symbol(), slot: true, arg: anyValue})
			p.words = append(p.words, sp.kind.symbol())
			i = sp.end
			continue
		}
		k := t.tokens[i]
		p.items = append(p.items, item{symbol: k.symbol, class: k.class})
		if k.class&filler == 0 {
			p.words = append(p.words, k.symbol)
			p.class |= k.class
		}
		i = k.end
	}
}

func (p *pattern) addSlot(arg int, args []argument) {
	it := item{slot: true, arg: arg}
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
