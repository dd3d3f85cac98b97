// Package vector finds the vectors nearest to a query: which items have an embedding like this one.
//
//	index, err := vector.New(vector.Config{Dims: 64})
//	err = index.Put(7, embedding)
//	hits, err := index.Search(ctx, vector.Query{Vector: embedding, Limit: 20}, nil)
//
// The search is exact: it finds what comparing with every vector finds, so a new vector is found at once and a deleted
// one never, a filter costs no accuracy, and there is nothing to build or to tune. It is fast all the same. Where the
// processor has AVX2, the index keeps every vector of 32 numbers or more a second time, rounded to a byte a number, with
// a bound on what rounding has changed. A search reads those, a quarter of the memory, and computes the true scores only
// of the few vectors whose bound says that they may be among the best. Vectors for which that does not work, such as
// very many that are nearly the same, are all compared. Elsewhere they always are.
//
// The best 20 of vectors with 64 numbers, on one core of a server of 2025; times grow with the numbers stored, so one
// vector of 768 counts for twelve:
//
//	vectors      memory    search     in plain Go
//	  100,000     35 MB    0.3 ms       2.1 ms
//	  300,000    105 MB      1 ms         7 ms
//	1,000,000    350 MB      3 ms        25 ms
//
// The memory is 5 bytes a number and some 20 for the id. A batch ([Index.SearchAll]) costs 0.1 ms for each query and
// 100,000 vectors.
//
// There is no approximate index, on purpose. A graph of neighbours answers a million vectors in less than a millisecond,
// but takes minutes to build, misses some neighbours always and many when a filter is strict. Up to about a million
// vectors of 64 numbers exact is right; with many millions, use a vector database.
package vector
