// Package learn tells from examples which tool a sentence calls for, where in it the arguments stand,
// and how sure that is. It knows no tool by itself and nothing of the world: whatever it says was in
// the phrases that it was shown, in a small thesaurus of everyday words, or in the dictionary of package
// segment.
//
//	trainer := learn.NewTrainer()
//	trainer.Put(learn.Tool{Name: "set_alarm", Samples: samples})
//	trainer.Put(learn.Tool{Name: learn.Background, Samples: others})
//	model, err := trainer.Train(ctx)
//
//	s := model.Read(learn.Text{Runes: runes, Spans: spans})
//	defer s.Close()
//	best := s.Guesses()[0]
//	slots := s.Slots(best.Tool)
//	p := s.Confidence(best.Tool, learn.Evidence{Filled: 1})
//
// # What it is given
//
// A [Text] is runes and the typed spans that the caller found in them: times, numbers, names of a list.
// Spans may overlap; all of them are evidence, none is taken on trust. The kinds are the caller's own
// words. [Given] facts are what is known besides the words, such as the state of a device, what the user
// likes or which tool was called last.
//
// # How it decides
//
// The tool is chosen by multinomial logistic regression (package linear) over a sentence seen in two ways (package
// view): its characters, in runs of up to four, and its words, where those that mean the same count as one
// (package sense) and typed spans as their kind. Sentences that call for nothing (package others) compete. The
// given facts are then crossed with the outcome: what a fact means depends on what was said. The slots are
// marked by a conditional random field (package crf), told the tool and held to the tool's own slots. Of few
// samples there are made more, with the values of each other in their slots.
//
// How sure a guess is (package calibrate) is told by its probability, by how much speaks for any tool at all and
// by how much of the sentence was ever seen, and corrected by samples that were held back while learning, among
// them such of tools that were not learned, so that a confidence is a share of cases.
//
// A tool without samples is chosen by a [Matcher], which compares sentences with descriptions.
//
// # Promises
//
// The same tools give the same model, in whatever order and in however many steps they were put, and the
// same model gives the same answer on every platform: no sum depends on the order of a map, on fused
// multiplication or on the library of the machine. A [Model] never changes and is safe for concurrent use.
package learn
