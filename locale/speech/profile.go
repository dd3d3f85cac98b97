package speech

// Profile says in which style a text is spoken and written. The zero Profile is the style of this package.
type Profile struct {
	Speaking Speaking
	Writing  Writing
}

// LikeWeText returns the style of WeTextProcessing.
func LikeWeText() Profile { return Profile{Speaking: speakLikeWeText(), Writing: writeLikeWeText()} }

// LikeNeMo returns the style of NeMo-text-processing.
func LikeNeMo() Profile { return Profile{Speaking: speakLikeNeMo(), Writing: writeLikeNeMo()} }
