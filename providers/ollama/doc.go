// Package ollama is the adapter for models on a server of one's own that runs Ollama: no key, and
// nothing leaves the house.
//
//	m, err := ollama.New(ollama.Config{Model: "qwen3:8b"}) // the server at OLLAMA_HOST, or on this machine
//	reply, err := assistant.Generate(ctx, m, &assistant.Request{
//		Messages: []assistant.Message{assistant.User("你好")},
//	})
//
// Chat goes through the server's OpenAI-compatible path, vectors ([NewEmbedder]) through its own.
// [NewNative] chats through the server's own path too, which can do more. A model that has not been pulled
// is an error that names the command to run, and so is a server that does not run.
//
// # Thinking
//
// Models that can think do so unless Request.Thinking is off. The gpt-oss models always think, and know
// efforts; others have no degrees, so an effort is listed in Meta.Dropped for them. Earlier thinking is
// sent back with tool calls by NewNative only.
//
// # Dropped
//
// The server takes neither a tool choice nor SingleTool, User or Search, the compatible path no TopK
// either; pictures are sent as bytes only, never as addresses. A tool choice of "none" is kept by sending
// no tools.
//
// # The length of a conversation
//
// The server decides how many tokens a model sees (OLLAMA_CONTEXT_LENGTH, or num_ctx in a Modelfile),
// and what goes beyond is cut off at the beginning without a word. The compatible path cannot change
// that; NativeConfig.ContextLength can.
//
// # Unverified
//
// Nothing here has been tried against a running server; it follows the server's public source of 2026.
// Not certain are: whether older releases take reasoning_effort "none", and the wording of the errors
// about the context.
package ollama
