// Package providertest proves that a [assistant.Model] keeps its contract, and that adapters for chat,
// vectors, ranking and pictures make the right thing of what their vendors send. It also holds a fake
// vendor that services can use in their own tests.
//
// # Testing any model
//
// [Run] checks the contract of every model, be it an adapter, a middleware or an engine on the device:
//
//	func TestContract(t *testing.T) {
//		providertest.Run(t, func() assistant.Model { return newModel() }, providertest.Options{})
//	}
//
// # Testing an adapter
//
// [RunWire] puts an adapter in front of a fake vendor and plays some hundred scenarios: tool calls
// cut up in every way that has been seen, streams that break off, errors in every envelope, silence,
// bytes that arrive one by one. What an adapter knowingly does not pass it names in Skip, so that
// the gap is visible:
//
//	func TestWire(t *testing.T) {
//		open := func(e providertest.Endpoint) (assistant.Model, error) {
//			return acme.New(e.Model, acme.Options{BaseURL: e.BaseURL, Key: e.Key, HTTPClient: e.HTTPClient})
//		}
//		providertest.RunWire(t, open, providertest.WireOptions{
//			Vendor:        providertest.OpenAI(),
//			StreamingOnly: true,
//			Skip:          map[string]string{"timing/silence after text": "no idle timeout yet"},
//		})
//	}
//
// An adapter for a native protocol is tested in the same way, with Vendor: [DashScope](),
// [HunyuanNative]() or [OllamaNative]().
//
// [RunEmbedder], [RunReranker] and [RunImageGenerator] do the same for what vendors offer beside chat.
// Above all they make the mistakes after which a result would be silently wrong: rows without an
// index, vectors of another length, ranks of documents that were not given, a page that says
// "expired" in place of a picture.
//
// # Testing a service
//
// A [Server] listens on a loopback port, refuses what the vendor would refuse, and answers by a
// script of [Answer], [Response] or the service's own [Script]; [Server.ScriptFor] has a script for each
// service. [Scenarios] returns those of RunWire, to see what a service does when an answer breaks off.
//
// A server for DeepSeek also fills gaps ([FillService]), searches ([SearchService]) and tells the balance
// ([AccountService]).
//
// Beside the compatible endpoints each server takes DashScope's native ones under /api/v1, Ollama's own
// under /api, Baidu's text censor with its tokens, and signed requests: Tencent's ChatCompletions,
// GetEmbedding, TextModeration and orders for pictures (TC3-HMAC-SHA256), Alibaba's TextModerationPlus
// (ACS3-HMAC-SHA256), Huawei's text moderation (SDK-HMAC-SHA256). It works the signatures out by itself,
// from [Server.AccessKey], [Server.SecretKey] and the clock in [Config.Now].
//
// # Adding a vendor
//
// A [Vendor] is a value: fields, content parts, rules, error envelopes, documented errors and
// scenarios of its own. [OpenAI], [Qwen], [DeepSeek], [Doubao], [Huawei], [ERNIE], [Hunyuan] and
// [Ollama] are complete for the compatible protocol; [DashScope], [HunyuanNative] and [OllamaNative] are
// those of Qwen, Hunyuan and Ollama for their native ones.
//
// # What is played, and where
//
//	 1  plain answers, usage in four places   RunWire: text, usage
//	 2  reasoning, then text                  RunWire: text
//	 3  tool calls in pieces                  RunWire: tools
//	 4  reasoning missing from the history    Server for DeepSeek refuses
//	 5  encrypted reasoning                   RunWire: doubao; Server for Doubao refuses
//	 6  keep-alive, blank lines               RunWire: frames, whole
//	 7  streams that break off                RunWire: cut
//	 8  errors in streams and in status 200   RunWire: stream error, error
//	 9  every error in every envelope         RunWire: fault, envelope
//	10  content filter                        RunWire: fault, finish, and the vendors' own
//	11  Retry-After and recovery              RunWire: error, endpoint
//	12  stream-only models, thinking          Server for Qwen refuses
//	13  unknown fields                        Server for Huawei, and every one with Config.Strict
//	14  vectors                               RunEmbedder
//	15  pictures, at once and by order        RunImageGenerator
//	16  ranking in three shapes               RunReranker
//	17  DashScope's native stream             RunWire with DashScope: native; so for the others
//	18  signatures                            Server
//	19  wrong key, short model name           RunWire: endpoint
//	20  slow answers                          RunWire: timing
//
// # Beyond the facts
//
// Where vendors document nothing, the suite decides: a stream with an end mark but no finish reason
// is complete if it has content; a call that was cut at the token limit ends in
// [assistant.FinishLength]; half a surrogate pair is U+FFFD; a lone CR does not end a line; a chunk
// whose content is no string is [assistant.ErrProtocol].
//
// Vectors of another length than was asked for are an error, since they would spoil a store; so are an
// empty text, a null among the numbers of a vector, and fewer ranks than were asked for. Ranks that
// come in another order are sorted, and more of them than were asked for are cut. The native stream of
// Tencent has no end mark. Where a vendor says that a turn must leave the history but its text may stay,
// a right adapter retracts the text in favour of itself, with DropTurn set.
package providertest
