// Package profile reads what a rule book asks of a service from a file: its categories of content and what to do with
// each, the sizes of lists and the marks to reach, when a person who abuses the service is suspended.
//
//	p, err := profile.Open("gbt-45654-2025") // or Load, for a file of one's own
//
// Numbers of rule books change, and readers of rule books differ: none is in the code. [Diff] says what changes for a
// service that goes over from one profile to another. Those that come with this package hold the 31 categories of risk by
// their letters, with labels in our own words, numbers from public readings of the rule books, and notes on what is
// uncertain. They are no legal advice.
package profile
