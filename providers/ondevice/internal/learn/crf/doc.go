// Package crf learns to mark slots in a sequence: a conditional random field whose neighbours are one place apart. The
// labels of a slot share what is learned about them with those of other slots, and only the labels of one set
// may occur in one sequence.
package crf
