package ondevice

import (
	"context"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

var _ route.Judge = (*Engine)(nil)

// Judge says what [Engine.Stream] would do with a request, without doing it.
func (e *Engine) Judge(ctx context.Context, req *assistant.Request) (route.Judgement, error) {
	turns := conversation(req.Messages)
	if len(turns) == 0 || turns[len(turns)-1].Role != assistant.RoleUser {
		return route.Judgement{}, invalid("the last message is not the user's")
	}
	in, tools, err := e.hear(ctx, req, turns)
	if err != nil {
		return route.Judgement{}, err
	}
	j := route.Judgement{Verdict: verdict(in), Fills: in.Move != Fresh, Reasons: reasons(in)}
	for _, c := range in.Candidates {
		j.Tools = append(j.Tools, c.Tool.Name)
	}
	for _, t := range tools {
		if !slices.Contains(j.Tools, t.Name) {
			j.Tools = append(j.Tools, t.Name)
		}
	}
	switch d := in.Decision(); d {
	case Act, Confirm, Ask:
		j.Calls, j.Confidence, j.Valid = callsOf(in, turns), in.confidence(), d != Ask
		if d != Ask {
			j.Question = e.speaker(in.Text).confirmation(in)
		}
	case Choose:
		j.Confidence = in.Candidates[0].Confidence
	case Refuse:
		switch {
		case in.Move == Cancellation:
			j.Confidence = 1
		case j.Verdict == route.Answer:
			j.Confidence = in.Background
		case len(in.Candidates) > 0:
			j.Confidence = in.Candidates[0].Confidence
		}
	}
	return j, nil
}

func verdict(in Interpretation) route.Verdict {
	switch in.Decision() {
	case Act:
		return route.Act
	case Ask, Confirm:
		return route.Ask
	case Choose:
		return route.Choose
	}
	if in.Move == Cancellation || in.talk() {
		return route.Answer
	}
	return route.Refuse
}

// confidence is that of the least certain command of the sentence.
func (in Interpretation) confidence() float64 {
	least := in.Candidates[0].Confidence
	for c := in.Next; c != nil; c = c.Next {
		least = min(least, c.Candidates[0].Confidence)
	}
	return least
}

// reasons explains a judgement without a word of the user's.
func reasons(in Interpretation) []string {
	out := []string{"decision " + in.Decision().String()}
	if in.Move != Fresh {
		out = append(out, "move "+string(in.Move))
	}
	if in.Topic != "" && in.Background >= apparent {
		out = append(out, "topic "+in.Topic)
	}
	for _, c := range in.Candidates {
		out = append(out, "candidate "+c.Tool.Name)
		for _, m := range c.Missing {
			out = append(out, "missing "+m)
		}
		for _, b := range c.Invalid {
			out = append(out, "invalid "+b.Name)
		}
	}
	return out
}
