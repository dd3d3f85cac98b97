// Package profile reads what a rule book asks of a service from a file: its categories of content and
// what to do with each, the sizes of word lists and question banks, pass marks and limits.
package profile
