// Package pack keeps lists of words as files that say who released them, and when, and takes new releases into use
// while a service runs.
//
// A pack is a list as [match.Load] reads it, with a head, and a signature as its last line:
//
//	#pack own 7 2026-11-20
//	词语	A.1.h
//	#signature ed25519 mQ2j…
//
// The head holds the name, the version and the day of the last change, by which a rule book judges whether the list is
// still fresh: see [Pack.Cover]. The signature is over every byte before its line. [Read] takes keys that it trusts;
// with one, a pack that nobody signed, or that was changed, is an error.
//
// A [Source] is such a file for a guard:
//
//	words := &pack.Source{Path: "words.txt", Trusted: keys}
//	if err := words.Reload(); err != nil { … }
//	go words.Watch(ctx, time.Minute, report)
//	model = guard.Guard{Words: []guard.Pack{{Name: "own", Load: words.Load}}, …}.Wrap(model)
//
// What is in use stays in use until a whole, signed and newer file has been read.
package pack
