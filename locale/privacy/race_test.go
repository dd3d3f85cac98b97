//go:build race

package privacy_test

// raceEnabled tells that memory is not pooled as usual.
const raceEnabled = true
