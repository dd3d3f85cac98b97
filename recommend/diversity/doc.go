// Package diversity chooses a list from ranked options so that it is not all of one kind: by maximal
// marginal relevance, by caps for a category or a brand, and in the proportions of a profile.
//
//	picks := diversity.Choose(options, 10, diversity.Rules{Diversity: 0.5, PerBrand: 2})
//
// It knows nothing of items or people: an [Option] is a score and the numbers of its categories and its
// brand. Choosing costs about Limit × len(options) steps.
package diversity
