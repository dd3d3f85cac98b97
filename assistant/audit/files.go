package audit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// The manifest names the classes that the folder has, so that none can be taken away whole.
const manifestFile = "classes"

func writeManifest(dir string, names []string) error {
	names = slices.Sorted(slices.Values(names))
	b, err := json.Marshal(names)
	if err != nil {
		return err
	}
	return journal.WriteFile(filepath.Join(dir, manifestFile), b)
}

func readManifest(dir string) ([]string, error) {
	path := filepath.Join(dir, manifestFile)
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, tampered(path, "the list of classes cannot be read: %v", err)
	}
	var names []string
	if err := json.Unmarshal(b, &names); err != nil {
		return nil, tampered(path, "the list of classes is damaged: %v", err)
	}
	return names, nil
}

// setMark makes the empty file, or removes it.
func setMark(path string, there bool) error {
	if there {
		return journal.WriteFile(path, nil)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return journal.SyncDir(filepath.Dir(path))
}

// youngest returns the file that a chain's log ends in, and its length.
func youngest(dir string) (path string, size int64, err error) {
	entries, err := os.ReadDir(dir) // sorted by name, which is a number of fixed width
	if err != nil {
		return dir, 0, err
	}
	for _, e := range slices.Backward(entries) {
		if !strings.HasSuffix(e.Name(), ".log") {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return dir, 0, err
		}
		return filepath.Join(dir, e.Name()), info.Size(), nil
	}
	return dir, 0, fmt.Errorf("no file of the log: %w", fs.ErrNotExist)
}
