// Package minor is the mode in which children use an assistant: how long, at what hours, in what manner, and
// within what their guardians set.
//
//	mode := minor.Mode{Who: whoIsIt, Clock: clock}
//	model = mode.Wrap(model) // everybody else passes through
//
// Before each request the mode looks who speaks. At night, after the day's time is used up, or when the
// guardian has blocked the character that answers, the model is not asked and the child is told why in one
// sentence. Otherwise the model gets the guidance for the child's age, and after half an hour without a break
// the child is told to rest.
//
// Of a child whose age is not known the strictest limits hold, and of a person of whom it cannot be told
// whether it is a child, too.
//
// # The numbers
//
// They are data, in policy.json: those that a guide of November 2024 recommends, as the authors read it. A
// [Policy] of one's own takes their place, and a guardian's [Limits] go before both, stricter or looser. A policy
// without bands allows no time.
//
// [Lint] reads the description of a character and finds what must not be offered to children: virtual
// relatives and partners.
package minor
