// Package assistant is the vocabulary of zhushou and its conversation loop.
//
// A [Model] is anything that answers: a vendor's adapter from the providers folder, the on-device
// engine, or a wrapper around another Model. [Generate] asks it once. An [Assistant] gives it
// instructions, tools and a memory, and carries a conversation on:
//
//	a := &assistant.Assistant{
//		Model:        model,
//		Instructions: "你是一家茶叶店的导购。",
//		Tools:        []assistant.Tool{searchGoods, placeOrder},
//		Sessions:     assistant.NewMemory(),
//	}
//	for ev, err := range a.Run(ctx, "user-42", assistant.User("有适合送长辈的茶吗？")) {
//		if err != nil {
//			return err
//		}
//		if text, ok := ev.(*assistant.TextDelta); ok {
//			fmt.Print(text.Text)
//		}
//	}
//
// # What holds for every Model
//
// A stream ends with a finish reason or with an error, never with silence: an answer that was cut
// off is an error that matches [ErrTruncated]. Errors of vendors are [*Error] values that match one
// of the kinds, such as [ErrRateLimited]. What an adapter could not honour of a request is listed
// in [Meta.Dropped]. Breaking out of a loop cancels the request; there is nothing to close.
//
// # Tools
//
// [NewTool] makes a tool of a typed function. Whatever goes wrong in a tool (its error, a panic, a
// timeout, arguments that do not fit, a name that does not exist) becomes a result that the model
// reads and can react to; it never ends the run, and never shows a stack. Tools marked Confirm
// pause the run as plain JSON in the session until [Assistant.Resume] brings a person's decision,
// in the same process or another one.
//
// # Sessions
//
// [Sessions] keeps conversations with optimistic versions: two writers of one session cannot
// interleave, the later one gets [ErrConflict]. After every step all that has happened is saved, so
// that a limit or a lost connection loses nothing that a person has seen, and a crash no more than the
// step under way. Calls and results in a history always pair up, as vendors demand.
//
// # Non-goals
//
// The package knows no vendor, no database and no prompt templates, starts no goroutine except to
// run tools, and keeps no global state.
package assistant
