// Package trained holds what the engine learns of the built-in skills, so that a program that uses them
// need not learn it again whenever it starts.
//
//	engine, err := trained.Load(ondevice.Config{})
//
// The engine knows all built-in skills by the names of their tools. It matters not that a request offers
// only some of them, and [ondevice.Engine.Train] teaches it more. It adds 1.2 MB to a program, most of which is read
// where it lies. In memory the engine takes some 25 MB, and 30 with a hundred thousand names; see BenchmarkStart.
package trained

import (
	_ "embed" // for what was learned
	"fmt"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// learned is what [ondevice.Engine.Save] wrote; the test with -update makes it.
//
//go:embed skills.bin
var learned []byte

// Load returns an engine that has learned the built-in skills.
func Load(c ondevice.Config) (*ondevice.Engine, error) {
	e, err := ondevice.LoadBytes(learned, c)
	if err != nil {
		return nil, fmt.Errorf("built-in skills: %w", err)
	}
	return e, nil
}
