package guard

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Classifier judges content by its meaning: a model, a service, or code of one's own. It is safe for concurrent use,
// and must return when ctx ends. An error or a panic is a check that failed: see [Policy].
type Classifier interface {
	Classify(ctx context.Context, s Sample) ([]Finding, error)
}

// A ClassifierFunc is a [Classifier] made of a function.
type ClassifierFunc func(ctx context.Context, s Sample) ([]Finding, error)

// Classify implements [Classifier].
func (f ClassifierFunc) Classify(ctx context.Context, s Sample) ([]Finding, error) { return f(ctx, s) }

// A Sample is what a [Classifier] is to judge.
type Sample struct {
	Stage Stage
	Text  string
	// New is the offset in Text of what was not judged before; what stands before it is context.
	New int
	// Final says that the text is complete.
	Final bool
	// Parts are media. A sample has either text or parts.
	Parts []assistant.Part
}

// A Finding is something in a text that a rule or a [Classifier] has found.
type Finding struct {
	// Category is an id of the profile, or any other name.
	Category string
	// Rule says what found it: the name of a pack, the type of private data, or what a classifier calls itself.
	Rule string
	// Start and End are bytes in the text. If End is zero, the finding is about all of it.
	Start, End int
	Confidence float64
	// Action is what is done. A classifier may leave it to the guard; what it sets counts only for categories that no
	// action of the guard or its profile names.
	Action Action
	// Answer is what to say instead, if whoever found it knows.
	Answer string
}

// Moderated is a [Classifier] that asks a moderator, such as a vendor's service for checking content.
type Moderated struct {
	Moderator assistant.Moderator
	// Categories are the ids of the profile for the moderator's own labels. A label without one is its own category.
	Categories map[string]string
	// Name is the rule of the findings. If empty, "moderator".
	Name string
}

// Classify implements [Classifier].
func (m Moderated) Classify(ctx context.Context, s Sample) ([]Finding, error) {
	parts := s.Parts
	if len(parts) == 0 {
		parts = []assistant.Part{assistant.Text{Text: s.Text}}
	}
	v, err := m.Moderator.Moderate(ctx, parts)
	if err != nil {
		return nil, err
	}
	f := Finding{Rule: m.Name, Confidence: 1, Answer: v.Safe}
	if f.Rule == "" {
		f.Rule = "moderator"
	}
	switch v.Action {
	case assistant.Pass:
		return nil, nil
	case assistant.Review:
		f.Action, f.Confidence = Escalate, 0.5
	case assistant.Block:
		if f.Action = Block; v.Safe != "" {
			f.Action = SafeAnswer
		}
	default:
		return nil, fmt.Errorf("moderator has an unknown action %q", v.Action)
	}
	if len(v.Categories) > 0 {
		f.Category = v.Categories[0]
		for _, label := range v.Categories {
			if id, ok := m.Categories[label]; ok {
				f.Category = id
				break
			}
		}
	}
	return []Finding{f}, nil
}
