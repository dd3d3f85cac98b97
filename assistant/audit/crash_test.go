package audit

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// victimDir is the variable that makes the test binary a process to be killed: it appends to the log in
// that folder and says what was acknowledged.
const victimDir = "ZHUSHOU_AUDIT_VICTIM"

var crashConfig = Config{Every: 5, SegmentBytes: 20000}

func victim(dir string) int {
	l, err := Open(context.Background(), dir, crashConfig)
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	var mu sync.Mutex
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i)
				err := l.Append(context.Background(), Entry{Kind: "n", Subject: fmt.Sprint(w), Attrs: map[string]string{"id": id}, Private: map[string]string{"id": id}})
				mu.Lock()
				if err != nil {
					fmt.Println("error", err)
				} else {
					fmt.Println("kept", id)
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return 0
}

// TestKilledWriterLosesNothing kills a writing process again and again. ZHUSHOU_AUDIT_KILLS says how often.
func TestKilledWriterLosesNothing(t *testing.T) {
	t.Parallel()
	kills := 10
	if n, err := strconv.Atoi(os.Getenv("ZHUSHOU_AUDIT_KILLS")); err == nil {
		kills = n
	}
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	kept := make(map[string]bool)
	for range kills {
		for id := range killed(t, dir, time.Duration(random.IntN(60))*time.Millisecond) {
			kept[id] = true
		}
		_, err := Verify(t.Context(), dir, Trust{})
		require.NoError(t, err)
	}
	require.NotEmpty(t, kept)
	l := open(t, dir, crashConfig)
	for r, err := range l.Records(t.Context(), Query{}) {
		require.NoError(t, err)
		require.Equal(t, r.Attrs["id"], r.Private["id"], "the key was on disk before the record")
		delete(kept, r.Attrs["id"])
	}
	require.Empty(t, kept, "acknowledged and lost")
	require.NoError(t, l.Close())
	_, err := Verify(t.Context(), dir, Trust{})
	require.NoError(t, err)
}

// killed runs a victim for a while after its first word and returns what it was promised.
func killed(t *testing.T, dir string, after time.Duration) map[string]bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimDir+"="+dir)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	kept := make(map[string]bool)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if len(kept) == 0 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
		id, ok := strings.CutPrefix(lines.Text(), "kept ")
		if len(lines.Text()) < 5 {
			break // cut in the middle by the kill
		}
		require.True(t, ok, lines.Text())
		kept[id] = true
	}
	cmd.Wait() // killed
	return kept
}
