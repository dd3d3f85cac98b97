// Package ondevice is a language model without a language model: an engine that understands commands
// in Chinese and turns them into tool calls, with no network, no key and no downloaded weights.
//
// It is an [assistant.Model], so that sessions, confirmation and guards work as with any other model.
// For each sentence of the user it does one of four things: it calls a tool, asks for an argument that
// is missing, asks which of two tools is meant, or says that it cannot do this here. It writes no
// prose and answers no questions about the world; a router in front of it can send those elsewhere.
//
//	engine := ondevice.New(ondevice.Config{})
//	in := engine.Understand(ctx, "明天早上八点叫我起床", ondevice.Context{Tools: tools})
//	if in.Decision() == ondevice.Act {
//		fmt.Println(in.Candidates[0].Arguments) // {"time":"2026-03-05T08:00:00+08:00"}
//	}
//
// # What a tool brings
//
// A tool is chosen by its example phrases, and less surely by its description. A phrase may be a plain
// sentence (明天早上八点叫我起床) or hold arguments in braces ({time}叫我起床, 提醒我{time}{text}); three to
// five phrases with different verbs serve well. Times and numbers may stand anywhere in the user's
// sentence, whatever the order in the phrase.
//
// The schema says how the words become values:
//
//   - format date-time, date, time, duration: RFC 3339 in [Config.Location], 2026-03-05, 08:00, PT10M
//   - number, integer: numerals in any form, and amounts, 3.5 for 三块五; where the description names a
//     unit of time (分钟数), a length of time counts in that unit
//   - enum: the values, and the names that the description gives them (公里/千米=km，英里=mi)
//   - boolean: 开, 打开, 关闭 and the like; also 是 and 不 as the answer to a question
//   - other strings: the text in the phrase's slot, or a name from [Config.Entities]; a format may also
//     be told by the description (RFC 3339, HH:MM, RRULE), and a string described as a time (时间) takes
//     the user's own words for it
//   - arrays of these: text is parted at 、 and 和
//
// A tool with a required argument of another kind, such as a nested object, is never called.
//
// # What it will not do
//
// A wrong act is worse than a refusal. Sentences that forbid (不要叫我), undo or change something are kept
// from the tools that they resemble; a time without an hour is asked about, not guessed; and a built-in
// background of sentences that call for no tool (writing, knowledge, bookings, complaints) competes
// with every tool, except where a tool speaks of the same things.
package ondevice
