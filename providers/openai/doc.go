// Package openai is the adapter for OpenAI and for every server that speaks its chat protocol:
// vLLM, llama.cpp, Ollama, LM Studio, gateways of one's own.
//
//	m, err := openai.New(openai.Config{BaseURL: "http://localhost:8000/v1", Model: "qwen3-8b"})
//	reply, err := assistant.Generate(ctx, m, &assistant.Request{
//		Messages: []assistant.Message{assistant.User("你好")},
//	})
//
// Vendors with an adapter of their own are better served by that: it knows their thinking switches,
// their error codes and which fields they refuse.
//
// # What is sent
//
// Only fields that the model is known to take; the rest is listed in Meta.Dropped. A server's own
// fields go into Request.Extra["openai"]. System messages are joined into one at the front, because
// many chat templates accept nothing else. Pictures in tool results follow in a user message.
//
// # What comes back
//
// Whatever the server does wrong, a reply is whole or an error: see assistant.Model. The adapter
// sends each request once; retrying is the business of middleware.
package openai
