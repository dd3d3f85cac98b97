// Package deepseek is the adapter for DeepSeek's own API (深度求索).
//
//	m, err := deepseek.New(deepseek.Config{}) // key from DEEPSEEK_API_KEY, model deepseek-flash
//	reply, err := assistant.Generate(ctx, m, &assistant.Request{
//		Messages: []assistant.Message{assistant.User("你好")},
//	})
//
// # Address and models
//
// There is one address for all countries. Any model name works: one that this package does not know
// has the rules of deepseek-flash, or those of the model that Config.SameAs names for it.
//
// # Thinking
//
// All current models think unless told not to. Request.Thinking becomes thinking and reasoning_effort;
// an effort switches thinking on, and medium is sent as high, the vendor's own middle. A budget of
// tokens does not exist. A tool that must be called switches thinking off unless the request switches
// it on.
//
// What the model thought in a turn with tool calls goes back with that turn, because the vendor
// answers 400 without it; a turn that has none gets an empty text. Keep the Reasoning parts of the
// history. Other turns are sent without.
//
// # Continuing an answer, filling a gap
//
// If the last message is the assistant's and marked Partial, the model continues it: the reply is what
// comes after that text. Such requests go to the beta address. [Model.Fill] writes what stands between
// two texts.
//
// # Formats, tools, fields
//
// The JSON format needs the word "json" in a message; if none has it, a sentence that does is added to
// the system message. A schema is told in words, since the vendor does not enforce one; an answer in
// JSON may now and then come empty. Config.StrictTools has the arguments of calls held to the tools'
// schemas. Request.User becomes user_id. Temperature and the penalties are dropped while the model
// thinks, since it ignores them; seed, top_k and the choice of a single call do not exist.
//
// # Media
//
// Pictures go to the models that see, by address, as bytes, or as a file uploaded before
// (Image.FileID, File.FileID). Sound and films do not exist.
//
// # Search and balance
//
// [Model.Search] asks the vendor's search engine, which is no part of chat, so Request.Search is
// dropped: offer the model a tool that searches. [Model.Balance] tells what is left on the account.
//
// # Waiting
//
// A busy vendor queues requests and sends signs of life meanwhile, comments in a stream and blank
// lines before a whole answer. They are no silence; Config.FirstTokenTimeout bounds the wait, and the
// vendor itself gives up after ten minutes. A reply that it breaks off for want of capacity is
// assistant.ErrOverloaded.
//
// # What is not here
//
// The vendor has no embeddings, ranking, pictures to draw or moderation. Its Anthropic and Responses
// protocols, file uploads and the endpoint that fetches a page are not spoken.
//
// # Unverified
//
// Nothing here has been tried against the vendor; it follows its documents and other people's code.
// Not certain are: whether the names deepseek-chat and deepseek-reasoner still answer; whether
// max_tokens counts the thinking too; whether the vendor takes a forced tool while it thinks (it is
// not sent then); whether it takes json_schema, n, seed, top_k, logit_bias or parallel_tool_calls (none
// is sent, Request.Extra["deepseek"] can); the words of the 401 and of an unknown model, so that the
// latter may come as ErrInvalid; whether a search has more fields than those sent; which header holds the request id and which statuses have a
// Retry-After (both are read if they come); and the fields of the gap to fill, which are those of
// OpenAI's completions.
package deepseek
