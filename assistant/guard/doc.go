// Package guard decides what may go to a model and what may come back.
//
// [Mask] keeps personal data from a vendor, and puts it back into the reply. [Guard] checks what people say, what is
// looked up, what tools are asked and answer, what a model thinks and says: by words, by private data and by
// classifiers, which may be services. Both are middlewares: they make a model of a model.
//
//	model = guard.Guard{
//		Profile: rules,                                          // what to do with which category: profile.Open
//		Words:   []guard.Pack{{Name: "own", Load: words.Load}},  // an atomic pointer to a match.Matcher
//		Private: &privacy.Detector{Types: numbers},
//		Answers: map[string]string{"*": "这个问题我不方便回答，换个话题吧。"},
//	}.Wrap(guard.Mask{}.Wrap(model))
//
// # The order
//
//	the person          sees and says everything
//	   |
//	 Guard              sees what the person says and reads
//	   |
//	 Mask               data | placeholders
//	   |
//	the vendor          sees placeholders
//
// Tools belong to the assistant above both, so they get the data itself. What a tool returns is checked when the next
// request brings it to the model, or before it enters the session if the tool is one of [Guard.Tools].
//
// # Streams
//
// A reply is decided on as one text, never on its chunks, and handed on as it comes. What is held back at any time is
// only what may be the beginning of something: of a word, as far as the words of the pack go on that way; of a number;
// of a placeholder. Ordinary text is not delayed by a single character. Three things take longer:
//
//   - what may begin with any character waits until it is told from ordinary words: names, addresses, dates of birth,
//     coordinates and military cards; a [privacy.Detector] whose Types leave them out delays nothing but numbers and
//     mailboxes (Chinese characters before an @ are one only behind a label, as in 邮箱：张三@qq.com);
//   - an exception to a word ("黄色小鸭") must be over before the word counts;
//   - a [Classifier] is asked at the end of a sentence. With [Retract], text is shown at once, and withdrawn if need be.
//
// Whatever the cut, the same is shown, and it never holds what a rule hides or stops. Chunks that are not text keep
// their place in it. Text and reasoning are two texts: each is handed on as soon as it can be.
//
// A reply that is stopped ends in one chunk, with a [assistant.Retraction] of what was shown and a prepared answer in
// its place. The same becomes of what a vendor withholds, in whatever way it says so: [assistant.FinishRefusal].
//
// # Failing
//
// A check that fails, panics or takes too long blocks, unless the [Policy] of its stage says FailOpen; a request whose
// media or parts cannot be looked into is an error, unless [Media] says otherwise. Nothing is let through in silence:
// Meta.Dropped and [Decision] say what happened.
//
// A person's turn that was stopped must leave the history, as [assistant.Retraction.DropTurn] says and an
// [assistant.Assistant] does. What stands before the model's last answer ends nothing any more: there, what must not pass
// is hidden.
//
// # Beside it
//
// Package profile reads the rules, package pack the words, from files that are signed and may be replaced. Package
// egress decides whether personal data may leave for a vendor at all; package authority, whether a tool may do what a
// model wants; package abuse, what becomes of people who keep asking. Outermost comes abuse, then authority, then Guard;
// egress comes in the place of Mask, which it uses.
//
// # Limits
//
// The package ships no words and no classifier. A vault holds personal data in memory, in clear, for as long as a
// request runs, or as [Vaults] keep it. A model that describes a number instead of writing it cannot be followed.
package guard
