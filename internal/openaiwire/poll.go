package openaiwire

import (
	"context"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

const (
	defaultPoll = time.Second
	slowestPoll = 10 // times the first wait

	maxPollFailures = 2 // in a row, before the next one counts
)

// Poll asks about an order until it is done, at first after wait, then ever more slowly, up to ten
// times that. If wait is zero, a second. There is no limit but the caller's context: a queue may be
// long. A question that fails is asked again, twice, if that may help: the order is paid for.
func (c *Client) Poll(ctx context.Context, wait time.Duration, ask func() (done bool, err error)) error {
	if wait <= 0 {
		wait = defaultPoll
	}
	most, failures := slowestPoll*wait, 0
	for {
		t := time.NewTimer(wait)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return fmt.Errorf("%s: %w", c.profile.Vendor, ctx.Err())
		}
		done, err := ask()
		switch {
		case done:
			return err
		case err == nil:
			failures = 0
		case !assistant.Retryable(err) || failures == maxPollFailures:
			return err
		default:
			failures++
		}
		wait = min(wait*3/2, most)
	}
}
