package consent

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant/route"
)

// Questions lets a router ask a [Registry]. It implements [route.Consent].
type Questions struct {
	Registry *Registry
	// Purpose names the purpose that a question of the router is about, such as "cloud" for every tier that
	// is not the device. If nil, it is the name of the tier.
	Purpose func(route.Question) string
}

var _ route.Consent = Questions{}

func (q Questions) purpose(about route.Question) string {
	if q.Purpose == nil {
		return about.Tier
	}
	return q.Purpose(about)
}

// Standing implements [route.Consent].
func (q Questions) Standing(ctx context.Context, about route.Question) (route.Standing, error) {
	standings, err := q.Registry.Standings(ctx, about.Subject)
	if err != nil {
		return route.Refused, err
	}
	name := q.purpose(about)
	for _, s := range standings {
		switch {
		case s.Purpose.Name != name:
		case s.Agreed:
			return route.Agreed, nil
		case s.Why == Withdrawn, s.Why == NoGuardian:
			return route.Refused, nil
		default:
			return route.Unasked, nil
		}
	}
	return route.Refused, fmt.Errorf("the router asks about the purpose %q, which is not declared", name)
}

// Answer implements [route.Consent].
func (q Questions) Answer(ctx context.Context, about route.Question, agreed bool) error {
	const by = "对话中回答"
	if !agreed {
		return q.Registry.Withdraw(ctx, about.Subject, by, q.purpose(about))
	}
	return q.Registry.Give(ctx, Act{Subject: about.Subject, Purposes: []string{q.purpose(about)}, By: by})
}
