package recommend

import "context"

// Recommender answers queries. Implementations are safe for concurrent use, return at most
// Query.Limit suggestions, best first, none twice, and an empty list with a nil error when nothing fits.
type Recommender interface {
	Recommend(ctx context.Context, q Query) ([]Suggestion, error)
}

// Recorder learns from events. Implementations are safe for concurrent use.
type Recorder interface {
	Record(ctx context.Context, events ...Event) error
}
