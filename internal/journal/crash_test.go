package journal

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The test runs its own binary as a child that appends and tells through a pipe what was acknowledged,
// and kills it.
const (
	childEnv    = "ZHUSHOU_JOURNAL_CHILD"     // what the child is to do
	childDirEnv = "ZHUSHOU_JOURNAL_CHILD_DIR" // and where
)

// crashOptions make everything happen often.
var crashOptions = Options{SegmentBytes: 8 << 10}

// body is the record of that id: its length and bytes follow from it.
func body(id uint64) []byte {
	b := make([]byte, 8+id%97)
	for i := range b {
		b[i] = byte(id >> (i % 8 * 8))
	}
	return b
}

func idOf(record []byte) (uint64, error) {
	if len(record) < 8 {
		return 0, fmt.Errorf("record of %d bytes", len(record))
	}
	id := binary.LittleEndian.Uint64(record)
	if !slices.Equal(record, body(id)) {
		return 0, fmt.Errorf("record %x is not what was written", record)
	}
	return id, nil
}

// An acknowledgement: record seq has that id.
type acknowledgement struct{ seq, id uint64 }

func runChild(work, dir string) {
	var err error
	switch work {
	case "append":
		err = appendForever(dir)
	case "compact":
		err = compactForever(dir)
	case "state":
		err = changeForever(dir)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func appendForever(dir string) error {
	j, err := Open(context.Background(), dir, crashOptions)
	if err != nil {
		return err
	}
	errs := make(chan error)
	for range 4 {
		go func() {
			for {
				if err := appendSome(j.Append); err != nil {
					errs <- err
				}
				if rand.IntN(50) == 0 && j.Last() > 3000 {
					if err := j.Discard(j.Last() - 3000); err != nil {
						errs <- err
					}
				}
			}
		}()
	}
	return <-errs
}

// appendSome appends one to five records and acknowledges them.
func appendSome(appendTo func(context.Context, ...[]byte) (uint64, error)) error {
	ids := make([]uint64, 1+rand.IntN(5))
	records := make([][]byte, len(ids))
	for i := range ids {
		ids[i] = rand.Uint64()
		records[i] = body(ids[i])
	}
	seq, err := appendTo(context.Background(), records...)
	if err != nil {
		return err
	}
	return acknowledge(seq, ids)
}

// acknowledge writes less than the system writes to a pipe in one piece.
func acknowledge(seq uint64, ids []uint64) error {
	var b []byte
	for i, id := range ids {
		b = binary.LittleEndian.AppendUint64(b, seq-uint64(len(ids)-1-i))
		b = binary.LittleEndian.AppendUint64(b, id)
	}
	_, err := os.Stdout.Write(b)
	return err
}

// compactForever keeps the list of all ids as its state and compacts all the time beside its appends.
func compactForever(dir string) error {
	s, err := OpenStore(context.Background(), dir, crashOptions)
	if err != nil {
		return err
	}
	state, err := readState(s)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	errs := make(chan error, 2)
	go func() {
		for {
			mu.Lock()
			ids := state[:len(state):len(state)]
			mu.Unlock()
			err := s.Compact(context.Background(), uint64(len(ids)), func(w *SnapshotWriter) error {
				w.Int64s("ids", ids)
				return nil
			})
			if err != nil {
				errs <- err
				return
			}
		}
	}()
	for {
		err := appendSome(func(ctx context.Context, records ...[]byte) (uint64, error) {
			seq, err := s.Append(ctx, records...)
			mu.Lock()
			for _, r := range records {
				state = append(state, int64(binary.LittleEndian.Uint64(r)))
			}
			mu.Unlock()
			return seq, err
		})
		if err != nil {
			return err
		}
		select {
		case err := <-errs:
			return err
		default:
		}
	}
}

// readState returns the ids of all records, from the snapshot and the log.
func readState(s *Store) ([]int64, error) {
	var state []int64
	snapshot, release, err := s.Snapshot()
	if err == nil {
		defer release()
		if err := snapshot.Verify(context.Background()); err != nil {
			return nil, err
		}
		sec, err := snapshot.Section("ids")
		if err != nil {
			return nil, err
		}
		ids, err := sec.Int64s()
		if err != nil {
			return nil, err
		}
		if uint64(len(ids)) != snapshot.Seq() {
			return nil, fmt.Errorf("snapshot %d has %d ids", snapshot.Seq(), len(ids))
		}
		state = slices.Clone(ids)
	} else if !errors.Is(err, ErrNoSnapshot) {
		return nil, err
	}
	for r, err := range s.Replay(context.Background()) {
		if err != nil {
			return nil, err
		}
		id, err := idOf(r.Data)
		if err != nil {
			return nil, err
		}
		if r.Seq != uint64(len(state)+1) {
			return nil, fmt.Errorf("record %d follows %d", r.Seq, len(state))
		}
		state = append(state, int64(id))
	}
	return state, nil
}

// killed runs a child on dir, kills it at a random point and returns what it acknowledged. One time in
// four that point is a time, and may lie within opening; else it is a number of acknowledgements.
func killed(t *testing.T, work, dir string, random *rand.Rand) []acknowledgement {
	t.Helper()
	limit := 1 + random.IntN(200)
	if random.IntN(4) > 0 {
		return killedAfter(t, work, dir, limit, 0, nil)
	}
	return killedAfter(t, work, dir, -1, time.Duration(random.Int64N(int64(30*time.Millisecond))), nil)
}

// killedAfter kills the child after so many acknowledgements, which are shown to seen if that is not nil,
// or after a while if the limit is negative.
func killedAfter(t *testing.T, work, dir string, limit int, while time.Duration, seen func(acknowledgement)) []acknowledgement {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+work, childDirEnv+"="+dir)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	pipe, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	if limit < 0 {
		timer := time.AfterFunc(while, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	var got []acknowledgement
	r := bufio.NewReader(pipe)
	for {
		var a acknowledgement
		if err := binary.Read(r, binary.LittleEndian, &a.seq); err != nil {
			require.ErrorIs(t, err, io.EOF)
			break
		}
		require.NoError(t, binary.Read(r, binary.LittleEndian, &a.id))
		if seen != nil && len(got) < limit {
			seen(a)
		}
		if got = append(got, a); len(got) == limit {
			require.NoError(t, cmd.Process.Kill())
		}
	}
	require.Error(t, cmd.Wait())
	require.Empty(t, complaint.String(), "the child ended by itself")
	return got
}

func kills(t *testing.T) int {
	if testing.Short() {
		return 10
	}
	return 100
}

// Killed a hundred times, the log has every record that was acknowledged and nothing that was not
// appended, and it opens. The next child goes on with what the last one left; what is looked at is a copy.
func TestKillDuringAppend(t *testing.T) {
	t.Parallel()
	dir, random := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	want := map[uint64]uint64{}
	cuts := 0
	for round := range kills(t) {
		for _, a := range killed(t, "append", dir, random) {
			_, twice := want[a.seq]
			require.False(t, twice, "record %d was acknowledged twice", a.seq)
			want[a.seq] = a.id
		}
		j, err := Open(t.Context(), copyFolder(t, dir), crashOptions)
		require.NoError(t, err, "round %d", round)
		if j.Cut() != nil {
			cuts++
		}
		got := map[uint64]uint64{}
		for r, err := range j.Replay(t.Context(), 0) {
			require.NoError(t, err, "round %d", round)
			id, err := idOf(r.Data)
			require.NoError(t, err)
			got[r.Seq] = id
		}
		for seq, id := range want {
			if seq >= j.First() {
				require.Equal(t, id, got[seq], "round %d: record %d of %d", round, seq, j.Last())
			}
		}
		require.NoError(t, j.Close())
	}
	t.Logf("%d records acknowledged, %d torn tails", len(want), cuts)
	require.NotEmpty(t, want)
}

// The same while snapshots are written and the log is dropped behind them.
func TestKillDuringCompaction(t *testing.T) {
	t.Parallel()
	dir, random := t.TempDir(), rand.New(rand.NewPCG(3, 4))
	want := map[uint64]uint64{}
	leftovers := 0
	for round := range kills(t) {
		for _, a := range killed(t, "compact", dir, random) {
			want[a.seq] = a.id
		}
		at := copyFolder(t, dir)
		entries, err := os.ReadDir(at)
		require.NoError(t, err)
		snapshots := 0
		for _, e := range entries {
			if len(e.Name()) == len("00000000000000000000.snap.tmp") || len(e.Name()) == len("00000000000000000000.snap") {
				snapshots++
			}
		}
		if snapshots > 1 {
			leftovers++
		}
		s, err := OpenStore(t.Context(), at, crashOptions)
		require.NoError(t, err, "round %d", round)
		state, err := readState(s)
		require.NoError(t, err, "round %d", round)
		for seq, id := range want {
			require.LessOrEqual(t, seq, uint64(len(state)), "round %d: record is missing", round)
			require.Equal(t, int64(id), state[seq-1], "round %d: record %d", round, seq)
		}
		require.NoError(t, s.Close())
	}
	t.Logf("%d records acknowledged, %d times within a compaction", len(want), leftovers)
	require.NotEmpty(t, want)
}
