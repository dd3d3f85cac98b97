package eval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

// Config says what to measure on. Train and Test are needed and must share a catalogue.
type Config struct {
	// Name of the ranker in reports.
	Name string
	// Train is what the ranker learned from. Its items are not to be suggested to the same user again,
	// and popularity and profiles come from it.
	Train *dataset.Data
	// Test is what people took afterwards. Users without a test item are not asked about.
	Test *dataset.Data
	// Cutoffs are the lengths of lists to measure, at most 1,000 each. If nil, 10 and 20.
	Cutoffs []int
	// Repeat allows items of Train in answers, for baskets and other things people take again.
	Repeat bool
	// Sample asks about that many users only, drawn with the seed. If zero, about all.
	Sample int
	Seed   uint64
	// Workers is how many users are asked about at the same time. If zero, as many as there are
	// processors. One gives the purest latencies.
	Workers int
	// Progress, if not nil, is called now and then, by one goroutine at a time.
	Progress func(done, total int)
}

const maxCutoff = 1000

func (c Config) withDefaults() (Config, error) {
	if c.Cutoffs == nil {
		c.Cutoffs = []int{10, 20}
	}
	c.Cutoffs = slices.Compact(slices.Sorted(slices.Values(c.Cutoffs)))
	c.Workers = cmp.Or(c.Workers, runtime.GOMAXPROCS(0))
	switch {
	case c.Train == nil || c.Test == nil:
		return c, errors.New("eval: no data: set Train and Test")
	case c.Train.Catalogue != c.Test.Catalogue:
		return c, errors.New("eval: train and test have different catalogues: load them with one Loader, or split one set")
	case len(c.Cutoffs) == 0 || c.Cutoffs[0] < 1 || c.Cutoffs[len(c.Cutoffs)-1] > maxCutoff:
		return c, fmt.Errorf("eval: cutoffs %v: use numbers from 1 to %d", c.Cutoffs, maxCutoff)
	case c.Workers < 0 || c.Sample < 0:
		return c, fmt.Errorf("eval: %d workers, sample of %d: use numbers from 0", c.Workers, c.Sample)
	}
	if err := c.Train.Check(); err != nil {
		return c, fmt.Errorf("eval: train: %w", err)
	}
	if err := c.Test.Check(); err != nil {
		return c, fmt.Errorf("eval: test: %w", err)
	}
	return c, nil
}

// Run asks the ranker about every user of the test set and measures the answers. The figures, but for
// latencies, do not depend on the number of workers.
//
// It returns an error if the configuration makes no sense, if nobody can be asked about, if ctx ends,
// or if the ranker returns an error or panics; the error then names the user. All its goroutines have
// ended when it returns.
func Run(ctx context.Context, ranker Ranker, config Config) (*Result, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	r := newRun(ranker, config)
	if len(r.users) == 0 {
		return nil, errors.New("eval: no user has a test item that can be suggested: check the split")
	}
	started := time.Now()
	if err := r.askAll(ctx); err != nil {
		return nil, err
	}
	return r.result(time.Since(started)), nil
}

// run is one call of Run.
type run struct {
	ranker        Ranker
	config        Config
	seen, truth   dataset.Rows
	taken         []int32 // by item: users who took it in training
	learned       int     // users in training
	unanswerable  int
	users         []int32
	gains, ideals []float64

	// By place in users, written by whoever asks about that user.
	values    []float64
	latencies []time.Duration

	next, dropped atomic.Int64
	mu            sync.Mutex // of what follows
	done          int
	listed        [][]int32 // by cutoff and item: lists that have it
	failed        error
}

func newRun(ranker Ranker, config Config) *run {
	items := config.Train.Catalogue.Items.Len()
	r := &run{ranker: ranker, config: config, seen: config.Train.ItemsByUser(), truth: config.Test.ItemsByUser()}
	r.taken = popularity(r.seen, items)
	r.gains, r.ideals = discounts(config.Cutoffs[len(config.Cutoffs)-1])
	for user := range int32(r.truth.Len()) {
		if len(r.seen.Row(user)) > 0 {
			r.learned++
		}
		truth := r.answerable(user)
		r.unanswerable += len(r.truth.Row(user)) - len(truth)
		if len(truth) > 0 {
			r.users = append(r.users, user)
		}
	}
	if n := config.Sample; n > 0 && n < len(r.users) {
		random := rand.New(rand.NewPCG(config.Seed, uint64(n)))
		random.Shuffle(len(r.users), func(i, j int) { r.users[i], r.users[j] = r.users[j], r.users[i] })
		r.users = slices.Sorted(slices.Values(r.users[:n]))
	}
	r.values = make([]float64, len(r.users)*len(config.Cutoffs)*perUser)
	r.latencies = make([]time.Duration, len(r.users))
	r.listed = make([][]int32, len(config.Cutoffs))
	for c := range r.listed {
		r.listed[c] = make([]int32, items)
	}
	return r
}

