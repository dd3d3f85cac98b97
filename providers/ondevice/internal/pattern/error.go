package pattern

import "fmt"

// An Error is a mistake in a phrase.
type Error struct {
	Phrase int    // index of the phrase, or of the word to skip
	Where  string // what of the phrase Text is: empty for the phrase itself, or rule <open>, value 2 of list "rooms", skipped word
	Text   string // what has the mistake
	Offset int    // where it is, in bytes of Text
	Reason string // what is wrong, and what would be right
}

func (e *Error) Error() string {
	where := e.Where
	if where != "" {
		where = ", " + where
	}
	return fmt.Sprintf("phrase %d%s: %q at character %d: %s",
		e.Phrase, where, e.Text, len([]rune(e.Text[:min(e.Offset, len(e.Text))]))+1, e.Reason)
}
