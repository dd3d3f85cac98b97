// Package providertest proves that a [assistant.Model] keeps its contract, and that an adapter makes
// the right thing of what its vendor sends. It also holds a fake vendor that services can use in
// their own tests.
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
// # Testing a service
//
// A [Server] listens on a loopback port, refuses what the vendor would refuse, and answers by a
// script of [Answer], [Response] or the service's own [Script]. [Scenarios] returns those of RunWire,
// to see what a service does when an answer breaks off.
//
// # Adding a vendor
//
// A [Vendor] is a value: fields, content parts, rules, error envelopes, documented errors and
// scenarios of its own. [OpenAI] and [Qwen] are complete for the compatible protocol; [DeepSeek],
// [Doubao] and [Huawei] hold their errors and their peculiar refusals. The fakes do not know the
// vendors' native protocols and do not verify signed requests (TC3, ACS3, SDK-HMAC).
//
// # Beyond the facts
//
// Where vendors document nothing, the suite decides: a stream with an end mark but no finish reason
// is complete if it has content; a call that was cut at the token limit ends in
// [assistant.FinishLength]; half a surrogate pair is U+FFFD; a lone CR does not end a line; a chunk
// whose content is no string is [assistant.ErrProtocol].
package providertest
