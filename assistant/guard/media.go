package guard

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Media says what happens to pictures, recordings, films and files, in which no rule for text can look.
type Media uint8

// The ways to treat media.
const (
	RefuseMedia Media = iota // the request or reply is an error that matches [ErrMedia]
	DropMedia                // they are left out, and the reply says so in Meta.Dropped
	PassMedia                // they pass as they are
)

// ErrMedia is the error of media that must not pass.
const ErrMedia = refusal("media that cannot be checked")

type refusal string

func (r refusal) Error() string { return string(r) }

// medium returns what people call a part that is media, or "".
func medium(p assistant.Part) string {
	switch p.(type) {
	case assistant.Image:
		return "picture"
	case assistant.Audio:
		return "recording"
	case assistant.Video:
		return "film"
	case assistant.File:
		return "file"
	}
	return ""
}

// refused is the error for media at a place in a request or reply.
func (m Media) refused(what, place string) error {
	return &assistant.Error{Kind: assistant.ErrInvalid, Err: fmt.Errorf("guard: %s at %s: %w", what, place, ErrMedia)}
}
