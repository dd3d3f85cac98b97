// Package report puts measured recommenders side by side: as one HTML page that needs nothing else, as
// JSON, and as a plain table.
//
//	r, err := report.New(ctx, report.Config{Title: "首页推荐"}, popular, graph)
//	err = r.HTML(file)
//
// The first result is what the others are compared with. The page shows every metric with its
// confidence interval, recall by how active users are, how suggestions spread over popular and rare
// items, and latencies. It has no scripts, loads nothing, follows the reader's light or dark setting,
// and prints. Its words are Chinese; JSON and the plain table use the names of the metrics.
//
// The same results and seed give the same bytes, as far as latencies allow.
package report
