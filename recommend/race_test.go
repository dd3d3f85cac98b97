//go:build race

package recommend

// raceEnabled reports that the race detector watches, which makes everything slow.
const raceEnabled = true
