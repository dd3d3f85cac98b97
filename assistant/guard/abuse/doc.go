// Package abuse deals with people who ask again and again for what a guard stops: a warning first, then fewer questions,
// then none for a while, and a way to object.
//
//	ladder := &abuse.Ladder{Limits: rules.Abuse} // of a profile: three in a row, or five on a day
//	model = ladder.Wrap(guard.Guard{…}.Wrap(model))
//
// It counts the questions that [guard.Guard] stopped, not those that could not be checked, by [assistant.Request.User].
package abuse
