// Package hunyuan is the adapter for Tencent's Hunyuan models (混元) and the other models on its
// platform TokenHub, which speaks the OpenAI protocol.
//
//	m, err := hunyuan.New(hunyuan.Config{}) // key from TENCENT_TOKENHUB_API_KEY, model hy3
//	reply, err := assistant.Generate(ctx, m, &assistant.Request{
//		Messages: []assistant.Message{assistant.User("你好")},
//	})
//
// [NewNative] makes a model behind the vendor's cloud interface, where requests are signed with a pair
// of keys (TC3-HMAC-SHA256). [NewImageGenerator] draws on TokenHub. TokenHub has neither vectors nor
// moderation: [NewEmbedder], [NewModerator] and, for pictures by order, [NewImageJobs] use the cloud
// interface.
//
// Token plans, coding plans and the vendor's older hosts are reached with Config.BaseURL; each has keys
// of its own:
//
//	https://api.lkeap.cloud.tencent.com/plan/v3
//	https://api.lkeap.cloud.tencent.com/coding/v3
//	https://api.hunyuan.cloud.tencent.com/v1
//
// # Thinking
//
// Request.Thinking becomes thinking and reasoning_effort; Hunyuan's own models do not think unless they
// are told to. hy3 and hy4 know one effort, so every effort is that. What a model thought before it
// called a tool is sent back with the call, as the vendor asks; the native interface wants no thinking
// back. While they think, models choose tools by themselves: a tool choice that was asked for switches
// off thinking that was not. TokenHub can be told that some tool must be called, but not which: a tool
// forced by name is the only one that it is offered, and Meta.Dropped names the Tools that were not.
//
// # Safety
//
// An answer that ends as "sensitive" must leave the screen: it ends as assistant.FinishFiltered with a
// Retraction. If the vendor also says that the chat must end (ModerationLevel "1"), the Retraction has
// DropTurn set; its Replacement is the text itself if that may stay.
//
// # The native interface
//
// It is stricter. Messages of one side that follow each other are joined, a side that said nothing says
// a blank, an answer that is to be continued is followed by the user's wish to go on, seeds go from 1 to
// 10000, the answer cannot be limited, and a format is asked for in words. It leaves the text that ended
// an answer in it; the adapter takes it out. Too long a conversation is cut at its beginning by the
// vendor without a word, and more than 40 messages are refused. Request.Search works there and only
// there; the sources come as assistant.Citation parts. Fields of its own, which begin with a capital, go
// into Request.Extra["hunyuan"]. Pictures, films and frames go to the vision models, and to models that
// are not the vendor's own.
//
// # Dropped
//
// Penalties, TopK, User and SingleTool are not sent but listed in Meta.Dropped, and so is Search on
// TokenHub.
//
// # Unverified
//
// Nothing here has been tried against the vendor itself; it follows the vendor's documents and what
// public programs send. Not certain are: whether the older hosts and the native chat still answer, as
// their end was announced for 2026-09-30; which fields and parts each model on TokenHub takes (models
// that are not known to read text only get pictures, and every model gets the seed and formats); the
// efforts of other vendors' models there; the token count's place in a stream and the name of its cached
// part (every place is read); how TokenHub blocks an answer in mid-stream (an error and a finish reason
// are both understood); whether the native stream has an end mark (it need not); the code for a text
// that is too long and for an unknown model (told by the message); the path of hy-image-lite and the
// form of messages for hy-image-v3.5-preview; what TokenHub makes of earlier calls of a tool that is not
// offered any more, because another one is forced; whether a blank may stand for a side that said nothing;
// the length of the vectors.
package hunyuan
