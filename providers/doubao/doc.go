// Package doubao is the adapter for ByteDance's Doubao models (豆包) on Volcengine Ark (火山方舟).
//
//	m, err := doubao.New(doubao.Config{}) // key from ARK_API_KEY, model doubao-seed-2-1-pro-260628
//	reply, err := assistant.Generate(ctx, m, &assistant.Request{
//		Messages: []assistant.Message{assistant.User("你好")},
//	})
//
// # Regions and models
//
// A key belongs to China, to the international BytePlus, or to one of the plans; see [Region]. A model
// is named with its date, since the short names of the console are not known to the vendor. Endpoints
// (ep-…) and bots (bot-…) are models too; bots have an address of their own. A name that this package
// does not know has the rules of the newest family, or those of the model that Config.SameAs names
// for it: an endpoint with an old model behind it wants an entry there.
//
// # Thinking
//
// Request.Thinking becomes thinking and reasoning_effort; an effort switches thinking on. EffortMax is
// sent as high, but to the models of other makers. The word auto, by which few models decide for
// themselves, can be sent as {"thinking": {"type": "auto"}} in Request.Extra["doubao"]. A budget of
// tokens does not exist.
//
// The newest models show only a summary of what they thought, and hand out the whole of it encrypted,
// in Reasoning.Opaque. It goes back unchanged with its answer, in place of the summary; answers without
// it go back with their text, to the families that take it. A changed one is refused as ErrInvalid.
//
// # Fields
//
// Request.MaxTokens becomes max_tokens, which does not count the thinking; without it the vendor stops
// an answer at 4096 tokens. Request.ToolChoice and SingleTool came with seed 1.6: older models and
// those of other makers are not sent them, and choose by themselves. To limit both together, set max_completion_tokens in
// Request.Extra["doubao"]. Stop texts, and sampling that a family fixes, are dropped. Request.User,
// Seed and TopK do not exist. service_tier, logprobs and the like go into Extra.
//
// # Media
//
// Pictures, films, sound and PDF files go by address, as bytes, or as files uploaded before (FileID)
// to the families that take them; frames of a film do not.
//
// # Continuing an answer
//
// If the last message is the assistant's and marked Partial, it is sent as it is, and models that can
// go on from it.
//
// # Search
//
// Only bots search the web, as they were set up on the console; their sources come as Citation parts.
// Request.Search is dropped.
//
// # Safety
//
// An answer that the vendor cuts ends as FinishFiltered, and so does one in which the guard plan of an
// endpoint has found something. An error in mid-stream is ErrBlocked, with Delivered set.
//
// # Vectors and pictures
//
// [Embedder] makes vectors of texts, [MultimodalEmbedder] of texts, pictures and films, one in each
// call. [ImageGenerator] draws, one picture in each call. The vendor has no ranking and no moderation
// that is known. Its Responses protocol, with its search, its context cache and films are not spoken.
//
// # Unverified
//
// Nothing here has been tried against the vendor; it follows its documents and other people's code.
// Not certain are: the address and the names of models of BytePlus, and the addresses of the plans; the
// upper end of max_completion_tokens; which models continue an answer, take each sampling field, take
// auto, or take max as an effort; whether models that can think refuse stop also while they do not (it
// is never sent to them); whether older families take reasoning back (it is not sent); the form of a
// file part (that of OpenAI, with file_url); whether a missing encrypted_content is ever an error; the
// words of a request that is too long, which are known by "input length" and the like; how many texts
// make one call of /embeddings (EmbedderConfig.Batch); how long the address of a picture lives;
// what Doubao means by moderation_hit_type for text already shown (it is not withdrawn); the usage of
// bots; and whether there is a Retry-After (it is read if it comes).
package doubao
