package skills_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// An outcome is what became of one sentence.
type outcome struct {
	sentence
	in      ondevice.Interpretation
	calls   []call // that were understood
	missing []string
	score   float64 // confidence of the best reading: that all its commands are right
}

func (o *outcome) right() bool {
	return sameCalls(o.calls, o.Calls) && slices.Equal(o.missing, o.Missing)
}

// acts reports whether tools would be called at once.
func (o *outcome) acts() bool { return o.in.Decision() == ondevice.Act }

// refuses reports whether nothing would be done or asked.
func (o *outcome) refuses() bool { return o.in.Decision() == ondevice.Refuse }

func (o *outcome) known() bool { return len(o.Calls) > 0 }

func judge(t *testing.T, h *hearer, sentences []sentence) []outcome {
	t.Helper()
	out := make([]outcome, len(sentences))
	for i, s := range sentences {
		o := outcome{sentence: s, in: h.hear(t, s)}
		o.calls, o.missing = said(o.in)
		if len(o.in.Candidates) > 0 {
			o.score = 1
			for p := &o.in; p != nil && len(p.Candidates) > 0; p = p.Next {
				o.score *= p.Candidates[0].Confidence
			}
		}
		out[i] = o
	}
	return out
}

// figures are what is measured on a set of sentences.
type figures struct {
	tools     float64 // share of the commands for which the right tools come first, whether sure or not
	arguments float64 // and all of their arguments, and what is missing, are right
	acted     float64 // share of the complete commands that are done, asked nothing
	wrong     float64 // share of all sentences on which something wrong is done
	refused   float64 // share of what calls for no tool that is refused
	auroc     float64 // of the confidence, commands against what calls for no tool
	ece       float64 // expected calibration error of the confidence that the call is right
	macroF1   float64 // over the tools, of the first command of a sentence
}

func measure(outcomes []outcome) (f figures) {
	var commands, complete, others int
	for i := range outcomes {
		o := &outcomes[i]
		if o.acts() && !o.right() {
			f.wrong++
		}
		if !o.known() {
			others++
			if !o.acts() {
				f.refused++
			}
			continue
		}
		commands++
		if slices.Equal(tools(o.calls), tools(o.Calls)) {
			f.tools++
		}
		if o.right() {
			f.arguments++
		}
		if len(o.Missing) == 0 {
			complete++
			if o.acts() && o.right() {
				f.acted++
			}
		}
	}
	f.wrong /= float64(len(outcomes))
	f.refused = share(f.refused, float64(others))
	f.tools = share(f.tools, float64(commands))
	f.arguments = share(f.arguments, float64(commands))
	f.acted = share(f.acted, float64(complete))
	f.auroc, f.ece, f.macroF1 = auroc(outcomes), calibrationError(outcomes), macroF1(outcomes)
	return f
}

// share is part of all, and 1 of nothing.
func share(part, all float64) float64 {
	if all == 0 {
		return 1
	}
	return part / all
}

// auroc is the probability that a command has a higher confidence than what is none.
func auroc(outcomes []outcome) float64 {
	var wins, pairs float64
	for i := range outcomes {
		for k := range outcomes {
			if !outcomes[i].known() || outcomes[k].known() {
				continue
			}
			pairs++
			switch cmp.Compare(outcomes[i].score, outcomes[k].score) {
			case 1:
				wins++
			case 0:
				wins += 0.5
			}
		}
	}
	return share(wins, pairs)
}

// calibrationError is the mean distance of the confidence from the share that is right, in ten bins.
func calibrationError(outcomes []outcome) float64 {
	var said, right, count [10]float64
	for i := range outcomes {
		o := &outcomes[i]
		if len(o.in.Candidates) == 0 {
			continue
		}
		b := min(9, int(o.score*10))
		said[b] += o.score
		count[b]++
		if o.known() && o.right() {
			right[b]++
		}
	}
	sum, all := 0.0, 0.0
	for b := range said {
		sum += math.Abs(said[b] - right[b])
		all += count[b]
	}
	return sum / max(all, 1)
}

