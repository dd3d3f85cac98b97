package ondevice

import "github.com/zhushou-ai/zhushou/assistant"

// A Skill is a tool together with the ways in which people ask for it.
type Skill struct {
	// Tool does what is asked. Its spec says which arguments there are, and its Examples are phrases.
	Tool assistant.Tool

	// Phrases are more sentences, or patterns of sentences, that call for the tool: [请]提醒我{time}{text}.
	// The text above says how they are written.
	Phrases []string

	// Examples are sentences as they were said, for those who have many of them.
	Examples []Example

	// Not are sentences that resemble the phrases and do not call for the tool.
	Not []string

	// Rules are parts of phrases by name: <open> in a phrase is what the rule open says.
	Rules map[string]string

	// Lists are short lists of values by name, for {slot:list} in a phrase. The names in them are
	// phrases without slots, such as (打开|开启)[一下], and must be valid values of the argument.
	Lists map[string][]Name

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

// An Example is a sentence that calls for a skill's tool.
type Example struct {
	Text string `json:"text"`

	// Marks are where the arguments stand. If there are none, it is not known where they stand.
	Marks []Mark `json:"marks,omitzero"`

	// Features is what was known besides the words: see [Context.Features].
	Features map[string]string `json:"features,omitzero"`
}

// A Mark is an argument in the text of an [Example], by the byte offsets of its words.
type Mark struct {
	Name  string `json:"name"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}
