package journal

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// A disk models what a machine that loses its power leaves of files: what was synced is there, and of
// what was written since, each sector is there or is not, in any order.
type disk struct {
	mu     sync.Mutex
	random *rand.Rand
	files  map[string]*diskFile
	acked  map[uint64]uint64
	states []state
	every  int // a state is taken once in so many operations
}

// A state is what is found after the power comes back.
type state struct {
	files map[string][]byte
	acked map[uint64]uint64 // what must be among it
}

type diskFile struct {
	file
	disk   *disk
	synced []byte
	since  []operation
}

// An operation writes data at offset, or cuts the file off there if data is nil.
type operation struct {
	offset int64
	data   []byte
}

const sector = 512

func (o operation) apply(content []byte) []byte {
	if o.data == nil {
		return append(content, make([]byte, max(0, int(o.offset)-len(content)))...)[:o.offset]
	}
	end := int(o.offset) + len(o.data)
	content = append(content, make([]byte, max(0, end-len(content)))...)
	copy(content[o.offset:], o.data)
	return content
}

func (d *disk) wrap(path string, f file) file {
	d.mu.Lock()
	defer d.mu.Unlock()
	under := &diskFile{file: f, disk: d}
	d.files[filepath.Base(path)] = under
	return under
}

// lose takes a state, with luck as the share of sectors that reached the disk.
func (d *disk) lose(luck float64) {
	s := state{files: map[string][]byte{}, acked: map[uint64]uint64{}}
	for seq, id := range d.acked {
		s.acked[seq] = id
	}
	for name, f := range d.files {
		content := append([]byte(nil), f.synced...)
		for _, o := range f.since {
			if o.data == nil {
				if d.random.Float64() < luck {
					content = o.apply(content)
				}
				continue
			}
			for at := int64(0); at < int64(len(o.data)); {
				n := min(int64(len(o.data))-at, sector-(o.offset+at)%sector)
				if d.random.Float64() < luck {
					content = operation{o.offset + at, o.data[at : at+n]}.apply(content)
				}
				at += n
			}
		}
		s.files[name] = content
	}
	d.states = append(d.states, s)
}

func (f *diskFile) note(o operation) {
	f.since = append(f.since, o)
	if f.disk.random.IntN(f.disk.every) == 0 {
		f.disk.lose([]float64{0, 0.3, 0.7, 0.95, 1}[f.disk.random.IntN(5)])
	}
}

func (f *diskFile) WriteAt(b []byte, offset int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	f.note(operation{offset, append([]byte{}, b...)})
	return f.file.WriteAt(b, offset)
}

func (f *diskFile) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	f.note(operation{offset: size})
	return f.file.Truncate(size)
}

func (f *diskFile) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.random.IntN(f.disk.every) == 0 {
		f.disk.lose(f.disk.random.Float64())
	}
	for _, o := range f.since {
		f.synced = o.apply(f.synced)
	}
	f.since = nil
	return nil // the files below need none
}

// Whenever the power fails, the log opens, without calling anything corrupt, and under SyncAlways has all
// that was acknowledged.
func TestPowerLoss(t *testing.T) {
	t.Parallel()
	for _, policy := range []SyncPolicy{SyncAlways, SyncNever} {
		d := &disk{random: rand.New(rand.NewPCG(5, 6)), files: map[string]*diskFile{}, acked: map[uint64]uint64{}, every: 5}
		j := open(t, t.TempDir(), Options{Sync: policy, SegmentBytes: 20 << 10, wrap: d.wrap})
		var group sync.WaitGroup
		for w := range uint64(4) {
			group.Go(func() {
				random := rand.New(rand.NewPCG(7, w))
				for range 150 {
					ids := make([]uint64, 1+random.IntN(30))
					records := make([][]byte, len(ids))
					for i := range ids {
						ids[i] = random.Uint64()
						records[i] = body(ids[i])
					}
					seq, err := j.Append(t.Context(), records...)
					if err != nil {
						t.Error(err)
						return
					}
					d.mu.Lock()
					for i, id := range ids {
						d.acked[seq-uint64(len(ids)-1-i)] = id
					}
					d.mu.Unlock()
				}
			})
		}
		group.Wait()
		require.NoError(t, j.Close())

		cuts, lost := 0, 0
		for i, s := range d.states {
			if testing.Short() && i%2 != 0 {
				continue
			}
			dir := t.TempDir()
			for name, content := range s.files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
			}
			j, err := Open(t.Context(), dir, unsynced)
			require.NoError(t, err, "state %d", i)
			if j.Cut() != nil {
				cuts++
			}
			got := map[uint64]uint64{}
			for r, err := range j.Replay(t.Context(), 0) {
				require.NoError(t, err, "state %d", i)
				id, err := idOf(r.Data)
				require.NoError(t, err)
				got[r.Seq] = id
			}
			for seq, id := range s.acked {
				if found, ok := got[seq]; ok {
					require.Equal(t, id, found, "state %d: record %d", i, seq)
				} else if lost++; policy == SyncAlways {
					require.Fail(t, "an acknowledged record is missing", "state %d: record %d of %d", i, seq, j.Last())
				}
			}
			require.NoError(t, j.Close())
		}
		require.NotZero(t, cuts)
		t.Logf("policy %d: power lost %d times, %d torn tails, %d records lost", policy, len(d.states), cuts, lost)
	}
}
