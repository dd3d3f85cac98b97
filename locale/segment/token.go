package segment

// A Token is a piece of a text.
type Token struct {
	Text  string // a part of the text that was cut, unchanged
	Start int    // the offset of Text in it, in bytes
	Class Class
	Tag   Tag // of words, as far as it is known
}

// End returns the offset that follows the token.
func (t Token) End() int { return t.Start + len(t.Text) }

// A Class says what kind of token it is.
type Class uint8

// The classes.
const (
	Word        Class = iota // a word in Chinese characters, alone or with Latin ones: 银行, T恤
	Number                   // a number, or a date or a time with one: 3.14, 三百五十万, 第二十三, 1998年
	Latin                    // letters of another script, an address, a name such as GPT-4
	Punctuation              // one mark, or a dash or an ellipsis of several
	Space                    // white space, as much as there is in one place
	Symbol                   // what is none of the others, bytes that are not UTF-8 among it
	Emoji                    // one emoji with all that belongs to it
)

var classNames = [...]string{"word", "number", "latin", "punctuation", "space", "symbol", "emoji"}

// String returns the name of the class in lower case.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "?"
}
