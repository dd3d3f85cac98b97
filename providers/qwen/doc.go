// Package qwen is the adapter for Alibaba's Qwen models (通义千问) on Model Studio (百炼, DashScope),
// through its OpenAI-compatible endpoint.
//
//	m, err := qwen.New(qwen.Config{}) // key from DASHSCOPE_API_KEY, model qwen-plus
//	reply, err := assistant.Generate(ctx, m, &assistant.Request{
//		Messages: []assistant.Message{assistant.User("你好")},
//	})
//
// [NewEmbedder], [NewReranker] and [NewImageGenerator] make what the vendor has beside chat, with the same
// key. [NewModerator] uses the cloud's content moderation (内容安全), which has a pair of keys of its own;
// to have the vendor look at chat itself, set the header X-DashScope-DataInspection in Config.Header.
//
// # Thinking
//
// Request.Thinking becomes enable_thinking, thinking_budget and, where the model has it,
// reasoning_effort. An effort or a budget switches thinking on. Models without the switch never get
// it, since they answer 400; models that this package does not know get it only when asked for. A
// forced tool switches thinking off unless the request switches it on, because the vendor refuses
// both together.
//
// Earlier thinking is sent back only with Config.PreserveThinking, or with preserve_thinking in
// Request.Extra["qwen"].
//
// # Tools, formats, search
//
// Several tool calls in one reply are asked for unless Request.SingleTool is set; the vendor's own
// default is one. ToolRequired is sent as a forced tool if there is just one tool, else dropped. The
// JSON format needs the word "json" in a message; if none has it, a sentence that does is added to
// the system message. Request.Search works; the vendor names its sources only on its own protocol,
// which [NewNative] speaks: there they come as assistant.Citation parts.
//
// # Media
//
// Pictures, films and lists of frames go to the models that see: the vl, qvq and omni families, and all
// from 3.5 on. qwen-plus, qwen-max and the other families of old read text only, as do the hosted
// DeepSeek models; models that this package does not know get everything. Sound goes to the omni and
// asr families. Documents uploaded before (File.FileID) are named in a system message,
// as qwen-long wants it. Speech of the omni models, asked for with modalities and audio in
// Request.Extra["qwen"], comes as one assistant.Audio part at the end, its Transcript set.
//
// # Continuing an answer
//
// If the last message is the assistant's and marked Partial, the model continues it: the reply is
// what comes after that text.
//
// # Pictures
//
// Newer models draw at once, others by order: the adapter orders, asks ever more slowly until the
// pictures are there, and asks again if a question fails, because the order is paid for. The model's
// name says which way it is; ImageConfig.Drawing says it for names that this package does not know.
// Addresses of pictures expire within about a day: set ImageConfig.Fetch to have the pictures themselves.
//
// # Unverified
//
// Nothing here has been tried against the vendor itself; it follows the vendor's documents and what
// public programs send and have recorded. Not certain are: whether single models take the tool choice
// "required" (it is sent as a forced tool, or dropped); whether frequency_penalty is taken (it is
// dropped); the default of preserve_thinking (nothing is sent unless asked for); how an answer ends that
// is blocked in mid-stream (an error and a finish reason are both understood); the most documents of a
// ranking (500); where the older image models want the negative prompt (in input); how long addresses of
// pictures live; how many characters the moderation services take that are not for models (600 are
// sent); the hosts of regions that [Region] does not list (set Config.BaseURL).
package qwen
