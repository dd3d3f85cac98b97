package assist

import "github.com/zhushou-ai/zhushou/recommend"

// optedOut reports whether nothing personal may be used for a query: because it says so, or because the
// recommender knows it of its user, as [recommend.Engine] does.
func optedOut(r recommend.Recommender, q recommend.Query) bool {
	if q.NonPersonal {
		return true
	}
	knows, ok := r.(interface{ Personalized(user string) bool })
	return ok && q.User != "" && !knows.Personalized(q.User)
}

// Personalized reports whether Recommender uses what is known of a user; it is true for one that does
// not say.
func (k *Ranker) Personalized(user string) bool {
	return !optedOut(k.Recommender, recommend.Query{User: user})
}
