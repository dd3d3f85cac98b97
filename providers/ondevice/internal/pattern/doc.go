// Package pattern compiles phrases, sentences with open places, into one automaton that finds all phrases a sentence
// fits and what stands in their open places.
//
//	set, err := pattern.Compile([]pattern.Phrase{
//		{Text: "[请]提醒我{time}{text}", Scope: &pattern.Scope{Kinds: map[string][]pattern.Kind{"time": {moment}}}},
//		{Text: "(打开|开启){room}[的]灯", Scope: &pattern.Scope{Lists: map[string][]string{"room": {"客厅", "(卧室|睡房)"}}}},
//	}, nil)
//	set.Match(view.OfString("请提醒我明天八点开会"), []pattern.Candidate{{Start: 4, End: 8, Kind: moment}}, pattern.Options{})
//
// # The language of phrases
//
//	提醒我开会           the words themselves
//	[请]                 may be there or not
//	(打开|开启|开)       one of these; (打开|) one or nothing
//	(明天;早上)          all of these, in any order; at most 6
//	{text}               a slot: whatever the scope says, else any text of at least one character
//	{room:rooms}         the slot room, filled from what the scope calls rooms
//	<open>               what the rule open of the scope says
//	{*}                  any characters or none, in no slot
//	{*1-10}              from 1 to 10 of them; {*3} is 3, {*2-} at least 2
//	打开 && {room}       both, in any order, with anything before, between and after them
//	\{                   the character {; the others of [](){}<>|;&\ likewise
//
// Brackets can stand in each other. In braces after a slot's name and in angle brackets stand names of the scope, which
// may have any characters but :{}<>. The marks ; and | bind weaker than &&, and ; counts in brackets only. Everywhere
// else the characters of the language that have full width, and a single &, are text.
//
// No phrase may fit an empty sentence. Rules may use each other, but not themselves. A slot may stand in a phrase more
// than once, and be filled more than once.
//
// # How a sentence is compared
//
// A sentence fits a phrase if the phrase covers all of it. Script, width, case, spaces and marks make no difference,
// see package view. Text of a free slot and of {*} neither begins nor ends inside a Latin word or a number. With
// [Options.Loose] words of the set's skip list may stand between any two characters of the phrase.
//
// Of the ways in which one sentence fits one phrase the best is that which is first by
//
//  1. fewer characters that no word, list or candidate covers: in free text, in {*}, skipped, and those that
//     candidates are in doubt about
//  2. fewer skipped characters
//  3. more characters in slots: the name 瓦斯, not the word 瓦斯
//  4. fewer slots: the name 臥室檯燈, not the room 臥室
//  5. free text that is shorter the further left it stands: 买米和面和盐 as 买{a}和{b} is 米 and 面和盐
//  6. the candidate, value or alternative that comes first in its list
//
// and the matches of a sentence come in the order of
//
//  1. fewer characters that nothing covers, as above
//  2. fewer skipped characters
//  3. fewer slots: 播放音乐 before 播放{song} with a song called 音乐
//  4. the longer one of the longest slots that a list or candidate fills: 打开{device} with 客厅的灯 before 打开{room}的灯
//     with 客厅
//  5. the rank of the phrase, the lowest first
//  6. fewer candidates: values of lists are the phrase's own words
//  7. the place of the phrase among the phrases
//
// # Cost
//
// Phrases that begin alike share their beginning, lists are compiled once, and nothing is multiplied out: the automaton
// is as large as the phrases with their rules put in. Matching takes at most time in proportion to the length of the
// sentence times the size of the automaton; what cannot be the end of a sentence with these characters is cut off at
// once, so that in practice it depends little on the number of phrases.
//
// A set is saved as bytes by [Set.AppendBinary] and read again by [Load].
package pattern