// macroF1 is the mean over the tools of the F1 of the first command.
func macroF1(outcomes []outcome) float64 {
	type counts struct{ both, gold, guess float64 }
	by := make(map[string]*counts)
	at := func(tool string) *counts {
		if by[tool] == nil {
			by[tool] = new(counts)
		}
		return by[tool]
	}
	for i := range outcomes {
		o := &outcomes[i]
		gold, guess := "", ""
		if o.known() {
			gold = o.Calls[0].Tool
			at(gold).gold++
		}
		if !o.refuses() && len(o.calls) > 0 {
			guess = o.calls[0].Tool
			at(guess).guess++
		}
		if gold != "" && gold == guess {
			at(gold).both++
		}
	}
	var all []float64
	for _, c := range by {
		if c.gold > 0 {
			all = append(all, 2*c.both/(c.gold+c.guess))
		}
	}
	slices.Sort(all) // so that the sum is always the same
	sum := 0.0
	for _, f := range all {
		sum += f
	}
	return sum / max(float64(len(all)), 1)
}

func (f figures) String() string {
	return fmt.Sprintf("tools %.1f%%, with arguments %.1f%%, done %.1f%%, wrong acts %.2f%%, refused %.1f%%, AUROC %.3f, ECE %.3f, macro-F1 %.1f",
		100*f.tools, 100*f.arguments, 100*f.acted, 100*f.wrong, 100*f.refused, f.auroc, f.ece, 100*f.macroF1)
}

// floors are a little below what is measured; of what is wrong and of the calibration error a little
// above.
var floors = map[string]figures{
	"sentences.jsonl": {tools: 0.985, arguments: 0.975, acted: 0.94, wrong: 0.006, refused: 0.985, auroc: 0.99, ece: 0.03, macroF1: 0.975},
	"blind.jsonl":     {tools: 0.97, arguments: 0.95, acted: 0.825, wrong: 0.01, refused: 0.97, auroc: 0.98, ece: 0.035, macroF1: 0.95},
	"strangers.jsonl": {tools: 0.955, arguments: 0.905, acted: 0.75, wrong: 0.012, refused: 0.985, auroc: 0.97, ece: 0.045, macroF1: 0.93},
	"owners.jsonl":    {tools: 0.91, arguments: 0.83, acted: 0.68, wrong: 0.04, refused: 0.96, auroc: 0.93, ece: 0.09, macroF1: 0.88},
}

// TestSentences measures the skills on each of the sets. With -v it logs what goes wrong; with
// ZHUSHOU_FULL=1 it learns the skills instead of taking what is shipped.
func TestSentences(t *testing.T) {
	t.Parallel()
	h := builtIn(t)
	for file, floor := range floors {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			sentences := readSentences(t, file)
			if sentences == nil {
				t.Skip("there is no " + file)
			}
			if testing.Short() {
				judge(t, h, sentences[:100]) // beside the others
				return
			}
			outcomes := judge(t, h, sentences)
			f := measure(outcomes)
			t.Log(len(sentences), "sentences:", f)
			byTag(t, outcomes)
			if testing.Verbose() {
				for i := range outcomes {
					outcomes[i].log(t)
				}
			}
			require.GreaterOrEqual(t, f.tools, floor.tools, "the right tools")
			require.GreaterOrEqual(t, f.arguments, floor.arguments, "the right arguments")
			require.GreaterOrEqual(t, f.acted, floor.acted, "done")
			require.LessOrEqual(t, f.wrong, floor.wrong, "wrong acts")
			require.GreaterOrEqual(t, f.refused, floor.refused, "refused")
			require.GreaterOrEqual(t, f.auroc, floor.auroc, "AUROC")
			require.LessOrEqual(t, f.ece, floor.ece, "calibration error")
			require.GreaterOrEqual(t, f.macroF1, floor.macroF1, "macro-F1")
		})
	}
}

// byTag logs the share that is right, by what is special about the sentences.
func byTag(t *testing.T, outcomes []outcome) {
	t.Helper()
	right, all := make(map[string]int), make(map[string]int)
	for i := range outcomes {
		o := &outcomes[i]
		ok := o.right() && !o.refuses()
		if !o.known() {
			ok = !o.acts()
		}
		for _, tag := range o.Tags {
			all[tag]++
			if ok {
				right[tag]++
			}
		}
	}
	var tags []string
	for tag := range all {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	for _, tag := range tags {
		t.Logf("%-10s %3d of %3d", tag, right[tag], all[tag])
	}
}

// log writes what went wrong.
func (o *outcome) log(t *testing.T) {
	t.Helper()
	good := o.right() && !o.refuses()
	if !o.known() {
		good = !o.acts()
	}
	if good {
		return
	}
	t.Logf("%-6s %.2f %s%s\n\twant %v missing %v\n\tgot  %v missing %v", o.in.Decision(), o.score, strings.Join(append(o.After, ""), " → "), o.Say, o.Calls, o.Missing, o.calls, o.missing)
}
