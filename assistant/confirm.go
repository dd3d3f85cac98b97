package assistant

import (
	"errors"
	"fmt"
)

// decide takes a person's decisions on the calls that wait, and runs what was approved.
func (r *run) decide(decisions []Decision) error {
	if len(r.pending) == 0 {
		return fmt.Errorf("session %q has no call that waits for confirmation", r.id)
	}
	approved, declined, waiting, err := split(r.pending, decisions)
	if err != nil {
		return fmt.Errorf("session %q: %w", r.id, err)
	}
	// The claim is saved before anything runs, so that no two processes run the same call.
	// A call that another process has claimed and not finished is closed, or the model would be asked
	// about a call without a result; that process gets ErrConflict.
	if err := r.save(waiting, closing(append(r.unanswered(""), declined...))...); err != nil {
		return err
	}
	if len(approved) == 0 {
		return nil
	}
	jobs := make([]job, len(approved))
	for i, call := range approved {
		jobs[i] = r.plan(call, true)
	}
	return r.runJobs(jobs, waiting)
}

// split sorts pending calls by the decisions about them.
func split(pending []ToolCall, decisions []Decision) (approved []ToolCall, declined []ToolResult, waiting []ToolCall, err error) {
	if len(decisions) == 0 {
		return nil, nil, nil, errors.New("no decision given")
	}
	known := make(map[string]bool, len(pending))
	for _, call := range pending {
		known[call.ID] = true
	}
	verdict := make(map[string]Decision, len(pending))
	for _, d := range decisions {
		switch {
		case d.CallID == "":
			for _, call := range pending {
				verdict[call.ID] = d
			}
		case known[d.CallID]:
			verdict[d.CallID] = d
		default:
			return nil, nil, nil, fmt.Errorf("no call %q waits for confirmation", d.CallID)
		}
	}
	for _, call := range pending {
		switch d, ok := verdict[call.ID]; {
		case !ok:
			waiting = append(waiting, call)
		case d.Approve:
			approved = append(approved, call)
		default:
			text := "the user declined this call"
			if d.Reason != "" {
				text += ": " + d.Reason
			}
			res := failure(call, text)
			res.Declined = true
			declined = append(declined, res)
		}
	}
	return approved, declined, waiting, nil
}
