package label

import (
	"strings"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/markdown"
)

// A Document is a Markdown text whose label was taken from its front matter, for retrieval: Body is what a
// model gets to read, and the label goes where the source of a passage is kept. Generated sources can then be
// weighed, and cited as what they are.
type Document struct {
	Body  string
	Front string // the YAML between the fences, without the label
	Label Label
	// Labelled says that there is a label, well-formed or not. If it is false, Label is empty.
	Labelled bool
}

// SplitMarkdown takes the front matter from a text. A text without is all body.
func SplitMarkdown(text string) (Document, error) {
	front, body := markdown.Split(text)
	d := Document{Body: body, Front: front}
	found, err := markdown.Read(strings.NewReader(text))
	for _, f := range found {
		if r := parse(f.Text); r.ok {
			d.Label, d.Labelled = r.label, true
			break
		}
	}
	return d, err
}
