// Package middleware is what stands between a service and a vendor's bad day: layers around an
// [assistant.Model] that try again, wait their turn, stop asking a vendor that is down, ask another one,
// and keep count of what it all costs.
//
// Each layer is a struct of settings, whose zero value is a sensible choice, with a method Wrap that makes
// a model of a model. [Wrap] puts several around one, the outermost first:
//
//	account := &middleware.Account{Limits: []middleware.Limit{{Per: middleware.Day, Tokens: 1_000_000}}}
//	qwen = middleware.Wrap(qwen,
//		middleware.Retry{}.Wrap,
//		middleware.Breaker{}.Wrap,
//		middleware.RateLimit{Requests: 600, Tokens: 1_000_000}.Wrap,
//		middleware.Budget{Account: account, Vendor: "qwen"}.Wrap,
//		middleware.Timeout{}.Wrap)
//	model := middleware.Wrap(qwen,
//		middleware.Log{Logger: logger}.Wrap,
//		middleware.Fallback{To: []middleware.Alternative{{Model: deepseek, Name: "deepseek"}}}.Wrap)
//
// What Wrap makes has a state of its own: two models that are wrapped with the same Breaker have two
// circuits. What is to be shared, a [Limiter] or an [Account], is made first and given to both.
//
// # The order
//
//	          the caller
//	              |
//	Log, observe.Telemetry       a call as the caller sees it
//	              |
//	            Cache            the same question again costs nothing
//	              |
//	           Fallback -----------------------------+
//	              |                                  |
//	            Retry            again, but not      |
//	              |              what is refused     |
//	           Breaker           refuses at once     |
//	              |                                  |
//	            Hedge            one call, perhaps   | the same
//	              |              two requests        | for the
//	          RateLimit          waits               | next vendor
//	              |                                  |
//	         Concurrency         waits               |
//	              |                                  |
//	           Budget            counts every        |
//	              |              request             |
//	           Timeout           the vendor's time   |
//	              |              only                |
//	          the vendor                        the vendor
//
// Any layer may be left out. Why they stand in this order:
//
//   - Retry stands above Breaker, so that each attempt counts, and an open circuit ends the attempts: a
//     refusal of this package ([ErrRefused]) is never tried again, only handed to Fallback.
//   - Breaker stands above what refuses or waits, so that no turn is taken for a request that is not
//     sent. Refusals from below are no fault of the vendor and do not count.
//   - Hedge stands above what counts: its second request takes a turn and is paid like the first. It
//     stands below Breaker, which sees one call.
//   - Budget stands below everything that sends a request twice. Each request is counted once, also one
//     that was cut short, for which vendors tell no number: then by an estimate.
//   - Timeout stands next to the vendor: time in a queue is not the vendor's silence.
//   - Cache stands above Fallback and keeps the reply of whoever answered.
//
// # What holds for every layer
//
// A call ends in the whole reply, or in one error. Nothing is sent again once the caller has seen part of
// a reply, except by Retry with Resume, where the vendor goes on with what was said. Chunks without
// content, such as a first one with the origin only, are held back by Retry, Fallback and Hedge until
// content comes, so that what is seen is of one reply.
//
// A stream that ends in silence, which a model must not do, becomes [assistant.ErrTruncated]. What was
// done to a reply is visible in it: Fallback writes who did not answer and why into Meta.Dropped. Leaving
// the loop, or cancelling the context, ends everything below. No layer has a goroutine, but for the second
// request of Hedge, which has ended when the call has. A chunk costs no allocation on its way.
//
// # What others do
//
// Circuit and bulkhead are those of failsafe-go. Its rate limiter, retry, hedge and cache are for calls
// that return a value: they do not know of a reply that is half delivered, of a booking that is too
// large, or of a request that was cancelled and is paid for all the same.
//
// # Non-goals
//
// The package has no price list, because prices change faster than releases: see [ParsePrices]. It does
// not choose a model by ability, price or privacy, which is routing. Telemetry is in package observe.
package middleware
