// Package route chooses which model answers a request: the one on the device, a trusted cloud, or a
// partner's.
package route
