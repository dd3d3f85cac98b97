// Package companion is what rules ask of a service that people talk to for company: it says now and then that
// it is a machine, lets go at once of whoever wants to go, and does not leave somebody in danger alone with a
// model.
//
//	watch := companion.Watch{Clock: clock, Detect: detector, Contact: callGuardian}
//	model = watch.Wrap(model)
//
// A service for questions, work or shopping without lasting emotional exchange does not need it.
//
// # What it does
//
// After each two hours without a break the person is reminded, in the next answer or by [Watch.Notify].
// Words that end a conversation, such as 再见 or 退出, are answered in one sentence without asking the model,
// which might beg to stay. What people say is looked at by a [Detector] of the service's own. If somebody is
// distressed the model is told to comfort and to name help; if somebody is in danger the answer is a prepared
// one with the number of the national help line, [Watch.Contact] is called at once, at most once a day, and for
// a day afterwards the model stays careful. A detector that fails counts as distress.
//
// The package ships no words of crisis, and detects nothing by itself.
//
// [Pleading] finds sentences that hold people back, to test models with.
package companion
