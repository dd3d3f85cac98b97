// Package ernie is the adapter for Baidu's ERNIE models (文心) and the other models on its platform
// Qianfan (千帆), through version 2 of the API, which speaks the OpenAI protocol.
//
//	m, err := ernie.New(ernie.Config{}) // key from QIANFAN_API_KEY, model ernie-5.1
//	reply, err := assistant.Generate(ctx, m, &assistant.Request{
//		Messages: []assistant.Message{assistant.User("你好")},
//	})
//
// [NewEmbedder], [NewReranker], [NewImageGenerator] and [NewModerator] make what the vendor has beside
// chat. The moderator is another service of Baidu with keys of its own.
//
// # Safety
//
// The vendor flags answers in its own way, with status 200. A low risk changes nothing. If the chat
// must stop, the reply ends as assistant.FinishFiltered; if its text must not be shown, or must leave
// the screen, with a Retraction. The vendor also says which turn was at fault, and refuses every later
// request that still holds it: then the Retraction has DropTurn set, and its Replacement is the text
// itself if that may stay. An assistant that sees DropTurn ends the turn with an error that says so.
//
// # Thinking
//
// Request.Thinking becomes enable_thinking, thinking_budget (no less than 100) and reasoning_effort;
// for DeepSeek, GLM and Kimi models on the platform the switch is called thinking. Earlier thinking is
// never sent back. ernie-5.0 and the models of 4.5 have no switch, but for the vl previews. Models that this package does not know get the switch only when asked for; Config.SameAs
// gives such a model the rules of another.
//
// # Media
//
// Pictures go to the models of 5.0 and the vl models, films to the vl models; models that this package
// does not know get both.
//
// # Search
//
// Request.Search asks for marks in the text, such as ^[1]^, and for the sources, which come as
// assistant.Citation parts at the end. ERNIE models cannot be made to search, others can. Sites and
// ages cannot be chosen.
//
// # Tools
//
// The vendor refuses a last message that is blank: a tool result without text is sent as "(无内容)".
//
// # Dropped
//
// Stop texts of more than 20 characters, seeds outside 1 to 2147483646, TopK, and the sampling fields
// of models that ignore or refuse them are not sent but listed in Meta.Dropped.
//
// # Errors
//
// Errors of the old API are understood too, because some paths still send them. The vendor names no
// time to wait after a rate limit; a used-up minute is over within 60 seconds.
//
// # Unverified
//
// Nothing here has been tried against the vendor itself; it follows the vendor's documents and what
// public programs send. Not certain are: whether flags mean the same in a stream (assumed); whether
// need_clear_history still occurs (understood); where the token count stands in a stream (every place
// is read); whether json_schema holds the schema itself or an object with it (the schema is sent; the
// other form can be sent as response_format in Extra["ernie"]); whether ernie-5.1 and
// ernie-5.5-flash-preview have a thinking switch (it is sent when asked for); which of the vl models see
// films, and whether ernie-5.0-thinking does (it gets pictures only); which path of the two
// rerank paths works (both are tried); the current names of the models for vectors, ranking and
// pictures, the lengths of their vectors, and how many texts the newest take at once (16 are sent);
// the limit of the text censor of 20,000 bytes.
package ernie
