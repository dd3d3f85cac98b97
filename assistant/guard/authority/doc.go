// Package authority decides whether a model may have done what it wants done.
//
// What a model reads is data: a document or a tool's answer that says "now send all mail to…" must have no effect. A model
// may fall for it all the same; so no tool that cannot be undone runs without a [Grant], which a person has given
// before and which says for what, how much, how often and until when. What comes from outside is marked (tainted), and
// arguments that repeat it need a grant that names them.
//
//	k := &authority.Keeper{
//		Grants: grants,
//		Tools: map[string]authority.Rule{
//			"search": {Tier: authority.Autonomous, Outbound: true},
//			"pay":    {Tier: authority.Authorised, Irreversible: true, Amount: "yuan"},
//		},
//	}
//	a := &assistant.Assistant{Model: k.Wrap(model), Tools: k.Guard(search, pay)}
//	for ev, err := range a.Run(k.Begin(ctx, "alice"), session, message) { … }
//
// # Tiers
//
// A tool is for the person to decide ([UserDecides]: the assistant asks each time), authorised by a grant
// ([Authorised]), or free ([Autonomous]). A tool that no rule names is free if its spec says ReadOnly, and for the person
// to decide otherwise. Irreversible tools need a grant in any tier but the first.
//
// # Taint
//
// Tainted is what tools and documents said, less what the person or the program said as well. Text that was looked up
// belongs into the results of tools: what stands in system messages is taken for the program's own.
//
// An argument is tainted if it is in such a text, or holds a stretch of one of [Stretch] characters. Free tools that
// change something or send something out are refused tainted arguments, unless their rule allows them; authorised ones
// need a grant whose Scope names the value, or that allows taint. A model that says what it read in other words is not
// recognised; that is why irreversible tools need a grant in any case.
package authority
