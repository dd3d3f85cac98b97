package assist

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/recommend"
)

var (
	// ErrNothingToRank says that fewer than two candidates could be shown to the model, or that all
	// places of the answer are fixed.
	ErrNothingToRank = errors.New("assist: nothing to rank")
	// ErrBudget says that the budget does not allow even two candidates.
	ErrBudget = errors.New("assist: the budget does not allow a ranking")
	// ErrAnswer says that the model's answer was withheld, was refused or names no candidate.
	ErrAnswer = errors.New("assist: the answer is no ranking")
)

const (
	defaultTimeout = 3 * time.Second
	maxReason      = 60      // characters of a reason that is shown
	askedReason    = 30      // characters that the model is asked for
	maxAnswer      = 1 << 16 // bytes of an answer that are read
)

// Ranker is a [recommend.Recommender] that has a model put the best candidates of another in order:
// it asks Recommender for more than is wanted, shows the model titles, prices, categories and brands
// with numbers, and reads numbers back. Fill in the first three fields; the others have useful
// defaults. It is safe for concurrent use and must not be modified once it is in use.
//
// The answer is always made of what Recommender found, each item once. Places that the model does not
// name keep their plain order behind those that it does; scores are dealt out anew, the highest first.
// Without a usable answer (an error, a timeout, a refusal, garbage) the plain order stands, and that is
// no error: see Report.
//
// The rules of the query and its filters hold, because the candidates obey them: what Query.Rules pins
// stays in front, and so do the first Fixed places. Diversity and Calibration shape the candidates, not
// their final order. Query.Explore is not honoured, because nobody could tell how likely a model is to
// choose what it does.
//
// Of a person the model learns the text of the query, with private data masked, and the titles of the
// newest five of Query.Recent; with Query.NonPersonal, or if the Recommender
// says that its user has opted out, only the text, and Template.User is left out. Query.User, Query.Context and the reasons of Recommender stay here.
type Ranker struct {
	// Recommender finds the candidates. It is required.
	Recommender recommend.Recommender
	// Model puts them in order. It is required.
	Model assistant.Model
	// Item looks up an item; false is for one that is not known, which then keeps its plain place. It
	// is required, and must be safe for concurrent use.
	Item func(ctx context.Context, id string) (recommend.Item, bool)

	// Reasons asks the model for a sentence on each item too, which becomes a reason of kind Written.
	// It makes the answer about ten times as long.
	Reasons bool
	// Fixed is how many places at the head of the plain order stay as they are, such as those that
	// [recommend.Config.Rules] pins.
	Fixed int
	// Budget bounds what is spent.
	Budget Budget
	// Timeout is how long to wait for the model. If zero, 3 seconds. A context with a deadline leaves
	// it nine tenths of what is left.
	Timeout time.Duration
	// Template holds further settings of the request, such as the vendor's model. Its Messages stand
	// before the instructions; its Tools, Format and MaxTokens are not used. Thinking is off and the
	// temperature 0 unless it says otherwise.
	Template assistant.Request
	// Report, if not nil, is told of every ranking before Recommend returns. It may be called from
	// several goroutines at once.
	Report func(ctx context.Context, r Report)
}

// Report tells what a [Ranker] did for one query.
type Report struct {
	Used       bool            // the order is the model's
	Err        error           // why it is not; nil if Used
	Candidates int             // shown to the model
	Named      int             // places that the model filled
	Dropped    int             // entries of its answer that were invented or came twice
	Usage      assistant.Usage // as the vendor reports it
	Cost       float64         // of Usage by Budget.Price; 0 if that is not known
	Took       time.Duration   // of the call
}

// Recommend answers a query; see [Ranker]. An error is one of the Recommender's, or says which required
// field is missing. It calls the model at most once, and not if there are fewer than two candidates.
func (k *Ranker) Recommend(ctx context.Context, q recommend.Query) ([]recommend.Suggestion, error) {
	if k.Recommender == nil || k.Model == nil || k.Item == nil {
		return nil, errors.New("assist: a Ranker needs Recommender, Model and Item")
	}
	limit := q.Limit
	if limit == 0 {
		limit = recommend.DefaultLimit
	}
	if limit < 0 {
		return k.Recommender.Recommend(ctx, q) // which says what is wrong with it
	}
	wide := q
	wide.Limit = max(limit, k.Budget.candidates())
	wide.Explore = recommend.Explore{}
	list, err := k.Recommender.Recommend(ctx, wide)
	if err != nil {
		return nil, err
	}
	q.NonPersonal = optedOut(k.Recommender, q)
	r := k.rank(ctx, q, list, limit)
	if k.Report != nil {
		k.Report(ctx, r.Report)
	}
	return r.apply(list, limit), nil
}

// A ranking is what came of the call.
type ranking struct {
	Report
	fixed      int // places at the head that stay
	candidates []candidate
	picks      []pick
}

