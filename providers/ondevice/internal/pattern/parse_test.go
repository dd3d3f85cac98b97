package pattern

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMistakes(t *testing.T) {
	t.Parallel()
	scope := &Scope{
		Rules: map[string]string{
			"open": "(打开|开启)", "self": "再<self>", "a": "<b>", "b": "[<a>]吧", "broken": "开[启", "slots": "{text}",
			"deep": strings.Repeat("(", 40) + "好" + strings.Repeat(")", 40),
			"two":  "<ten><ten>", "ten": strings.Repeat("<words>", 100), "words": strings.Repeat("(好|是)", 50),
		},
		Lists: map[string][]string{
			"room": {"客厅"}, "bad": {"客厅", "卧(室"}, "with slots": {"{text}"}, "empty": {""}, "optional": {"[客厅]"},
			"any": {"好{*}"}, "both": {"好&&是"}, "rules": {"<slots>"},
		},
		Kinds: map[string][]Kind{"time": {1}, "beyond": {MaxKind + 1}},
	}
	for _, c := range []struct {
		text   string
		where  string
		offset int
		reason string
	}{
		{"", "", 0, "is empty"},
		{" ", "", 0, "is empty"},
		{"，。", "", 0, "fits an empty sentence"},
		{"[请][打开]", "", 0, "fits an empty sentence"},
		{"(好|)", "", 0, "fits an empty sentence"},
		{"{*}", "", 0, "fits an empty sentence"},
		{"请[打开", "", 3, `'[' is not closed: write ']' behind what belongs to it, or \[ for the character`},
		{"请(打开]", "", 3, `'(' is not closed`},
		{"请打开]", "", 9, `']' closes nothing: take it out, or write \] for the character`},
		{"请打开)", "", 9, `')' closes nothing`},
		{"请打开}", "", 9, `'}' closes nothing`},
		{"请打开>", "", 9, `'>' closes nothing`},
		{"开{room", "", 3, `'{' is not closed: write '}' behind the name, or \{ for the character`},
		{"开{ro{om}", "", 3, `'{' is not closed`},
		{"开<open", "", 3, `'<' is not closed`},
		{"开{}", "", 3, "has a slot without a name: write {*} for any text"},
		{"开{:room}", "", 3, "has a slot without a name"},
		{"开{a:}", "", 3, "write {a}, or the name of a list behind the colon"},
		{"开{a:rooms}", "", 3, `nothing is called "rooms": lists and kinds are any, bad, beyond, both, empty, optional, room, rules, time, with slots`},
		{"开{room:a}", "", 3, `nothing is called "a", but "room": write {a:room}, the slot first`},
		{"<shut>灯", "", 0, `no rule is called "shut": rules are a, b, broken, deep, open, self, slots, ten, two, words`},
		{"灯<self>", "rule <self>", 3, `rule "self" uses itself`},
		{"灯<a>", "rule <b>", 1, `rule "a" uses itself`},
		{"灯<broken>", "rule <broken>", 3, `'[' is not closed`},
		{"<two>", "rule <words>", 206, "has more than 20000 parts"},
		{strings.Repeat("[", 40) + "<deep>", "rule <deep>", 23, "brackets and rules in each other"},
		{"灯{*a}", "", 3, "{*a} has no such bounds: write {*}, {*3}, {*1-10} or {*2-}"},
		{"灯{*1-b}", "", 3, "has no such bounds"},
		{"灯{*-1-2}", "", 3, "has no such bounds"},
		{"灯{*5-2}", "", 3, "{*5-2} ends before it begins"},
		{"灯{*0}", "", 3, "ends before it begins"},
		{"灯{*1-999}", "", 3, "has more than 200 characters: write {*1-}"},
		{"(a;b;c;d;e;f;g)", "", 14, "has more than 6 parts in any order"},
		{"a&&b&&c&&d&&e&&f&&g", "", 18, "has more than 6 parts in any order"},
		{"(((a;b;c;d;e;f);b;c;d;e;f);b;c;d;e;f)", "", 0, "has too many orders in each other: write several phrases"},
		{`灯\`, "", 3, `\ has nothing behind it: write \\ for the character`},
		{"灯\xff", "", 0, "is not UTF-8"},
		{"开{a:bad}", `value 1 of list "bad"`, 3, `'(' is not closed`},
		{"开{a:with slots}", `value 0 of list "with slots"`, 0, "has a slot in a place that holds words only"},
		{"开{a:rules}", "rule <slots>", 0, "has a slot in a place that holds words only"},
		{"开{a:any}", `value 0 of list "any"`, 3, "has a slot in a place that holds words only"},
		{"开{a:both}", `value 0 of list "both"`, 8, "has && in a place that holds words only"},
		{"开{a:empty}", `value 0 of list "empty"`, 0, "is empty"},
		{"开{a:optional}", `value 0 of list "optional"`, 0, "fits an empty sentence"},
		{"开{beyond}", `kinds of "beyond"`, 0, "is above"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			_, err := Compile([]Phrase{{Text: "好"}, {Text: c.text, Scope: scope}}, nil)
			var mistake *Error
			require.True(t, errors.As(err, &mistake), "%v", err)
			require.Equal(t, 1, mistake.Phrase)
			require.Equal(t, c.where, mistake.Where)
			require.Contains(t, mistake.Reason, c.reason)
			require.Equal(t, c.offset, mistake.Offset, mistake.Reason)
		})
	}
	_, err := Compile([]Phrase{{Text: "好"}, {Text: "请打开]"}}, nil)
	require.EqualError(t, err, `phrase 1: "请打开]" at character 4: ']' closes nothing: take it out, or write \] for the character`)
	_, err = Compile([]Phrase{{Text: "开<open>"}}, nil)
	require.ErrorContains(t, err, `no rule is called "open": the scope has no rules`)
	_, err = Compile([]Phrase{{Text: "开{a:b}"}}, nil)
	require.ErrorContains(t, err, `the scope has no lists and kinds`)
	_, err = Compile(nil, []string{"请[问"})
	require.EqualError(t, err, `phrase 0, skipped word: "请[问" at character 2: '[' is not closed: write ']' behind what belongs to it, or \[ for the character`)
}

func TestSlots(t *testing.T) {
	t.Parallel()
	e, err := Parse(Phrase{Text: "<let>{where:room}[{text}]{where:room}{time}", Scope: &Scope{
		Rules: map[string]string{"let": "把{text}"}, Lists: map[string][]string{"room": {"客厅"}},
	}})
	require.NoError(t, err)
	require.Equal(t, []Slot{{"text", "text"}, {"where", "room"}, {"time", "time"}}, e.Slots())
}

func TestSentences(t *testing.T) {
	t.Parallel()
	sentences := func(text string, limit int) []string {
		e, err := Parse(Phrase{Text: text, Scope: everything})
		require.NoError(t, err)
		var all []string
		for _, pieces := range e.Sentences(limit) {
			all = append(all, written(pieces))
		}
		return all
	}
	require.ElementsMatch(t, []string{"请开灯", "请关灯", "开灯", "关灯"}, sentences("[请](开|关)灯", 100))
	require.Equal(t, []string{"请开灯", "关灯"}, sentences("[请](开|关)灯", 2))
	require.Equal(t, []string{"{time:time}叫我", "叫我{time:time}"}, sentences("({time};叫我)", 100))
	require.Equal(t, []string{"打开灯", "灯打开"}, sentences("打开 && 灯", 100)[:2])
	require.ElementsMatch(t, []string{"abc", "acb", "bac", "bca", "cab", "cba"}, sentences("(a;b;c)", 100))
	require.ElementsMatch(t, []string{"打开灯", "开启灯", "开灯"}, sentences("<turn on>{*}灯", 100))
	require.Equal(t, []string{"play some {song:song} song"}, sentences(" play some {song} song ", 100)[:1])
	require.Equal(t, []string{"开"}, sentences("(开|开|开)", 100))
	require.Empty(t, sentences("开", 0))
	many := sentences(strings.Repeat("(一|二|三|四|五|六|七|八)", 30), 5)
	require.Len(t, many, 5)
	require.Equal(t, strings.Repeat("一", 30), many[0])
}

func TestQuote(t *testing.T) {
	t.Parallel()
	text := `a[b](c){d}<e>|f;g&&h\i`
	require.Len(t, compile(t, nil, Quote(text)).ranks, 1)
	e, err := Parse(Phrase{Text: Quote(text)})
	require.NoError(t, err)
	require.Equal(t, [][]Piece{{{Text: text}}}, e.Sentences(5))
}
