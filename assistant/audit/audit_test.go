package audit

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func open(t testing.TB, dir string, config Config) *Log {
	t.Helper()
	l, err := Open(t.Context(), dir, config)
	require.NoError(t, err)
	return l
}

func read(t testing.TB, l *Log, q Query) []Record {
	t.Helper()
	var out []Record
	for r, err := range l.Records(t.Context(), q) {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out
}

func TestWhatIsAppendedIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	now := time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)
	l := open(t, dir, Config{Now: func() time.Time { return now }})
	require.NoError(t, l.Append(t.Context(),
		Entry{Kind: "model.call", Subject: "小林", Attrs: map[string]string{"model": "qwen-plus"}, Private: map[string]string{"ip": "203.0.113.9"}},
		Entry{Kind: "label.exempt", Class: "label", Subject: "小林", Reason: "用户协议第三条"},
		Entry{Kind: "model.call", Subject: "阿梅", Time: now.Add(time.Hour)},
	))
	check := func(l *Log) {
		all := read(t, l, Query{})
		require.Len(t, all, 3)
		require.Equal(t, Record{
			Class: "network", Seq: 1, Time: time.Unix(0, now.UnixNano()), Kind: "model.call", Subject: l.SubjectID("小林"),
			Attrs: map[string]string{"model": "qwen-plus"}, Private: map[string]string{"ip": "203.0.113.9"},
		}, all[0])
		require.Len(t, read(t, l, Query{Subject: "小林"}), 2)
		require.Len(t, read(t, l, Query{Class: "label"}), 1)
		require.Len(t, read(t, l, Query{Kinds: []string{"model.call"}}), 2)
		require.Len(t, read(t, l, Query{From: now.Add(time.Minute)}), 1)
		require.Len(t, read(t, l, Query{Until: now.Add(time.Minute)}), 2)
	}
	check(l)
	_, err := l.Verify(t.Context(), Trust{})
	require.NoError(t, err)
	require.NoError(t, l.Close())
	require.NoError(t, l.Close(), "a second Close returns what the first did")
	require.ErrorIs(t, l.Append(t.Context(), Entry{Kind: "late"}), ErrClosed)

	report, err := Verify(t.Context(), dir, Trust{})
	require.NoError(t, err)
	require.Equal(t, ClassReport{Class: "network", First: 1, Last: 3, Checkpoints: 1}, reportOf(t, report, "network"))

	l = open(t, dir, Config{})
	check(l)
	require.NoError(t, l.Close())
}

func reportOf(t testing.TB, r Report, class string) ClassReport {
	t.Helper()
	for _, c := range r.Classes {
		if c.Class == class {
			return c
		}
	}
	t.Fatalf("no report of class %q", class)
	return ClassReport{}
}

func TestNothingPersonalLiesInTheClear(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := open(t, dir, Config{})
	require.NoError(t, l.Append(t.Context(), Entry{Kind: "call", Subject: "13812345678", Private: map[string]string{"name": "MARKER-OF-ZHANG"}}))
	require.NoError(t, l.Close())
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		require.NotContains(t, string(b), "MARKER", path)
		require.NotContains(t, string(b), "13812345678", path)
		return err
	}))
}

func TestEntriesThatCannotBeKept(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir(), Config{})
	defer l.Close()
	for name, c := range map[string]struct {
		entry Entry
		says  string
	}{
		"no kind":             {Entry{}, "no Kind"},
		"the log's own kind":  {Entry{Kind: "audit.erased"}, "the log's own"},
		"unknown class":       {Entry{Kind: "x", Class: "secret"}, `class "secret"`},
		"private, of nobody":  {Entry{Kind: "x", Private: map[string]string{"a": "b"}}, "no Subject"},
		"second of two wrong": {Entry{Kind: "audit.x"}, "entry 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			entries := []Entry{c.entry}
			if strings.Contains(c.says, "2") {
				entries = append([]Entry{{Kind: "good"}}, c.entry)
			}
			require.ErrorContains(t, l.Append(t.Context(), entries...), c.says)
		})
	}
	t.Run("nothing was kept", func(t *testing.T) { require.Empty(t, read(t, l, Query{})) })
}

func TestConfigsThatAreWrong(t *testing.T) {
	t.Parallel()
	for says, c := range map[string]Config{
		"no classes":    {Classes: []Class{}},
		"there twice":   {Classes: []Class{{"a", 1}, {"a", 2}}},
		"want at least": {Classes: []Class{{"a", 0}}},
		"a name has":    {Classes: []Class{{"../a", 1}}},
		"every -1":      {Every: -1},
		"every 100000":  {Every: 100000},
		"want Ed25519":  {Signer: otherSigner{}},
	} {
		_, err := Open(t.Context(), t.TempDir(), c)
		require.ErrorContains(t, err, says)
	}
}