// answerable returns the test items of the user that may be suggested.
func (r *run) answerable(user int32) []int32 {
	truth, seen := r.truth.Row(user), r.seen.Row(user)
	taken := func(item int32) bool { _, ok := slices.BinarySearch(seen, item); return ok }
	if r.config.Repeat || !slices.ContainsFunc(truth, taken) {
		return truth
	}
	return slices.DeleteFunc(slices.Clone(truth), taken)
}

// askAll runs the workers and waits for them.
func (r *run) askAll(ctx context.Context) error {
	outer := ctx
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var workers sync.WaitGroup
	for range min(r.config.Workers, len(r.users)) {
		workers.Go(func() {
			if err := r.work(ctx); err != nil {
				r.mu.Lock()
				defer r.mu.Unlock()
				if r.failed == nil {
					r.failed = err
				}
				cancel()
			}
		})
	}
	workers.Wait()
	if err := outer.Err(); err != nil {
		return fmt.Errorf("eval: stopped after %d of %d users: %w", r.done, len(r.users), err)
	}
	return r.failed
}

// stride is how many users a worker takes at a time.
const stride = 64

func (r *run) work(ctx context.Context) error {
	m := newMeasurer(r.config.Cutoffs, r.config.Train.Catalogue, r.taken, r.learned)
	mine := &worker{run: r, measurer: m, placed: make([]int32, len(r.taken)), listed: make([][]int32, len(r.listed))}
	for c := range mine.listed {
		mine.listed[c] = make([]int32, len(r.taken))
	}
	for {
		to := int(r.next.Add(stride))
		from := to - stride
		if from >= len(r.users) {
			break
		}
		to = min(to, len(r.users))
		for i := from; i < to; i++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := mine.ask(ctx, i); err != nil {
				return fmt.Errorf("eval: user %q: %w", r.config.Train.Catalogue.Users.Name(r.users[i]), err)
			}
		}
		r.advance(to - from)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for c, listed := range mine.listed {
		for item, n := range listed {
			r.listed[c][item] += n
		}
	}
	return nil
}

func (r *run) advance(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done += n
	if r.config.Progress != nil {
		r.config.Progress(r.done, len(r.users))
	}
}

// worker asks about one user after the other.
type worker struct {
	*run
	measurer *measurer
	listed   [][]int32
	placed   []int32 // by item: the user, from 1, in whose list it is
	list     []int32
}

func (w *worker) ask(ctx context.Context, i int) error {
	user := w.users[i]
	seen := w.seen.Row(user)
	most := w.config.Cutoffs[len(w.config.Cutoffs)-1]
	started := time.Now()
	answer, err := w.rank(ctx, Query{User: user, K: most, Seen: seen, Repeat: w.config.Repeat})
	w.latencies[i] = time.Since(started)
	if err != nil {
		return err
	}
	w.list = w.list[:0]
	dropped := 0
	for _, item := range answer {
		if len(w.list) == most {
			break
		}
		_, old := slices.BinarySearch(seen, item)
		if item < 0 || int(item) >= len(w.placed) || w.placed[item] == user+1 || old && !w.config.Repeat {
			dropped++
			continue
		}
		w.placed[item] = user + 1
		w.list = append(w.list, item)
	}
	w.dropped.Add(int64(dropped))
	for c, k := range w.config.Cutoffs {
		for _, item := range w.list[:min(k, len(w.list))] {
			w.listed[c][item]++
		}
	}
	row := len(w.config.Cutoffs) * perUser
	w.measurer.measure(w.list, w.answerable(user), seen, w.gains, w.ideals, w.values[i*row:(i+1)*row])
	return nil
}

// rank turns a panic of the ranker into an error: nobody else could catch it on this goroutine.
func (w *worker) rank(ctx context.Context, q Query) (items []int32, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the ranker panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return w.ranker.Rank(ctx, q)
}
