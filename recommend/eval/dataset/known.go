package dataset

import (
	"bytes"
	"strings"
)

// Taobao is UserBehavior.csv: user, item, category, behaviour (pv, cart, fav, buy) and time in
// seconds, with neither header nor quotes.
type Taobao struct{}

func (Taobao) parser() (parser, error) {
	return Table{Separator: ",", User: "1", Item: "2", Category: "3", Kind: "4", Time: "5"}.parser()
}

// MovieLens is a file of ratings (u.data, ratings.dat, ratings.csv) or of films (movies.dat,
// movies.csv), which its first line tells. Ratings are weights; films have genres as categories and
// give no events. Load the ratings first: then numbers go to films that somebody rated before others.
type MovieLens struct{}

func (MovieLens) parser() (parser, error) { return &movieLensParser{}, nil }

type movieLensParser struct {
	table parser // once the first line is read
}

func (m *movieLensParser) line(line []byte, to *sink) error {
	if m.table != nil {
		return m.table.line(line, to)
	}
	table := Table{User: "1", Item: "2", Weight: "3", Time: "4"}
	switch first := string(bytes.TrimSpace(line)); {
	case strings.HasPrefix(first, "movieId,"):
		table = Table{Header: true, Item: "movieId", Category: "genres", CategorySeparator: "|"}
	case strings.HasPrefix(first, "userId,"):
		table = Table{Header: true, User: "userId", Item: "movieId", Weight: "rating", Time: "timestamp"}
	case strings.Count(first, "::") == 2:
		table = Table{Separator: "::", Item: "1", Category: "3", CategorySeparator: "|"}
	case strings.Count(first, "::") == 3:
		table.Separator = "::"
	case strings.Count(first, "\t") == 3:
		table.Separator = "\t"
	default:
		return wrong("the first line", line, "is not of a MovieLens file",
			"give u.data, ratings.dat, ratings.csv, movies.dat or movies.csv, or use Table")
	}
	p, err := table.parser()
	if err != nil {
		return &mistake{err.Error(), "use Table"}
	}
	m.table = p
	return m.table.line(line, to)
}
