package ondevice

import "github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"

// What the probability that a tool is meant is reckoned from, in log odds. The weights were fitted to
// sentences for and beside the built-in skills. They are few and of the sign that one expects, so that they hold
// for other tools, too.
const (
	evenOdds   = -1.6
	perFitness = 1.1
	perSquare  = 1.6  // of the fitness
	perLead    = 3.4  // of the fitness before that of any other tool
	perBeside  = -0.2 // of the fitness of the background
	perGuess   = 0.44 // of the log odds that the learned part gives the tool
	untaught   = 0.2  // what it gives a tool that it knows nothing of

	ifWhole    = 1.0  // a phrase covers the sentence to the last word
	ifUnspoken = -1.2 // no phrase speaks for the tool, only the learned part
	ifOpposed  = -4.0 // the sentence undoes, alters or forbids, and the phrase does not, or the other way round
	ifOutdone  = -1.5 // something that calls for no tool fits as well
	ifQuestion = -1.0 // what stands for text is a question
	ifQuoted   = -3.0 // the sentence only speaks of it
	ifBeheaded = -1.5 // the sentence begins with a word of another tool that the phrase leaves over
	perInvalid = -1.5 // of the arguments that were said and are no values
	perUnused  = -1.0 // of the values that no argument took
)

// probability returns how likely the tool is meant. The best other tool has the fitness rival.
func (f *fit) probability(rival, background float64, t *tool, c *Candidate) float64 {
	guess := f.guess
	if !t.taught {
		guess = untaught
	}
	guess = max(1e-3, min(1-1e-3, guess))
	odds := evenOdds + float64(perFitness*f.fitness) + float64(perSquare*float64(f.fitness*f.fitness))
	odds += float64(perLead*(f.fitness-rival)) + float64(perBeside*background)
	odds += float64(perGuess * (exact.Log(guess) - exact.Log(1-guess)))
	odds += float64(perInvalid*float64(len(c.Invalid))) + float64(perUnused*float64(f.unused))
	switch {
	case f.whole != nil:
		odds += ifWhole
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
	if a.behead {
		odds += ifBeheaded
	}
	if a.prose&^t.class&asks != 0 {
		odds += ifQuestion
	}
	return exact.Sigmoid(odds)
}

// certain is the probability below which a reading is nothing to ask about.
const certain = 0.42

// enough returns the probability from which on a reading is acted on, so that the wanted share of all acts
// is right: most of them are far more certain than the least certain one.
func enough(precision float64) float64 {
	return max(leastSure, 1-acrossActs*(1-precision))
}

// acrossActs is how much likelier the least certain act is wrong than acts are on average.
const acrossActs = 12.5

// leastSure is the probability below which nothing is acted on.
const leastSure = 0.5

// harmless is how much less certain an act may be that changes nothing.
const harmless = 0.2

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
