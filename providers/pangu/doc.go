// Package pangu is the adapter for Huawei Cloud's MaaS (ModelArts Studio), which serves the Pangu models
// (盘古) and other makers' open ones, and for Huawei Cloud's moderation of texts.
//
//	m, err := pangu.New(pangu.Config{}) // key from MAAS_API_KEY, model openpangu-2.0-flash
//	reply, err := assistant.Generate(ctx, m, &assistant.Request{
//		Messages: []assistant.Message{assistant.User("你好")},
//	})
//
// # Regions, addresses, models
//
// A key belongs to China or to Hong Kong; see [Region]. Case matters in the names of models, and the
// regions have different ones. A deployment of one's own is reached by Config.BaseURL, one on the older
// Pangu platform with Config.KeyHeader too. A model that this package does not know has careful rules,
// or those of the model that Config.SameAs names for it.
//
// # Blocked content
//
// Content that the vendor blocks is assistant.ErrBlocked with DropTurn set: the vendor refuses every
// later request whose history still holds the offending turn, and the error says so.
//
// # Thinking
//
// Request.Thinking becomes thinking, or enable_thinking of the template where the model is a Qwen 3.
// Effort and budget do not exist. DeepSeek V3.1 and V3.2 do not think while tools are on offer; what
// DeepSeek V4 thought before a call goes back with that call, because the vendor refuses the history
// without it.
//
// # Fields, media, tools
//
// The vendor refuses fields that it does not know, so only documented ones are sent: no seed, no user,
// nothing about parallel calls. A model that must call some tool is told which, if there is just one;
// else ToolRequired is dropped. Pictures go to models that see; files, sound and films do not exist.
//
// # Continuing an answer
//
// If the last message is the assistant's and marked Partial, the model continues it, without thinking.
// Such requests go to the vendor's first protocol, which alone can do that.
//
// # Beside chat
//
// [Embedder] makes vectors, [Reranker] ranks, [ImageGenerator] draws (in China). [Moderator] judges
// texts in Chinese; it is another service of the cloud, with a pair of keys (AK/SK) or a token of its
// own. Films are not made here.
//
// # Unverified
//
// Nothing here has been tried against the vendor; it follows its documents and other people's code.
// Not certain are: which models think by nature, and whether openpangu-2.0-pro has the switch of the
// flash model (it is sent when asked for); which models take top_k, the penalties, json_object and
// json_schema (they are sent when asked for; an answer of 400 is ErrInvalid); whether a tool can be
// required; how a stream ends whose output is blocked (an error object, a finish reason and a broken
// connection are all understood); whether models but DeepSeek V4 want their thinking back (it is not
// sent); whether MaaS takes a limit for ranking (it is applied here); how many texts make one call of
// embeddings and how long the vectors of bge-m3 are (EmbedderConfig has limits to set); whether
// pictures come as bytes or as addresses (both are read), and the name of the field for pictures to
// start from ("image"); whether there is a Retry-After (it is read if it comes); and whether Hong Kong
// will get Pangu.
package pangu
