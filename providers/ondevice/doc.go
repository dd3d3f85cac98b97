// Package ondevice is a language model without a language model: an engine that understands commands
// in Chinese and turns them into tool calls, with no network, no key and no downloaded weights.
//
// It is an [assistant.Model], so that sessions, confirmation and guards work as with any other model.
// For each sentence of the user it does one of five things: it calls tools, asks for an argument that
// is missing, asks which of two things is meant, asks whether a likely one is meant, or says that it
// cannot do this here. It writes no prose and answers no questions about the world; a router in front
// of it can send those elsewhere, and asks [Engine.Judge] what the engine would do.
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
// five phrases with different verbs serve well. Times, numbers and names may stand anywhere in the user's
// sentence, whatever the order in the phrase.
//
// The schema says how the words become values:
//
//   - format date-time, date, time, duration: RFC 3339 in [Config.Location], 2026-03-05, 08:00, PT10M
//   - number, integer: numerals in any form, and amounts, 3.5 for 三块五; where the description names a
//     unit of time (分钟数), a length of time counts in that unit, where it speaks of per cent, 一半 is 50
//   - enum: the values, and the names that the description gives them (公里/千米=km，英里=mi)
//   - boolean: 开, 打开, 关闭 and the like, and what the description says (拉上=false); also 是 and 不 as
//     the answer to a question
//   - other strings: the text in the phrase's slot, or a name from a list of [Names]; a format may also
//     be told by the description (RFC 3339, HH:MM, RRULE), and a string described as a time (时间) takes
//     the user's own words for it
//   - arrays of these: text is parted at 、 and 和
//
// A tool that comes without phrases is read by its schema. A value goes to the property that is named beside it
// (产品型号QZ-15), whose unit it is counted in (12亩), whose examples, format or pattern it has, or that is the
// only one of its kind; a text that nothing speaks for fills nothing. Properties of objects, and of lists of
// objects, are read the same way, but have to be named.
//
// A tool with a required argument of another kind, such as a list of lists, is never called here. It is named
// all the same, so that somebody else can be asked to call it.
//
// # Skills
//
// A [Skill] is a tool with more ways to ask for it. [Engine.Train] teaches the engine skills; what it has
// learned is saved by [Engine.Save] and read by [Load]. Its phrases are patterns:
//
//	[请]提醒我{time}{text}        what is in brackets may be left out
//	(打开|开启){room}的灯         one of several
//	(明天;早上)                   all of these in any order
//	打开 && {room}                both, with anything between
//	{*1-10}                       any characters
//	<open>, {mode:modes}          a rule or a short list of the skill
//
// Patterns, and the names of enums, booleans and lists in plain sentences, stand for all that they
// describe. Names, of [Skill.Names] for everyone and of [Context.Names] for one user, are found by
// how they are written and by how they sound.
//
// # How a sentence is understood
//
// Hums and what the speaker took back in the same breath are left out (八点，不对，九点). Times, amounts,
// numbers and names are found. A phrase that covers the sentence with nothing left to guess settles it.
// Otherwise the sentence is aligned with the phrases that are most like it, a classifier that was trained on
// the phrases is asked for its opinion, and both are weighed against what calls for no tool, into the
// probability that the tool is meant. The arguments are checked against the schema just as those of any
// other model. A sentence with several commands is parted, if every part is one, things that are named together
// (把蓝牙和wifi都关了) are a command each where the tool takes one, and what is only said beside a command (太亮了，调暗一点) is
// left out. What is not clear as it stands is read once more with English,
// dialect and Cantonese words as those of the phrases (把alarm cancel掉); texts keep the user's own words. The likeliest
// reading counts.
//
// The engine acts if that is right as often as [Config.Precision] wants, and otherwise asks. The
// [Interpretation] holds all readings with their arguments, where these come from, and why.
//
// # Dialogue
//
// A turn may go on with what was said before: answer a question, correct (改成八点, 不是明天是后天, and in objects
// 收件人的电话改成…, which is asked about again), ask the same of
// something else (那上海呢), add (再来一个), choose (第二个), agree or drop it (对, 算了). What the dialogue has
// come to is a [State], plain JSON; the engine derives it from the messages of a request and keeps nothing. A
// whole command of its own comes before any open question, and a question gets nothing but its own kind
// of answer.
//
// # What it will not do
//
// A wrong act is worse than a question, and than a refusal. Sentences that forbid (不要叫我), undo or change
// something are kept from the tools that they resemble, and so are questions, tales and conditions from tools
// that do something; a time without an hour is asked about, not
// guessed; and a built-in background of sentences that call for no tool (writing, knowledge, bookings,
// complaints) competes with every tool, except where a tool speaks of the same things.
package ondevice
