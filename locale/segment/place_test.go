package segment

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlaceKeepsItsParts(t *testing.T) {
	t.Parallel()
	p := place(0).withAlone(Tag(55), 1<<22).withTrait(numeral | dotted).withKind(mark).withUnit(longRun)
	for range 2 {
		require.Equal(t, longRun, p.unit())
		require.Equal(t, mark, p.kind())
		require.Equal(t, numeral|dotted, p.trait())
		require.Equal(t, Tag(55), p.tag())
		require.EqualValues(t, 1<<22, p.cost())
		p = p.withUnit(0).withKind(han).withAlone(NoTag, 0).withAlone(Tag(55), 1<<22).withKind(mark).withUnit(longRun)
	}
	for k, class := range map[kind]Class{han: Word, kana: Word, hangul: Word, letter: Latin, digit: Number, space: Space, punctuation: Punctuation, dot: Punctuation, emoji: Emoji, other: Symbol, mark: Symbol} {
		require.Equal(t, class, k.class())
	}
}

func TestCommonCharactersAreChinese(t *testing.T) {
	t.Parallel()
	for r := rune(firstHan); r <= lastHan; r++ {
		require.Equal(t, han, loaded().glyph(r).kind(), string(r))
	}
}
