// Package route chooses which model answers a request: the one on the device, a trusted cloud, or a
// partner's. Commands never leave the device, personal things stay home, and the rest goes to the model that
// suits. A [Router] is an [assistant.Model] over these tiers:
//
//	router, err := route.New(route.Config{
//		Device: route.Tier{Model: ondevice.New(ondevice.Config{})},
//		Clouds: []route.Tier{
//			{Name: "own", Place: route.Trusted, Model: guard.Mask{}.Wrap(own), Masks: true, Recalls: true},
//			{Name: "qwen", Title: "通义千问", Place: route.Partner, Model: guard.Mask{}.Wrap(qwen), Masks: true, Recalls: true},
//		},
//		Policy: policy, // see ParsePolicy and DefaultPolicy
//		Marks:  marks,  // whose request it is, and whether the session is private
//	})
//
// # The rules
//
// Everything that a user says is judged afresh, by these rules in this order; the first that decides wins.
//
//	what the user says
//	       |
//	1 never leaves ......... marked private, meant for a private tool, personal  --> the device, or an
//	       |                 data that the policy keeps, no consent, child mode,     honest refusal
//	       |                 no network, no money, no policy
//	2 must leave ........... a named model, pictures, JSON, a search, long text  --> a cloud
//	       |
//	3 pending dialogue ..... it is what the device has asked for                 --> the device
//	       |
//	4 understanding ........ the device is sure enough (98 in 100 are right)     --> the device
//	       |                 it is not, and a question is cheaper than a mistake --> one question
//	       |                 it is no command                                    --> a cloud
//	       |
//	5 which cloud .......... able, then near, then well, then cheap or quick;    --> it, or the next
//	                         a partner after the user has agreed
//
// The result of a tool is told to whoever called the tool, if that may see it, and else to the device. A
// question that a cloud asks captures nothing: a command that follows it is a command.
//
// # What a cloud is told
//
// Of the conversation, as many turns as the policy grants, less all that the same rules keep at home: what
// went to the device only, for whatever reason of rule 1, is not sent in the history of a later request
// either. Each answer carries its [Origin] through the session for that. Of the tools, the likeliest few,
// never a private one ([assistant.ToolSpec.Private]), nor one that pays or sends without asking for consent itself; calls of a cloud to
// others are not let through. Personal data that the policy wants masked goes only by tiers that mask it; what
// was private once is private where it is said again without what tells that it is, and so is the short answer to
// a question that asks for it. What was left out is listed in [assistant.Meta.Dropped].
//
// # It fails closed
//
// A policy that cannot be read, marks, consent or a [Recorder] that fail, a judge that cannot tell whether a
// private tool is meant: in each case nothing leaves. What cannot be answered then is refused in a plain
// sentence that says why, and what works all the same.
//
// # What others do
//
// Retries, breakers, budgets and rate limits belong around each tier's model: see package middleware. The
// router learns from how requests end, and leaves a tier alone for a while that has failed: see
// [Router.Status]. Masking is package guard's.
//
// # Limits
//
// What package locale/privacy does not find is not kept: a name without anything that tells it is one, or a
// number that is spread over several turns. Tools that deal in such things should be private, and sessions
// that do should be marked.
package route
