package ondevice

import "github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"

// A weighing is what the probability that a tool is meant is reckoned from, in log odds.
type weighing struct {
	even    float64 // if nothing is known
	fitness float64
	lead    float64 // of the fitness before that of any other tool
	beside  float64 // of the fitness of the background
	guess   float64 // of the log odds that the learned part gives the tool
	whole   float64 // a phrase covers the sentence to the last word
	missing float64 // of the arguments that the tool needs
	foreign float64 // of them, the less the sentence fits otherwise
	free    float64 // of the characters that stand for text
}

// The weights were fitted to sentences for and beside the built-in skills. They are few and of the sign that one expects,
// so that they hold for other tools, too. Of tools with many phrases the learned part knows more than any one phrase
// says; of those with few, how well one of them fits is all there is.
var (
	scarce = weighing{even: -1.6, fitness: 2.7, lead: 3.0, beside: -0.4, guess: 0.3, whole: 1.4, missing: 0, foreign: -0.9, free: -0.06}
	ample  = weighing{even: 1.1, fitness: 0.65, lead: 0.5, beside: -0.65, guess: 0.58, whole: 2.3, missing: -1.6, foreign: -4.0, free: -0.75}
)

// between returns the weights between those of few phrases and of many.
func (w weighing) between(o weighing, by float64) weighing {
	mix := func(a, b float64) float64 { return a + float64((b-a)*by) }
	return weighing{
		even: mix(w.even, o.even), fitness: mix(w.fitness, o.fitness), lead: mix(w.lead, o.lead), beside: mix(w.beside, o.beside), guess: mix(w.guess, o.guess),
		whole: mix(w.whole, o.whole), missing: mix(w.missing, o.missing), foreign: mix(w.foreign, o.foreign), free: mix(w.free, o.free),
	}
}

// What speaks against a tool whatever is known of it.
const (
	ifUnspoken = 0.0   // no phrase speaks for the tool, only the learned part
	ifOpposed  = -4.0  // the sentence undoes, alters or forbids, and the phrase does not, or the other way round
	ifOutdone  = -0.7  // something that calls for no tool fits as well
	ifQuestion = -1.0  // what stands for text is a question
	ifQuoted   = -3.0  // the sentence only speaks of it, or only under a condition
	ifStray    = -2.0  // something is named that only other tools take
	ifBeheaded = -1.0  // the sentence begins with a word of another tool that the phrase leaves over
	ifFronted  = -1.0  // the text that the sentence begins with speaks to the assistant
	ifUnasked  = -2.0  // the phrase is a question, and the sentence is none
	ifDoubted  = -4.0  // the sentence is a question, and the tool does something
	ifAsked    = -0.4  // the other way round
	ifAble     = -12.0 // the sentence asks what can be done, which the tool would do
	ifTold     = -1.5  // the sentence tells something
	ifDone     = -4.0  // the same, and the tool does something
	perInvalid = -0.7  // of the arguments that were said and are no values
	perUnused  = -1.5  // of the values that no argument took

	untaught = 0.2 // what the learned part gives a tool that it knows nothing of
	half     = 20  // sentences of a tool that are between few and many
	mostFree = 8   // characters of text that make it less sure
)

// probability returns how likely the tool is meant. The best other tool has the fitness rival.
func (f *fit) probability(rival, background float64, t *tool, c *Candidate) float64 {
	guess := f.guess
	if !t.taught {
		guess = untaught
	}
	guess = max(1e-3, min(1-1e-3, guess))
	known := float64(len(t.sample)) / float64(len(t.sample)+half)
	w := scarce.between(ample, known)
	odds := w.even + float64(w.fitness*f.fitness) + float64(w.lead*(f.fitness-rival)) + float64(w.beside*background)
	odds += float64(w.guess * (exact.Log(guess) - exact.Log(1-guess)))
	odds += float64(float64(len(c.Missing)) * (w.missing + float64(w.foreign*(1-f.fitness))))
	odds += float64(w.free * float64(min(f.alignment.free, mostFree)))
	odds += float64(perInvalid*float64(len(c.Invalid))) + float64(perUnused*float64(f.unused))
	switch {
	case f.whole != nil:
		odds += w.whole
	case f.score < weakest:
		odds += ifUnspoken
	}
	a := &f.alignment
	switch {
	case (a.skipped^a.lacking)&(stops|changes|negates) != 0:
		odds += ifOpposed
	case f.outdone && (background >= exactly || f.not >= exactly):
		odds += ifOpposed
	case f.outdone:
		odds += ifOutdone
	}
	if a.skipped&^t.class&quotes != 0 {
		odds += ifQuoted
	}
	if f.stray {
		odds += ifStray
	}
	if a.behead {
		odds += ifBeheaded
	}
	if a.prose&^t.class&asks != 0 {
		odds += ifQuestion
	}
	if a.front {
		odds += ifFronted
	}
	if f.supposed {
		odds += ifQuoted
	}
	switch {
	case f.told && !t.spec.ReadOnly:
		odds += ifDone
	case f.told:
		odds += ifTold
	}
	switch {
	case f.able && !t.spec.ReadOnly:
		odds += ifAble
	case f.unasked:
		odds += ifUnasked
	case f.asked && !t.spec.ReadOnly:
		odds += ifDoubted
	case f.asked:
		odds += ifAsked
	}
	return exact.Sigmoid(float64(odds*(1-float64((1-strangers)*known))) + float64(anyway*known))
}

// How much of the odds for a tool with many phrases is left with people whose sentences nobody had read who wrote them;
// and that what seems hopeless is right now and then. Fitted to a list that had no part in anything else.
const (
	strangers = 0.6
	anyway    = 0.1
)

// certain is the probability below which a reading is nothing to ask about.
const certain = 0.42

// enough returns the probability from which on a reading is acted on, so that the wanted share of all acts
// is right: most of them are far more certain than the least certain one.
func enough(precision float64) float64 {
	return max(leastSure, 1-acrossActs*(1-precision))
}

// acrossActs is how much likelier the least certain act is wrong than acts are on average.
const acrossActs = 5.5

// leastSure is the probability below which nothing is acted on.
const leastSure = 0.5

// harmless is how much less certain an act may be that changes nothing.
const harmless = 0.17

// decide marks the readings that are likely, and not certain enough to be acted on.
func (e *Engine) decide(in *Interpretation) {
	for c := in; c != nil; c = c.Next {
		for i := range c.Candidates {
			k := &c.Candidates[i]
			least := enough(e.precision)
			if k.Tool.ReadOnly {
				least = max(leastSure, least-harmless)
			}
			k.unsure = k.unsure || k.Confidence < least
		}
	}
}
