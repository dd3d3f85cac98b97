package journal_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// A counter that survives: what was sold, by goods.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "journal")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	sold := map[string]int32{}
	store, err := journal.OpenStore(ctx, dir, journal.Options{})
	if err != nil {
		log.Fatal(err)
	}
	seq, err := store.Append(ctx, []byte("绿茶"), []byte("茶杯"), []byte("绿茶"))
	if err != nil {
		log.Fatal(err)
	}
	for record, err := range store.Replay(ctx) {
		if err != nil {
			log.Fatal(err)
		}
		sold[string(record.Data)]++
	}
	err = store.Compact(ctx, seq, func(w *journal.SnapshotWriter) error {
		w.Int32s("绿茶", []int32{sold["绿茶"]})
		w.Int32s("茶杯", []int32{sold["茶杯"]})
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := store.Append(ctx, []byte("绿茶")); err != nil {
		log.Fatal(err)
	}
	if err := store.Close(); err != nil {
		log.Fatal(err)
	}

	// The next run.
	store, err = journal.OpenStore(ctx, dir, journal.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	sold = map[string]int32{}
	snapshot, release, err := store.Snapshot()
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range snapshot.Names() {
		section, err := snapshot.Section(name)
		if err != nil {
			log.Fatal(err)
		}
		count, err := section.Int32s()
		if err != nil {
			log.Fatal(err)
		}
		sold[name] = count[0] // copied: the view is valid until release
	}
	release()
	for record, err := range store.Replay(ctx) {
		if err != nil {
			log.Fatal(err)
		}
		sold[string(record.Data)]++
	}
	fmt.Println("绿茶", sold["绿茶"], "茶杯", sold["茶杯"])
	// Output: 绿茶 3 茶杯 1
}

// Reading what is left of a log with a damaged byte.
func ExampleSalvage() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "journal")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	j, err := journal.Open(ctx, dir, journal.Options{})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := j.Append(ctx, []byte("first"), []byte("second"), []byte("third")); err != nil {
		log.Fatal(err)
	}
	if err := j.Close(); err != nil {
		log.Fatal(err)
	}
	file := filepath.Join(dir, "00000000000000000001.log")
	data, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	data[95] ^= 1
	if err := os.WriteFile(file, data, 0o600); err != nil {
		log.Fatal(err)
	}

	_, err = journal.Open(ctx, dir, journal.Options{})
	fmt.Println("corrupt:", errors.Is(err, journal.ErrCorrupt))
	lost, err := journal.Salvage(ctx, dir, func(r journal.Record) error {
		fmt.Println(r.Seq, string(r.Data)) // append it to a new journal
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, damage := range lost {
		fmt.Printf("lost at byte %d: %s\n", damage.Offset, damage.Reason)
	}
	// Output:
	// corrupt: true
	// 1 first
	// 3 third
	// lost at byte 85: the checksum of a record does not match
}
