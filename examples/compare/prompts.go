package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

//go:embed prompts.txt
var ownPrompts string

// maxPrompts bounds the size of a file of questions, in bytes.
const maxPrompts = 1 << 20

// readPrompts returns the questions of a file, one a line, or the program's own if name is empty.
func readPrompts(name string) ([]string, error) {
	text := ownPrompts
	if name != "" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("questions: %w", err)
		}
		defer f.Close()
		data, err := io.ReadAll(io.LimitReader(f, maxPrompts+1))
		if err != nil {
			return nil, fmt.Errorf("questions: %w", err)
		}
		if text = string(data); len(text) > maxPrompts {
			return nil, fmt.Errorf("questions: %s is larger than %d bytes", name, maxPrompts)
		}
	}
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("questions: %s is not UTF-8", name)
	}
	var out []string
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("questions: %s has none; write one a line", name)
	}
	return out, nil
}
