package openaiwire

import (
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Profile is one vendor's dialect of the protocol, as data. Profiles are read-only once in use.
type Profile struct {
	// Vendor is the adapter's name: in errors, in Meta and as the key of Request.Extra.
	Vendor string

	// Rules are those of models that no entry of Models matches.
	Rules Rules

	// Models are rules for particular models; the first match counts.
	Models []ModelRules

	// Errors turn the vendor's codes and messages into kinds; the first match counts. They are tried
	// before the common ones, and those before the HTTP status.
	Errors []ErrorRule

	// Finish are finish reasons beyond the common ones.
	Finish []FinishRule

	// Flags are values of the "flag" that some vendors put beside a choice that hit a safety rule.
	Flags []FlagRule

	// Moderated says that a reply may end with the news that its turn must leave the history. Its text
	// is remembered until then, as it is with Flags.
	Moderated bool

	// RequestIDs are response headers that hold the request id. X-Request-Id is always tried.
	RequestIDs []string

	// RequestIDMark introduces the request id at the end of error messages, such as "Request id: ".
	RequestIDMark string
}

// ModelRules are the rules of the models whose names match one of the patterns. Patterns are
// compared without regard to case; "*" stands for any text.
type ModelRules struct {
	Match []string
	Rules Rules
}

// Rules say which requests a model takes. The zero Rules allow text messages and nothing else; what
// they do not allow is not sent but listed in Meta.Dropped.
type Rules struct {
	// Params are the optional fields that may be sent.
	Params Param
	// IgnoredThinking are those of them that mean nothing while the model thinks.
	IgnoredThinking Param
	// Path stands in place of "/chat/completions" behind the base URL. If empty, that itself.
	Path string
	// MaxTokens is the name of the field that limits the answer. If empty, "max_tokens".
	MaxTokens string
	// User is the name of the field for the end user's id. If empty, it is not sent.
	User string
	// Temperature and TopP are the ranges that the vendor takes; values outside are moved inside.
	// The zero Range takes everything.
	Temperature, TopP Range
	// MinSeed and MaxSeed are the smallest and the largest seed. If MaxSeed is zero, any.
	MinSeed, MaxSeed int64
	// MaxStops is the largest number of stop texts. If zero, 4.
	MaxStops int
	// MaxStopLength is the most characters of a stop text. If zero, any number.
	MaxStopLength int

	// Thinking is how reasoning is switched.
	Thinking Thinking

	// ToolModes are the tool choices that the model takes, ThinkingToolModes those it takes while
	// it thinks. Of ModeRequired and ModeForced each stands in for the other as far as it can:
	// ModeForced if there is one tool, ModeRequired with the others not offered.
	ToolModes, ThinkingToolModes ToolModes
	// ParallelByDefault says that the vendor allows several tool calls without being asked, so that
	// "parallel_tool_calls" is only sent to forbid them.
	ParallelByDefault bool
	// ToolNames puts the tool's name on result messages.
	ToolNames bool
	// BlankResult stands for a tool result without text, if the vendor refuses a blank one.
	BlankResult string
	// StrictTools asks the vendor to hold the arguments of calls to the tool's schema.
	StrictTools bool

	// Formats are the answer formats that the vendor enforces.
	Formats Formats
	// JSONWord says that the vendor refuses the JSON format unless a message has the word "json". If
	// none has, a sentence with it is added to the system message.
	JSONWord bool
	// BareSchema says that "json_schema" is the schema itself, not an object that holds it.
	BareSchema bool

	// Parts are the kinds of content that messages may hold beside text.
	Parts PartKinds
	// File is how documents are sent, if Parts has PartFile.
	File FileForm
	// ImageData says that the bytes of pictures are taken, not their addresses.
	ImageData bool
	// AudioURL says that input_audio takes a data URL or an address, not bare base64.
	AudioURL bool
	// MediaSources says that image_url, video_url and input_audio take a "file_id" in place of the
	// address, input_audio a "url" in place of the bytes, file a "file_url", and that "fps" stands
	// inside video_url.
	MediaSources bool
	// NoFileIDs says that no medium may be a file uploaded before, where MediaSources has a field for it.
	NoFileIDs bool
	// FPS is the range of frames per second; values outside are moved inside. The zero Range takes
	// everything.
	FPS Range

	// EmptyContent is the JSON of the content of an assistant message that has only tool calls. If
	// empty, "".
	EmptyContent string
	// Prefix is the name of the boolean field that asks to continue the last assistant message. If
	// empty, the vendor cannot.
	Prefix string
	// PrefixBare says that the last assistant message is continued as it is, without a field.
	PrefixBare bool
	// Replay says when reasoning is sent back.
	Replay Replay

	// Stream says whether the model answers without streaming.
	Stream StreamRule
	// NoStreamUsage says that stream_options must not be sent.
	NoStreamUsage bool

	// Search appends the vendor's fields for web search, if not nil.
	Search func(f *Fields, s assistant.Search)

	// Fixed are fields to send unless Request.Extra has them.
	Fixed []Field
}

// A Param is a set of optional request fields.
type Param uint16

// The optional request fields.
const (
	ParamTemperature Param = 1 << iota
	ParamTopP
	ParamTopK
	ParamFrequencyPenalty
	ParamPresencePenalty
	ParamSeed
	ParamStop
	ParamParallelTools
)

// A Range is a closed interval of numbers.
type Range struct{ Min, Max float64 }

// Thinking is how a model's reasoning is switched and measured.
type Thinking struct {
	Form     SwitchForm
	Fixed    bool // the model always thinks: the switch cannot be sent
	ByNature bool // the model thinks unless it is told not to
	// Budget is the name of the field for a number of tokens. If empty, there is none.
	Budget string
	// MinBudget is the smallest budget; smaller ones are raised to it.
	MinBudget int
	// Efforts are the vendor's words, by effort. If nil, reasoning_effort is not sent.
	Efforts map[assistant.Effort]string
	// OffEffort is the word of reasoning_effort that switches thinking off, where no switch does.
	OffEffort string
	// EffortBudgets are budgets that stand for efforts where the vendor has no word for them; zero
	// leaves the budget to the vendor.
	EffortBudgets map[assistant.Effort]int
	// NotWith are the features beside which the model does not think; they win over thinking.
	NotWith Features
}

// Features is a set of features of a request.
type Features uint8

// The features.
const (
	WithTools  Features = 1 << iota // the request offers tools
	WithPrefix                      // the last answer is to be continued
)

// A SwitchForm is the wire form of the thinking switch.
type SwitchForm uint8

// The forms of the thinking switch.
const (
	NoSwitch       SwitchForm = iota
	EnableThinking            // "enable_thinking": true
	ThinkingType              // "thinking": {"type": "enabled"}
	TemplateSwitch            // "chat_template_kwargs": {"enable_thinking": true}
)

// ToolModes is a set of [assistant.ToolMode]s. ToolAuto is always in it.
type ToolModes uint8

// The tool modes.
const (
	ModeNone     ToolModes = 1 << assistant.ToolNone
	ModeRequired ToolModes = 1 << assistant.ToolRequired
	ModeForced   ToolModes = 1 << assistant.ToolForced
	AllModes               = ModeNone | ModeRequired | ModeForced
)

func (m ToolModes) has(t assistant.ToolMode) bool { return t == assistant.ToolAuto || m&(1<<t) != 0 }

// Formats is a set of answer formats.
type Formats uint8

// The answer formats.
const (
	FormatJSON   Formats = 1 << iota // response_format json_object
	FormatSchema                     // response_format json_schema
)

// PartKinds is a set of kinds of content.
type PartKinds uint8

// The kinds of content.
const (
	PartImage       PartKinds = 1 << iota
	PartImageDetail           // with "detail"
	PartVideo                 // video_url
	PartFrames                // video as a list of frames
	PartAudio                 // input_audio
	PartFile
)

// A FileForm is how documents are sent.
type FileForm uint8

// The forms of documents.
const (
	FileObject FileForm = iota // {"type":"file","file":{"file_data"|"file_id","filename"}}
	FileURL                    // {"type":"file_url","file_url":{"url"}}
	FileID                     // {"type":"file","file_id"}
	FileSystem                 // a system message "fileid://…"
)

// Replay says when reasoning goes back to the vendor that it came from.
type Replay struct {
	When  ReplayWhen
	Empty bool // send "" where a message that should have reasoning has none
	// Opaque is the name of the field for the encrypted form. Where a message has it, it is sent
	// instead of the text. If empty, only text is sent.
	Opaque string
	// Switch is the name of a boolean request field that asks for everything to be replayed.
	Switch string
}

// ReplayWhen says which messages are replayed with their reasoning.
type ReplayWhen uint8

// When reasoning is replayed.
const (
	ReplayNever ReplayWhen = iota
	ReplayToolCalls
	ReplayAlways
)

// A StreamRule says when a model must be asked to stream. Replies are the same for the caller.
type StreamRule uint8

// The stream rules.
const (
	StreamEither       StreamRule = iota
	StreamOnly                    // never answers otherwise
	StreamWhenThinking            // answers otherwise only if it does not think
)

// A FinishRule maps a vendor's finish reason.
type FinishRule struct {
	Raw     string
	Reason  assistant.FinishReason
	Retract bool                // what was shown must be withdrawn
	Err     assistant.ErrorKind // if not empty, the reply has failed
}

// A FlagRule maps a vendor's safety flag. It makes the reply end as FinishFiltered. A reply whose turn
// must leave the history ends with a retraction, which puts the text back if it may stay.
type FlagRule struct {
	Value    int
	Retract  bool // what was shown must be withdrawn
	DropTurn bool // the user's turn must leave the history
}

// A Field is a request field with its value in JSON.
type Field struct{ Name, JSON string }

// rules returns the rules for a model.
func (p *Profile) rules(model string) *Rules {
	model = strings.ToLower(model)
	for i := range p.Models {
		for _, pattern := range p.Models[i].Match {
			if glob(pattern, model) {
				return &p.Models[i].Rules
			}
		}
	}
	return &p.Rules
}

// glob reports whether s matches pattern, in which "*" stands for any text. Both are lower case.
func glob(pattern, s string) bool {
	head, rest, star := strings.Cut(pattern, "*")
	if !star {
		return s == pattern
	}
	if !strings.HasPrefix(s, head) {
		return false
	}
	s = s[len(head):]
	for {
		var piece string
		piece, rest, star = strings.Cut(rest, "*")
		if !star {
			return strings.HasSuffix(s, piece)
		}
		i := strings.Index(s, piece)
		if i < 0 {
			return false
		}
		s = s[i+len(piece):]
	}
}
