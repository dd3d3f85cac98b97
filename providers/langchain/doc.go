// Package langchain joins this module and langchaingo, both ways: our models in langchaingo's chains and
// agents, and langchaingo's models, embedders, vector stores and tools in an assistant.
//
//	llm := langchain.ToLLM(model) // qwen, deepseek, ernie, … as an llms.Model
//	answer, err := chains.Run(ctx, chains.NewConversation(llm, memory.NewConversationBuffer()), "你好")
//
//	model := langchain.FromLLM(llm, langchain.Config{}) // bedrock, googleai, mistral, … as an assistant.Model
//	answer, err := (&assistant.Assistant{Model: model}).Ask(ctx, "你好")
//
// It was written for langchaingo v0.1.14 and tried against fake vendors only.
//
// # Ours in langchaingo
//
// [ToLLM] keeps what langchaingo has a place for: text, thinking, tool calls, pictures, sound, films and
// documents, usage, stop reasons, errors of every kind. Two of langchaingo's habits are put right on the
// way: an explicit zero, as in chains.WithTemperature(0), is sent; and a call in the history whose
// arguments the agent for functions has stripped to the bare text is sent as an object again.
//
// GenerationInfo has the keys of langchaingo's client for OpenAI, and beside them
//
//	Usage                         assistant.Usage, where what the vendor did not tell is not a zero
//	Vendor, Model, ID, RequestID  string
//	RawFinish                     string, the vendor's word if no other fits
//	Dropped                       []assistant.Dropped, what was asked for and not sent
//	Citations                     []assistant.Citation
//	Parts                         []assistant.Part, such as pictures that the model drew
//
// In WithMetadata, an object under the name of an adapter holds the vendor's own fields, as in
// {"qwen": {"enable_code_interpreter": true}}. What langchaingo has no options for, such as the vendor's
// web search, goes into [LLM.Template].
//
// langchaingo's agents end the run when a tool fails; [ToTool] tells the model instead.
//
// # langchaingo in ours
//
// [FromLLM] keeps the contract of assistant.Model as far as langchaingo lets it, and all of it if
// langchaingo's client for OpenAI runs behind [Transport]. These faults of its clients are put right or
// found out without Transport too, where that is possible:
//
//   - A stream that breaks off looks like an answer. FromLLM wants a stop reason, and an answer without one
//     is assistant.ErrTruncated. Clients that never give any (ollama, llamafile, maritaca, cloudflare,
//     ernie, cohere, huggingface, watsonx, local) are known; with them such an answer passes, unless its
//     text has got lost too.
//   - Errors inside a stream, and events that cannot be read, are skipped. The former mostly show as a
//     missing stop reason, the latter do not show.
//   - Status, code, request id and Retry-After are lost in a sentence, and what was wrong with the network
//     in another. The kind of the error is found from the sentence.
//   - The end of the context is told in words. It is the context's own error.
//   - Tool calls come as JSON among the text of a stream. They are kept out of it.
//   - Pieces of a call count as calls of their own if the vendor repeats the type, as Qwen does; they are
//     joined. Arguments of calls that come interleaved get mixed up; that is assistant.ErrProtocol, never
//     a call that runs.
//   - Bedrock's client loses tool calls when it streams, and Cloudflare's everything. They are not asked
//     to stream. A call that is announced and missing is assistant.ErrProtocol.
//   - Some clients call back from another goroutine, even after the call has returned, and some panic. The
//     loop's body runs in its own goroutine all the same, never late, and a panic is an error.
//   - Usage stands under other keys with every vendor, in other types, and zeros stand for what the vendor
//     did not tell. All keys are read; a detail of zero is taken for none.
//   - Clients drop in silence what they do not know: OpenAI's top_p, Mistral's stop words, Anthropic's tool
//     choice, Ollama's tools, and several all messages but the first. What is known of each is in
//     Meta.Dropped, or sent in a form that survives.
//   - Anthropic's client sends only the first part of an answer in the history, so that the second of two
//     calls is lost. Each part becomes a message.
//
// For the vendors that have an adapter of their own in this module, that is the better choice: it knows
// the vendor's dialect, which Transport does not.
//
// # Transport
//
// [Transport] is an http.RoundTripper for the http.Client of langchaingo's client. In OpenAI's protocol it
// has the answer read by the engine of all our adapters and writes it again for langchaingo's client, in
// the one form that this reads whole. So everything holds that holds for our adapters:
//
//   - Events may have any form and any length up to 16 MiB; one that cannot be read is an error, and so is
//     a body that breaks off. An answer that is complete counts although the connection ends early.
//   - An answer that is not a stream although one was asked for is an answer.
//   - Calls come whole, however they were cut up and mixed; a stop reason that langchaingo's client panics
//     over, as it does over "function_call", does not reach it.
//   - Errors have their kind, status, code, request id and Retry-After, wherever they stand.
//   - Silence ends with assistant.ErrTimeout, after [Config.IdleTimeout] or, by default, 2 minutes, or 10
//     minutes for answers that are not streamed. So does an answer that has not begun after 10 minutes.
//   - Usage tells a detail of zero from one that the vendor did not tell, and has cached tokens wherever
//     the vendor counts them.
//   - Citations, sound, refusals, retractions, the id of the answer and stop reasons of the vendor's own
//     come through.
//   - A connection is used again.
//
// Into the request it puts back what langchaingo's client has no place for, so that it is not in
// Meta.Dropped: TopP; zero for FrequencyPenalty, PresencePenalty and Seed; User; SingleTool; thinking that
// has led to calls, which DeepSeek wants back; the vendor's own fields in assistant.Request.Extra, which
// langchaingo sends inside "metadata". It takes out a temperature of 0 that nobody has asked for.
//
// Requests for several answers at once pass as they are, because one reply cannot hold them. In other
// protocols Transport remembers failures, errors inside a stream, bodies that were cut off and the id of
// the answer, and it reads streams to their end. In answers with vectors it puts the rows in order.
//
// What it cannot put back, because it does not know the vendor behind the protocol:
//
//   - There is no field for thinking, web search and TopK that all vendors share: give theirs in
//     assistant.Request.Extra. Of a JSON schema the model is told in words.
//   - OpenAI's client sends max_completion_tokens, which most vendors in China do not know: give
//     openai.WithLegacyMaxTokensField() in [Config.Options].
//
// And what cannot be helped in other protocols: zero cannot be told from nothing for top_p, seed and
// penalties; there is no limit on silence but that of the context; Mistral's client does not even heed the
// context.
//
// # Vectors, passages, tools
//
// [FromEmbedder] and [ToEmbedder] keep order, number and length of the vectors. [FromVectorStore] makes a
// search of any of langchaingo's stores, and [Store.Tool] a tool that a model searches with. [FromTool]
// makes a tool of an assistant of any of langchaingo's.
//
// # Non-goals
//
// Chains, memories, prompts and output parsers stay langchaingo's. The package imports its llms,
// embeddings, vectorstores, schema and callbacks, and no client of any vendor.
package langchain
