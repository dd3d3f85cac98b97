package langchain

import (
	"reflect"
	"strings"

	"github.com/tmc/langchaingo/llms"
)

// A client is what is known of one of langchaingo's clients: what it sends of a request, and what it
// tells of an answer. It was read from the source of v0.1.14.
type client struct {
	// stops says that the answer comes with a stop reason, so that one without has been cut off.
	stops bool
	// whole says that the client cannot stream, or loses parts when it does.
	whole bool
	// blocks says that the choices are the blocks of one answer, and not several answers.
	blocks bool
	// prompt says that only the first part of the first message is sent.
	prompt bool
	// oneText says that a message may hold one text only.
	oneText bool
	// onePart says that only the first part of an answer in the history is sent.
	onePart bool

	images   imageForm
	media    bool // sound, films and documents are taken as bytes
	tools    bool
	choice   bool // of tools
	thinking bool

	// compatible says that it speaks OpenAI's protocol, in which Transport can put fields back.
	compatible bool

	// ours says that it is an LLM, which reads fields of vendors under their names.
	ours bool

	// ignores lists the fields of a request that are not sent, by their names in assistant.Request.
	ignores []string
}

// An imageForm is how pictures are sent.
type imageForm uint8

const (
	noImages  imageForm = iota
	bytesOnly           // as llms.BinaryContent
	linkOnly            // as llms.ImageURLContent, bytes as a data URL
	linkOrBytes
)

// unknownClient is one that is not langchaingo's own. It is taken at its word.
var unknownClient = client{stops: true, images: linkOrBytes, media: true, tools: true, choice: true, thinking: true}

// clients are langchaingo's own, by the last element of their import path.
var clients = map[string]client{
	"openai": {stops: true, compatible: true, images: linkOnly, tools: true, choice: true, ignores: []string{"TopP", "TopK"}},
	"anthropic": {
		stops: true, blocks: true, onePart: true, images: bytesOnly, tools: true, thinking: true,
		ignores: []string{"TopK", "Seed", "FrequencyPenalty", "PresencePenalty", "Format"},
	},
	"googleai": {
		stops: true, images: linkOrBytes, media: true, tools: true,
		ignores: []string{"Seed", "FrequencyPenalty", "PresencePenalty"},
	},
	"mistral": {
		stops: true, tools: true,
		ignores: []string{"TopP", "TopK", "FrequencyPenalty", "PresencePenalty", "Stop", "Format"},
	},
	"bedrock": {
		stops: true, whole: true, blocks: true, images: bytesOnly, tools: true,
		ignores: []string{"Seed", "FrequencyPenalty", "PresencePenalty", "Format"},
	},
	"ollama":    {oneText: true, images: bytesOnly, thinking: true},
	"llamafile": {oneText: true, images: bytesOnly, ignores: []string{"Format"}},
	"maritaca": {
		oneText: true,
		ignores: []string{"Temperature", "TopK", "Seed", "FrequencyPenalty", "PresencePenalty"},
	},
	"cloudflare": {
		whole: true, oneText: true,
		ignores: []string{"Model", "Temperature", "TopP", "TopK", "Seed", "FrequencyPenalty", "PresencePenalty", "Stop", "MaxTokens", "Format"},
	},
	"ernie":       {prompt: true, ignores: []string{"TopK", "Seed", "FrequencyPenalty", "PresencePenalty", "Stop", "MaxTokens", "Format"}},
	"huggingface": {prompt: true, ignores: []string{"FrequencyPenalty", "PresencePenalty", "Stop", "MaxTokens", "Format"}},
	"watsonx":     {prompt: true, ignores: []string{"FrequencyPenalty", "PresencePenalty", "Format"}},
	"cohere": {
		prompt:  true,
		ignores: []string{"Model", "Temperature", "TopP", "TopK", "Seed", "FrequencyPenalty", "PresencePenalty", "Stop", "MaxTokens", "Format"},
	},
	"local": {prompt: true, ignores: []string{"Model", "FrequencyPenalty", "PresencePenalty", "Stop", "MaxTokens", "Format"}},
	"fake":  {images: linkOrBytes, media: true, tools: true, choice: true, thinking: true},
}

// ownClient is an LLM.
var ownClient = client{stops: true, images: linkOrBytes, media: true, tools: true, choice: true, thinking: true, ours: true}

const langchaingo = "github.com/tmc/langchaingo/llms/"

// clientOf returns what is known of an LLM, and the name of its client; empty if it is not one of
// langchaingo's.
func clientOf(llm llms.Model) (string, client) {
	if _, ok := llm.(*LLM); ok {
		return "", ownClient
	}
	t := reflect.TypeOf(llm)
	if t == nil {
		return "", unknownClient
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	path, ok := strings.CutPrefix(t.PkgPath(), langchaingo)
	if !ok {
		return "", unknownClient
	}
	name, _, _ := strings.Cut(path, "/") // vertex lies in googleai
	known, ok := clients[name]
	if !ok {
		return "", unknownClient
	}
	return name, known
}