// rank asks the model.
func (k *Ranker) rank(ctx context.Context, q recommend.Query, list []recommend.Suggestion, limit int) (r ranking) {
	titles := func(id string) string {
		it, _ := k.Item(ctx, id)
		return it.Title
	}
	r.fixed = min(max(k.Fixed, 0), len(list))
	for r.fixed < len(list) && slices.Contains(q.Rules.Pins, list[r.fixed].Item) {
		r.fixed++
	}
	for i, s := range list[r.fixed:min(len(list), r.fixed+k.Budget.candidates())] {
		if it, ok := k.Item(ctx, s.Item); ok && clean(it.Title, maxTitle) != "" {
			r.candidates = append(r.candidates, candidate{place: r.fixed + i, line: describe(it)})
		}
	}
	limit -= r.fixed
	if len(r.candidates) < 2 || limit < 1 {
		r.Err = ErrNothingToRank
		return r
	}
	facts := k.facts(q, titles)
	var req *assistant.Request
	if req, r.Err = k.fit(q, facts, &r.candidates, limit); r.Err != nil {
		return r
	}
	r.Candidates = len(r.candidates)
	start := time.Now()
	reply, err := k.ask(ctx, req)
	r.Took = time.Since(start)
	if reply != nil {
		r.Usage = reply.Usage
		r.Cost = k.Budget.Price.Of(reply.Usage)
	}
	if r.Err = usable(reply, err); r.Err != nil {
		return r
	}
	r.picks, r.Dropped = readPicks(reply.Text(), len(r.candidates))
	r.Named, r.Used = len(r.picks), len(r.picks) > 0
	if !r.Used {
		r.Err = ErrAnswer
	}
	return r
}

// fit makes the request, and leaves out candidates until it is within the budget.
func (k *Ranker) fit(q recommend.Query, facts string, list *[]candidate, limit int) (*assistant.Request, error) {
	input := 0 // of what is sent with any number of candidates
	for _, m := range k.Template.Messages {
		input += tokens(m.Text())
	}
	input += tokens(facts)
	for _, c := range *list {
		input += tokens(c.line) + lineTokens
	}
	for {
		n := len(*list)
		places := min(limit, n)
		output := k.Budget.output(places, k.Reasons)
		fixed := tokens(instructions(places, k.Reasons)) + tokens(string(schema(n, k.Reasons)))
		if k.Budget.fits(input+fixed, output) {
			return k.request(q, facts, *list, places, output), nil
		}
		if n == 2 {
			return nil, ErrBudget
		}
		input -= tokens((*list)[n-1].line) + lineTokens
		*list = (*list)[:n-1]
	}
}

// lineTokens is what the number and the line break of a candidate cost.
const lineTokens = 4

// ask sends the request once and collects the answer, of which it reads a bounded part.
func (k *Ranker) ask(ctx context.Context, req *assistant.Request) (*assistant.Reply, error) {
	timeout := k.Timeout
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	if deadline, ok := ctx.Deadline(); ok {
		timeout = min(timeout, time.Until(deadline)*9/10)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var c assistant.Collector
	size := 0
	for chunk, err := range k.Model.Stream(ctx, req) {
		if err != nil {
			return c.Reply(), fmt.Errorf("assist: rank: %w", err)
		}
		c.Add(chunk)
		if size += len(chunk.Text) + len(chunk.Reasoning); size > maxAnswer {
			return c.Reply(), fmt.Errorf("%w: it has more than %d bytes", ErrAnswer, maxAnswer)
		}
	}
	return c.Reply(), nil
}

// usable returns an error unless a reply may be read as a ranking. One that was cut at the token limit
// may: what is there counts.
func usable(reply *assistant.Reply, err error) error {
	switch {
	case err != nil:
		return err
	case reply.Retracted != nil:
		return fmt.Errorf("%w: the vendor took it back", ErrAnswer)
	case reply.Finish == "":
		return fmt.Errorf("assist: rank: %w", assistant.ErrTruncated)
	case reply.Finish == assistant.FinishFiltered || reply.Finish == assistant.FinishRefusal || reply.Finish == assistant.FinishToolCalls:
		return fmt.Errorf("%w: it ended with %q", ErrAnswer, reply.Finish)
	}
	return nil
}

// apply returns the list in the order of the ranking, cut to limit. It does not modify list.
func (r *ranking) apply(list []recommend.Suggestion, limit int) []recommend.Suggestion {
	out := make([]recommend.Suggestion, 0, len(list))
	first := make([]bool, len(list))
	scores := make([]float64, len(list))
	for i, s := range list {
		scores[i] = s.Score
	}
	for i := range list[:r.fixed] {
		out, first[i] = append(out, list[i]), true
	}
	for _, p := range r.picks {
		place := r.candidates[p.index].place
		s := list[place]
		if why := sentence(p.why, maxReason); why != "" {
			s.Reasons = append(slices.Clip(s.Reasons), recommend.Reason{Kind: Written, Value: why})
		}
		out, first[place] = append(out, s), true
	}
	for i, s := range list {
		if !first[i] {
			out = append(out, s)
		}
	}
	if len(r.picks) > 0 {
		slices.SortFunc(scores, func(a, b float64) int { return cmp.Compare(b, a) })
		for i := range out {
			out[i].Score = scores[i]
		}
	}
	return out[:min(len(out), limit)]
}
