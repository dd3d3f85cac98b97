package learn

// Background is the name of the tool that stands for every sentence that calls for no tool.
const Background = ""

// A Text is a sentence as the caller prepared it.
type Text struct {
	// Runes are the sentence. Width, case and script need not be folded; offsets are indices of Runes.
	Runes []rune

	// Spans are the stretches that denote a value by themselves, in any order. They may overlap.
	Spans []Span

	// Given is what is known besides the words.
	Given []Given
}

// A Span is a stretch of text with a type, such as a time or a name that stands in a list.
type Span struct {
	Start, End int    // Runes[Start:End]
	Kind       string // "time", "number", "name:room"; the words are the caller's, and must be those of training
	Listed     bool   // it is from a list that may differ from one user to the next
}

// A Given is one fact that is known besides the words: {"last", "play_music"}, {"moving", "yes"},
// {"likes_video", "0.7"}. A value that is a decimal number counts by its size.
type Given struct {
	Name, Value string
}

// A Slot is a stretch of text that is the value of an argument.
type Slot struct {
	Name       string
	Start, End int // Runes[Start:End]
}

// A Sample is a sentence of which it is known what it calls for.
type Sample struct {
	Text

	// Slots are the arguments in it, in order and without overlap.
	Slots []Slot

	// Phrase, if not 0, is the number of the phrase that the sample was made from. Samples of one tool that
	// were made from the same phrase count for less each, and none is shown in learning when how sure guesses are
	// is measured on another.
	Phrase int

	// Unmarked says that it is not known where the arguments stand. It is then not shown to the tagger.
	Unmarked bool
}

// A Tool is what sentences call for.
type Tool struct {
	// Name tells it from others. [Background] is for sentences that call for none.
	Name string

	// Samples are sentences that call for it. A tool without any is chosen by About alone.
	Samples []Sample

	// Not are sentences that resemble the samples and do not call for the tool. They are background.
	Not []Text

	// About is what describes it: its name in words, its description, the descriptions and the options
	// of its arguments.
	About []string
}
