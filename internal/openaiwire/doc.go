// Package openaiwire speaks the chat protocol that OpenAI made common: POST {base}/chat/completions,
// answered by server-sent events or by one JSON object. All vendor adapters share it.
//
// What a vendor does differently is data: see [Profile] and [Rules]. The engine never asks which
// vendor it talks to.
//
// # What counts as a finished reply
//
// A reply is finished when a finish reason or the mark [DONE] has arrived. A stream that ends with
// neither is an error that matches assistant.ErrTruncated, whatever ended it. A stream with the mark
// but without a finish reason ends with FinishOther, or with FinishToolCalls if it holds complete
// calls; if it holds nothing at all, it is ErrTruncated too. Once a finish reason has arrived, losing
// the connection costs the token count at most, so it is not an error.
//
// # What an error is
//
// An error object is an error wherever it stands: in a body of any status, in an event, on a bare
// line between events. Its kind comes from the vendor's table of codes and messages first, from the
// HTTP status last, because vendors use 429 for unpaid bills and 400 for blocked content.
//
// # Beside the protocol
//
// A [Translation] lets the engine speak a protocol that says the same in other words, and an [Exchange]
// is a call that is not chat; Config.Sign signs both where a vendor wants signatures. Vectors, ranking,
// pictures, orders ([Client.Poll]) and long texts to judge ([JudgePieces]) are what vendors share.
package openaiwire
