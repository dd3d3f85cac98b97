package normalize

// Spacing sets the space between Chinese and other text, in the style of one of two well-known programs. They differ by
// design: Pangu spaces symbols and quotes, too, and leaves half-width punctuation; AutoCorrect spaces words, and writes
// the punctuation of Chinese full-width and that of lines without Chinese half-width. Both keep e-mail addresses,
// versions and names with @ whole.
type Spacing uint8

// The styles.
const (
	// Pangu follows the rules of pangu.js 9, with these differences: nothing inside a link, an HTML entity or fenced code
	// changes; nothing comes between the ** of Markdown and what they are around; a percent sign is parted from the letter
	// behind it only after a digit, so that %s stays; quotes of different kinds make no pair.
	Pangu Spacing = iota + 1
	// AutoCorrect follows the rules of AutoCorrect 2 that it applies by default, but for spelling, which is
	// [Options.Spelling]. The differences: nothing in fenced code, in a link of Markdown or between backticks changes,
	// even if there are spaces in it, and what ends a line counts as the end of what is said.
	AutoCorrect
)

func (o Spacing) edit() blockEdit {
	if o == Pangu {
		return spacePangu
	}
	return autoCorrect
}

func (o Spacing) span(s string) int                           { return o.edit().span(s) }
func (o Spacing) write(e *editor, s string, _ part, from int) { o.edit().write(e, s, from) }
func (Spacing) known(s string, _ int) (n, looked int)         { return knownBlocks(s) }
