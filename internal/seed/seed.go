// Package seed seeds the tests that try random input: the same way each time, so that a change is judged by what it
// changes, and another way each time for who searches for longer.
package seed

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// variable says what is tried: nothing for the same as always, random for something new each time, or the seed of what
// has failed.
const variable = "ZHUSHOU_EXPLORE"

// For returns the seed of a test's random input and logs it. It is the same each time unless the environment variable
// ZHUSHOU_EXPLORE is random, or another seed.
func For(t testing.TB) uint64 {
	t.Helper()
	seed, err := read(os.Getenv(variable))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s=%d", variable, seed)
	return seed
}

func read(value string) (uint64, error) {
	switch value {
	case "":
		return 1, nil
	case "random":
		return rand.Uint64(), nil
	}
	seed, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s must be random or a seed: %w", variable, err)
	}
	return seed, nil
}
