package providertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Vendor describes one vendor's wire protocol: what it takes, what it refuses and how, and what
// its answers look like. [OpenAI], [Qwen], [DashScope], [DeepSeek], [Doubao], [ERNIE], [Hunyuan],
// [HunyuanNative], [Huawei], [Ollama] and [OllamaNative] return ready ones, which the caller may change; a
// fake for a further vendor is one more value of this type.
type Vendor struct {
	// Name is the adapter's name, as in [assistant.Meta.Vendor].
	Name string

	// Base is the path of the OpenAI-compatible endpoints, such as "/compatible-mode/v1".
	Base string

	// Elsewhere are whole paths of further compatible endpoints, which are not below Base.
	Elsewhere []string

	// UsageAtFinish says that the usage of a stream is in the chunk with the finish reason.
	UsageAtFinish bool

	// Model is a chat model that exists.
	Model string

	// Fields are the documented fields of a chat request.
	Fields []string

	// Parts are the documented types of content parts.
	Parts []string

	// RefuseUnknown makes undocumented fields an error even if the server is not strict.
	RefuseUnknown bool

	// Rules are further checks of a chat request, made in order.
	Rules []Rule

	// BareSchema says that json_schema of response_format is the schema itself.
	BareSchema bool

	// NoKey says that requests without a key are let in.
	NoKey bool

	// Envelopes are the forms in which errors come, the usual one first.
	Envelopes []Envelope

	// BadKey, NoModel and BadRequest are what a wrong key, an unknown model and a malformed request
	// get. In their messages {key}, {model} and {reason} are replaced.
	BadKey, NoModel, BadRequest Fault

	// Faults are the documented errors, with the kind that a right adapter reports.
	Faults []Fault

	// Chunk writes one chunk of a stream: choices is a JSON array, usage an object or empty. If nil,
	// the vendor's chat is not the compatible one, and its Scenarios are all that it sends.
	Chunk func(model, choices, usage string) string

	// Completion writes a whole answer: choices is a JSON array, usage an object or empty.
	Completion func(model, choices, usage string) string

	// EmbeddingModel, RerankModel and ImageModel are models that exist; empty if the vendor has none.
	EmbeddingModel, RerankModel, ImageModel string

	// Rows returns how many texts the embedding model takes at once; zero is no limit. If nil, the
	// vendor makes no vectors.
	Rows func(model string) int

	// RowsInOrder says that vectors come without an index, in the order of their texts.
	RowsInOrder bool

	// EmbeddingRunes is how many characters all texts of one call may have; zero is no limit.
	EmbeddingRunes int

	// Dimensions is the length of vectors, if the vendor lets nobody choose.
	Dimensions int

	// SizeMark stands between width and height of a picture. If empty, "x". SizeWords are sizes by name.
	SizeMark  string
	SizeWords []string

	// ImageFields are the documented fields of a request for pictures. If nil, nobody knows them.
	ImageFields []string

	// flatten brings a body of a native chat into the compatible form, for the checks of requests.
	flatten func(body map[string]any) (map[string]any, error)

	// Scenarios are what only this vendor sends.
	Scenarios func(v *Vendor) []Scenario
}

// A Rule is one check of a chat request. It returns nil if the request keeps the rule.
type Rule func(v *Vendor, c *Chat) *Fault

// An Envelope is one form of an error body.
type Envelope struct {
	Name string
	Body func(f Fault) string
}

// A Fault is an error that a vendor sends.
type Fault struct {
	Status    int
	Code      string
	Type      string
	Message   string
	RequestID string // if empty, [DefaultRequestID]

	// Kinds are the kinds that a right adapter may report, the best first.
	Kinds []assistant.ErrorKind
	// DropTurn is what a right adapter reports in [assistant.Error.DropTurn].
	DropTurn bool
}

// DefaultRequestID is the request id of a [Fault] that names none.
const DefaultRequestID = "649b2bbc-c541-9e16-9845-db7fe4fe5b2d"

func (f *Fault) Error() string {
	return fmt.Sprintf("status %d, code %s: %s", f.Status, f.Code, f.Message)
}

func (f Fault) id() string {
	if f.RequestID != "" {
		return f.RequestID
	}
	return DefaultRequestID
}

// Fail returns the response that reports f in the vendor's usual envelope.
func (v *Vendor) Fail(f Fault) Response {
	return JSON(f.Status, v.Envelopes[0].Body(f))
}

// refuse returns the vendor's fault for a malformed request.
func (v *Vendor) refuse(format string, args ...any) *Fault {
	f := v.BadRequest
	f.Message = strings.ReplaceAll(f.Message, "{reason}", fmt.Sprintf(format, args...))
	return &f
}

func fault(status int, code, message string, kinds ...assistant.ErrorKind) Fault {
	return Fault{Status: status, Code: code, Type: code, Message: message, Kinds: kinds}
}

// openAIEnvelope is {"error": {…}} with the request id in the header only.
func openAIEnvelope(f Fault) string {
	return fmt.Sprintf(`{"error":{"message":%s,"type":%s,"param":null,"code":%s}}`, quote(f.Message), quote(f.Type), quoteOrNull(f.Code))
}

// baseFields are the fields of the OpenAI baseline that the vendors share.
var baseFields = []string{
	"model", "messages", "temperature", "top_p", "max_tokens", "stop", "stream", "stream_options",
	"tools", "tool_choice", "response_format",
}

func with(base []string, more ...string) []string { return append(slices.Clone(base), more...) }

// quote returns s as JSON, with characters such as < unescaped, as vendors send them.
func quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""` // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func quoteOrNull(s string) string {
	if s == "" {
		return "null"
	}
	return quote(s)
}

// statusFault is the neutral error of a status, for servers whose codes nobody knows.
func statusFault(status int, kinds ...assistant.ErrorKind) Fault {
	return Fault{
		Status: status, Code: fmt.Sprint(status), Type: "some_error", Message: http.StatusText(status) + ", try later", Kinds: kinds,
	}
}
