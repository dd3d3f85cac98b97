package assistant

import "encoding/json"

// A Part is one piece of a message: one of [Text], [Image], [Audio], [Video], [File], [Reasoning],
// [Citation], [ToolCall], [ToolResult] and [Unknown]. The set is closed; parts are values, never pointers.
type Part interface {
	kind() partKind
}

// Text is written language.
type Text struct {
	Text string `json:"text"`
}

// Media is the content of a file, wherever it is. One of URL, Data and FileID is set.
type Media struct {
	MIME   string `json:"mime,omitzero"`    // such as "image/png"; adapters guess it from Data if empty
	URL    string `json:"url,omitzero"`     // address that the vendor can fetch
	Data   []byte `json:"data,omitzero"`    // the bytes themselves
	FileID string `json:"file_id,omitzero"` // id of a file uploaded to the vendor before
}

// Image is a picture.
type Image struct {
	Media
	Detail string `json:"detail,omitzero"` // "low", "high", or empty for the vendor's choice
}

// Audio is a sound recording.
type Audio struct {
	Media
	Transcript string `json:"transcript,omitzero"` // what is said in it, if known
}

// Video is a film, or a list of frames.
type Video struct {
	Media
	Frames []string `json:"frames,omitzero"` // addresses of frames, instead of the Media
	FPS    float64  `json:"fps,omitzero"`    // frames per second to look at; zero for the vendor's choice
}

// File is a document.
type File struct {
	Media
	Name string `json:"name,omitzero"`
}

// Reasoning is the model's thinking. Adapters replay it to the vendor that it came from, where that
// vendor wants it, and to nobody else.
type Reasoning struct {
	Text   string `json:"text,omitzero"`
	Vendor string `json:"vendor,omitzero"`
	Model  string `json:"model,omitzero"`
	Opaque []byte `json:"opaque,omitzero"` // encrypted or signed form, to be sent back unchanged
}

// Citation is a source that the answer names.
type Citation struct {
	Index   int    `json:"index,omitzero"` // number by which the text refers to it, as in "[1]"
	Title   string `json:"title,omitzero"`
	URL     string `json:"url,omitzero"`
	Site    string `json:"site,omitzero"`
	Snippet string `json:"snippet,omitzero"`
}

// ToolCall is the model's wish to have a tool called.
type ToolCall struct {
	ID   string `json:"id"` // pairs the call with its [ToolResult]
	Name string `json:"name"`
	// Arguments is the JSON object just as the model wrote it, which may be malformed: see [Tool].
	Arguments string `json:"arguments"`

	// Private says that the tool was private when it was called: see [ToolSpec.Private]. An Assistant sets it, so that
	// it is still known when there is no such tool any more.
	Private bool `json:"private,omitzero"`
}

// ToolResult is what came of a [ToolCall].
type ToolResult struct {
	ID    string `json:"id"` // of the call
	Name  string `json:"name"`
	Parts []Part `json:"-"` // mostly one [Text]
	Error bool   `json:"error,omitzero"`

	// Declined says that a person did not want the call made; Error is set too.
	Declined bool `json:"declined,omitzero"`
}

// Text returns the text parts, joined.
func (r ToolResult) Text() string { return partsText(r.Parts) }

// Unknown is a part that a newer release wrote. It survives reading and writing unchanged, and
// adapters do not send it.
type Unknown struct {
	JSON json.RawMessage // the whole part, an object with a "type"
}