func TestEraseLeavesTheChain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := open(t, dir, Config{})
	for _, who := range []string{"小林", "阿梅", "小林"} {
		require.NoError(t, l.Append(t.Context(), Entry{Kind: "call", Subject: who, Private: map[string]string{"ip": "203.0.113.9"}}))
	}
	require.NoError(t, l.Erase(t.Context(), "小林", "用户请求"))
	require.NoError(t, l.Append(t.Context(), Entry{Kind: "call", Subject: "小林", Private: map[string]string{"ip": "back again"}}))
	check := func(l *Log) {
		of := read(t, l, Query{Subject: "小林"})
		require.Len(t, of, 3)
		require.True(t, of[0].Erased && of[1].Erased)
		require.Nil(t, of[0].Private)
		require.Equal(t, "back again", of[2].Private["ip"], "who comes back gets a new key")
		require.Equal(t, "203.0.113.9", read(t, l, Query{Subject: "阿梅"})[0].Private["ip"])
		require.Len(t, read(t, l, Query{Kinds: []string{kindErased}}), 1)
	}
	check(l)
	require.NoError(t, l.Close())
	_, err := Verify(t.Context(), dir, Trust{})
	require.NoError(t, err)
	l = open(t, dir, Config{})
	check(l)
	require.NoError(t, l.Close())
}

func TestFrozenLogKeepsEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := open(t, dir, Config{})
	require.NoError(t, l.OpenIncident(t.Context(), Incident{ID: "1", What: "测试", Found: time.Now()}))
	require.NoError(t, l.Close())
	l = open(t, dir, Config{})
	require.ErrorIs(t, l.Erase(t.Context(), "小林", ""), ErrFrozen)
	_, err := l.Sweep()
	require.ErrorIs(t, err, ErrFrozen)
	require.NoError(t, l.Thaw(t.Context(), "结案"))
	require.NoError(t, l.Erase(t.Context(), "小林", ""))
	require.NoError(t, l.Close())
	_, err = Verify(t.Context(), dir, Trust{})
	require.NoError(t, err)
}

func TestIncidentClock(t *testing.T) {
	t.Parallel()
	i := Incident{ID: "7", What: "误发", Found: time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)}
	require.Equal(t, i.Found.Add(4*time.Hour), ReportHours{}.Due(i))
	require.Contains(t, ReportHours{}.Notice(i), "报告时限：2026-03-05 20:00")
	i.Critical = true
	require.Equal(t, i.Found.Add(time.Hour), ReportHours{}.Due(i))
	require.Equal(t, i.Found.Add(2*time.Hour), ReportHours{Critical: 2}.Due(i))
}

func TestSweepDropsWhatIsOldAndSaysSo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	config := Config{
		Classes: []Class{{"short", 6}, {"long", 36}}, Every: 10, SegmentBytes: 2000,
		Now: func() time.Time { return now },
	}
	l := open(t, dir, config)
	note := func(n int) {
		for range n {
			require.NoError(t, l.Append(t.Context(), Entry{Kind: "a", Reason: strings.Repeat("x", 100)}, Entry{Kind: "b", Class: "long"}))
		}
	}
	note(60)
	now = now.AddDate(0, 4, 0)
	note(60)
	n, err := l.Sweep()
	require.NoError(t, err)
	require.Zero(t, n)
	now = now.AddDate(0, 3, 0)
	n, err = l.Sweep()
	require.NoError(t, err)
	require.Greater(t, n, 40)
	require.LessOrEqual(t, n, 70)
	require.Len(t, read(t, l, Query{Class: "long"}), 120, "the other class is kept")
	kept := len(read(t, l, Query{Class: "short"}))
	require.Less(t, kept, 120)
	require.GreaterOrEqual(t, kept, 60)
	note(3)
	require.NoError(t, l.Close())

	report, err := Verify(t.Context(), dir, Trust{})
	require.NoError(t, err)
	require.Equal(t, uint64(n), reportOf(t, report, "short").Dropped)

	l = open(t, dir, config)
	now = now.AddDate(1, 0, 0)
	_, err = l.Sweep()
	require.NoError(t, err)
	require.NoError(t, l.Close())
	_, err = Verify(t.Context(), dir, Trust{})
	require.NoError(t, err)

	t.Run("dropping by hand is found", func(t *testing.T) {
		files, err := filepath.Glob(filepath.Join(dir, "long", "*.log"))
		require.NoError(t, err)
		require.Greater(t, len(files), 2)
		require.NoError(t, os.Remove(files[0]))
		_, err = Verify(t.Context(), dir, Trust{})
		require.ErrorIs(t, err, ErrTampered)
		_, err = Open(t.Context(), dir, config)
		require.ErrorIs(t, err, ErrTampered)
	})
}

