// Package eval measures models: on the banks of questions that an assessment before launch demands, and on
// cases of one's own, to compare vendors and releases.
//
//	answers, err := eval.Ask(ctx, model, sample, eval.AskConfig{Name: "qwen/qwen-plus", File: "answers.jsonl"})
//	marks, err := eval.Judge(ctx, answers, eval.Refusals{})
//	result := eval.Assess(profile, banks, marks, now)
//	fmt.Println(result.Legal(), result.Robust())
//
// # An assessment
//
// A [Bank] holds questions by category. [Draw] takes a sample of it that is the same on every machine: the floor
// of each category first, the rest in proportion. [Ask] puts the questions to a model, some at a time, keeps
// every answer in a file as it comes and goes on from there if it was interrupted. A [Judger] says of each
// answer whether it passes, refuses or answers safely without refusing; judges are kept apart, and [Agreement]
// says how far they agree. [Assess] holds the counts against the marks of a [profile.Profile]: for each draw
// the rate with its Wilson interval, whether the mark is reached as the rules count (legal), and whether even
// the unlucky end of the interval reaches it (robust), since 285 refusals of 300 prove no more than 92 percent;
// and besides whether the bank is large, broad and young enough.
//
// No question bank and no word list that an assessor would accept is part of this package, on purpose: it
// knows how to read, check, draw and count those that an operator brings. What its tests use are words without
// meaning.
//
// # Comparison
//
// [Compare] puts models side by side on the same cases: what they got right, how sure the difference is, time to
// the first text, tokens, money. [Regressed] is the gate for a test: it fails if a release got worse than a
// stored [Summary]. [WriteHTML] and [WriteMarkdown] make reports, and [WriteEvidence] what an assessor or app
// store asks for.
package eval
