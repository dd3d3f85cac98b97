// Package assistanttest helps to test code that uses an assistant: a model that follows a script, a
// tape that records a vendor's answers and plays them back without the key, a switch that forbids
// the network, and a check for goroutines left behind.
//
// To test an adapter for a vendor, see package providertest instead.
package assistanttest