func TestCheckpointsAreSignedAndProveRecords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	public, private, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	var anchored []Checkpoint
	l := open(t, dir, Config{Signer: private, Every: 7, Anchor: func(_ context.Context, c Checkpoint) error {
		anchored = append(anchored, c)
		return nil
	}})
	for i := range 40 {
		require.NoError(t, l.Append(t.Context(), Entry{Kind: "n", Attrs: map[string]string{"i": fmt.Sprint(i)}}))
	}
	points, err := l.Checkpoint(t.Context())
	require.NoError(t, err)
	require.Len(t, points, 1)
	require.Equal(t, points[0], anchored[len(anchored)-1])
	require.Len(t, anchored, 6)

	for _, r := range read(t, l, Query{}) {
		p, err := l.Prove(t.Context(), "", r.Seq)
		require.NoError(t, err)
		require.True(t, p.Holds(), "record %d", r.Seq)
		require.True(t, p.Checkpoint.SignedBy(public))
		p.Record = append(p.Record, ' ')
		require.False(t, p.Holds())
	}
	_, err = l.Prove(t.Context(), "", 1000)
	require.Error(t, err)
	require.NoError(t, l.Close())

	report, err := Verify(t.Context(), dir, Trust{Key: public, Checkpoints: anchored})
	require.NoError(t, err)
	require.Equal(t, uint64(40+5), reportOf(t, report, "network").Signed)

	stranger, _, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	_, err = Verify(t.Context(), dir, Trust{Key: stranger})
	require.ErrorIs(t, err, ErrTampered)
	anchored[2].Chain[0] ^= 1
	_, err = Verify(t.Context(), dir, Trust{Checkpoints: anchored})
	require.ErrorContains(t, err, "kept elsewhere")
}

// TestRewrittenLogIsFoundByItsAnchor forges a whole log, which only somebody else's copy can tell.
func TestRewrittenLogIsFoundByItsAnchor(t *testing.T) {
	t.Parallel()
	write := func(dir, what string) []Checkpoint {
		l := open(t, dir, Config{})
		require.NoError(t, l.Append(t.Context(), Entry{Kind: what}))
		points, err := l.Checkpoint(t.Context())
		require.NoError(t, err)
		require.NoError(t, l.Close())
		return points
	}
	genuine := write(t.TempDir(), "paid")
	forged := t.TempDir()
	write(forged, "not paid")
	_, err := Verify(t.Context(), forged, Trust{})
	require.NoError(t, err)
	_, err = Verify(t.Context(), forged, Trust{Checkpoints: genuine})
	require.ErrorIs(t, err, ErrTampered)
}

func TestManyWritersAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := open(t, dir, Config{Every: 16})
	var group sync.WaitGroup
	const writers, each = 8, 50
	for w := range writers {
		group.Go(func() {
			for i := range each {
				err := l.Append(context.Background(), Entry{Kind: "n", Subject: fmt.Sprint(w), Attrs: map[string]string{"i": fmt.Sprint(i)}, Private: map[string]string{"w": fmt.Sprint(w)}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	next := make(map[string]int)
	for _, r := range read(t, l, Query{}) {
		require.Equal(t, fmt.Sprint(next[r.Subject]), r.Attrs["i"], "each writer's records are in order")
		next[r.Subject]++
	}
	require.Len(t, next, writers)
	require.NoError(t, l.Close())
	_, err := Verify(t.Context(), dir, Trust{})
	require.NoError(t, err)
}

func TestCloseServesThoseWhoWait(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := open(t, dir, Config{})
	var group sync.WaitGroup
	var served atomic.Int64
	for range 20 {
		group.Go(func() {
			switch err := l.Append(context.Background(), Entry{Kind: "n"}); {
			case err == nil:
				served.Add(1)
			case !errors.Is(err, ErrClosed):
				t.Error(err)
			}
		})
	}
	require.NoError(t, l.Close())
	group.Wait()
	l = open(t, dir, Config{})
	require.Len(t, read(t, l, Query{}), int(served.Load()))
	require.NoError(t, l.Close())
}

func TestAnchorThatFailsIsSaid(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir(), Config{Every: 1, Anchor: func(context.Context, Checkpoint) error { return os.ErrDeadlineExceeded }})
	require.ErrorIs(t, l.Append(t.Context(), Entry{Kind: "n"}), os.ErrDeadlineExceeded)
	require.Len(t, read(t, l, Query{}), 1)
	require.NoError(t, l.Close())
}
