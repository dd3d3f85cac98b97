package ondevice

import "github.com/zhushou-ai/zhushou/assistant"

// A Skill is a tool together with the ways in which people ask for it.
type Skill struct {
	// Tool does what is asked. Its spec says which arguments there are, and its Examples are phrases.
	Tool assistant.Tool

	// Phrases are more sentences, or patterns of sentences, that call for the tool.
	Phrases []string

	// Not are sentences that resemble the phrases and do not call for the tool.
	Not []string

	// Names lists what arguments are called, by the name of the argument. Names that differ from
	// one user to the next come with the [Context] instead.
	Names map[string]*Names
}

// Tools returns the tools of skills, for [assistant.Assistant.Tools].
func Tools(skills ...Skill) []assistant.Tool {
	tools := make([]assistant.Tool, len(skills))
	for i, s := range skills {
		tools[i] = s.Tool
	}
	return tools
}

// A Name is what a thing or a person is called.
type Name struct {
	// Value is what the argument becomes: an identifier, or the name itself if empty.
	Value string
	// Text is the name, and Aliases are other names for the same.
	Text    string
	Aliases []string
}

// Names is a list of names that is searched by how they are written and by how they sound. It never
// changes, so that one list may serve many users.
type Names struct {
	names []Name
}

// NewNames returns the list of names. It copies what it needs.
func NewNames(names []Name) *Names {
	return &Names{names: append([]Name(nil), names...)}
}
