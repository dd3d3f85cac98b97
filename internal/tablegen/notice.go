package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The sources of the tables stand in NOTICE after this line, to the end of the paragraph block that endMark closes.
const (
	startMark = "Tables made from third-party data:\n"
	endMark   = "End of the tables.\n"
)

// withSources returns the notice with its list of sources replaced.
func withSources(notice []byte, sources []source) ([]byte, error) {
	before, rest, found := bytes.Cut(notice, []byte(startMark))
	_, after, closed := bytes.Cut(rest, []byte(endMark))
	if !found || !closed {
		return nil, errors.New("NOTICE: the lines around the list of tables are missing")
	}
	var list strings.Builder
	for _, s := range merged(sources) {
		fmt.Fprintf(&list, "\n%s, %s package, %s\n    %s\n    SHA-256 %s\n    in %s\n",
			s, s.registry.kind, s.licence, s.copyright, s.sha256, strings.Join(s.tables, ", "))
	}
	return bytes.Join([][]byte{before, []byte(startMark), []byte(list.String()), []byte("\n" + endMark), after}, nil), nil
}

// merged returns each source once, with all tables that are made from it, in the order of the first.
func merged(sources []source) []source {
	var list []source
	at := make(map[string]int)
	for _, s := range sources {
		i, ok := at[s.sha256]
		if !ok {
			at[s.sha256] = len(list)
			list = append(list, s)
			continue
		}
		list[i].tables = slices.Concat(list[i].tables, s.tables)
	}
	return list
}
