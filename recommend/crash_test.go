package recommend

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/seed"
)

// childEnv holds the folder in which the child of TestNothingAcknowledgedIsLost works.
const childEnv = "ZHUSHOU_RECOMMEND_CHILD"

// runChild records, puts, forgets and compacts for ever, and says on its output what was acknowledged.
func runChild(dir string) {
	fmt.Fprintln(os.Stderr, changeForever(dir))
	os.Exit(1)
}

func changeForever(dir string) error {
	ctx := context.Background()
	engine, err := Open(ctx, dir, Config{})
	if err != nil {
		return err
	}
	errs := make(chan error)
	for writer := range 4 {
		go func() {
			errs <- changeAs(ctx, engine, writer)
		}()
	}
	go func() {
		for {
			if err := engine.Compact(ctx); err != nil {
				errs <- err
			}
			time.Sleep(time.Duration(rand.IntN(3)) * time.Millisecond)
		}
	}()
	return <-errs
}

// changeAs makes one writer's changes. What a writer says is in the order in which it happened.
func changeAs(ctx context.Context, engine *Engine, writer int) error {
	for {
		id := fmt.Sprint(writer, ".", rand.Uint64())
		var err error
		switch rand.IntN(10) {
		case 0:
			if err = engine.Put(ctx, Item{ID: id, Title: "保温杯"}); err == nil {
				_, err = fmt.Println("put", id)
			}
		case 1:
			if err = engine.Record(ctx, Event{User: id, Item: "i1", Kind: Buy}); err == nil {
				err = engine.Forget(ctx, id)
			}
			if err == nil {
				_, err = fmt.Println("forgotten", id)
			}
		case 2:
			if err = engine.Personalize(ctx, id, false); err == nil {
				_, err = fmt.Println("off", id)
			}
		default:
			if err = engine.Record(ctx, Event{User: id, Item: "i1"}, Event{User: id, Item: "i2", Kind: Buy}); err == nil {
				_, err = fmt.Println("recorded", id)
			}
		}
		if err != nil {
			return err
		}
	}
}

// TestNothingAcknowledgedIsLost kills processes that change an engine at a hundred random points, each of four in
// one folder again and again, and looks each time whether all it had acknowledged is there.
func TestNothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	kills := 100
	if testing.Short() || raceEnabled {
		kills = 12
	}
	for folder := range 4 {
		t.Run(fmt.Sprint("folder ", folder), func(t *testing.T) {
			t.Parallel()
			killAgainAndAgain(t, kills/4, rand.New(rand.NewPCG(seed.For(t), uint64(folder))))
		})
	}
}

func killAgainAndAgain(t *testing.T, kills int, random *rand.Rand) {
	dir := t.TempDir()
	var said []string
	for range kills {
		said = append(said, killed(t, dir, 1+random.IntN(60))...)
		engine, err := Open(t.Context(), dir, Config{})
		require.NoError(t, err)
		for _, line := range said {
			what, id, _ := strings.Cut(line, " ")
			requireKept(t, engine, what, id)
		}
		require.NoError(t, engine.Close())
	}
	require.Greater(t, len(said), kills, "something was acknowledged")
}

func requireKept(t *testing.T, engine *Engine, what, id string) {
	var held Held
	b, err := engine.Export(t.Context(), id)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &held))
	switch what {
	case "put":
		require.Equal(t, "保温杯", engine.Title(id))
	case "off":
		require.False(t, held.Personalized)
	case "forgotten":
		require.Empty(t, held.Events)
	case "recorded":
		require.Len(t, held.Events, 2)
	default:
		require.Fail(t, "unknown line", "%q", what)
	}
}

// killed runs the child, kills it when it has said so many things and returns what it had said.
func killed(t *testing.T, dir string, things int) (said []string) {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	for lines := bufio.NewReader(out); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // what was said in part is not acknowledged
		}
		if said = append(said, strings.TrimSuffix(line, "\n")); len(said) == things {
			require.NoError(t, cmd.Process.Kill())
		}
	}
	require.Error(t, cmd.Wait(), "it was killed")
	return said
}
