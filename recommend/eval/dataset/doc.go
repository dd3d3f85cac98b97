// Package dataset reads who took what, and when, from the files that recommender research and shops
// use, into compact columns with dense numbers instead of names.
//
// A [Loader] gives all the files it reads one [Catalogue], so that the user 小明 has the same number
// in the training file and in the test file:
//
//	loader := dataset.NewLoader(dataset.Config{})
//	train, err := loader.Open(ctx, "train.txt", dataset.Lists{})
//	test, err := loader.Open(ctx, "test.txt", dataset.Lists{})
//
// # Formats
//
//   - [Lists]: a user and then items, the form of LightGCN and its successors, or, when ordered, of
//     SASRec and S3-Rec.
//   - [MovieLens]: u.data, ratings.dat, ratings.csv, movies.dat and movies.csv, told apart by their
//     first line.
//   - [Atomic]: RecBole's .inter and .item files, with types in the header.
//   - [Taobao]: UserBehavior.csv.
//   - [Table]: any other text with columns.
//
// Files compressed with gzip are recognised by their first bytes. A byte order mark, blank lines and
// carriage returns before the end of a line are ignored.
//
// # Bounds and errors
//
// Lines, names and the number of events are bounded ([Config]). What cannot be read is an [*Error]
// that names the file, the line and what to do. Nothing is skipped in silence.
//
// # What it does not do
//
// There is no Parquet, no JSON and no download. A quoted field may not contain a line break.
package dataset
