package guard

import (
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

const reasonMark = "guard: "

// Reason returns at which stage and for which category a guard ended a reply, given how the reply was withdrawn. It is
// not ok if no guard did.
func Reason(r *assistant.Retraction) (stage Stage, category string, ok bool) {
	if r == nil {
		return 0, "", false
	}
	rest, ok := strings.CutPrefix(r.Reason, reasonMark)
	if !ok {
		return 0, "", false
	}
	name, category, ok := strings.Cut(rest, ": ")
	if !ok || stage.UnmarshalText([]byte(name)) != nil {
		return 0, "", false
	}
	return stage, category, true
}
