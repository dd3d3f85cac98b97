package assist

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/arguments"
)

// A pick is a candidate that the model chose.
type pick struct {
	index int // in the candidates
	why   string
}

// readPicks reads what a model answered, whatever it is: the numbers of candidates in their order,
// each once. dropped counts what was none of them or was there before.
func readPicks(text string, candidates int) (picks []pick, dropped int) {
	used := make([]bool, candidates)
	for _, entry := range entries(text) {
		p, ok := readPick(entry)
		if !ok || p.index < 0 || p.index >= candidates || used[p.index] {
			dropped++
			continue
		}
		used[p.index] = true
		picks = append(picks, p)
	}
	return picks, dropped
}

// entries returns the list in an answer, which may be cut off, have prose around it, or be a bare list.
func entries(text string) []any {
	value, err := arguments.Value(text)
	if err != nil {
		whole, ok := arguments.Partial(text)
		if !ok {
			return nil
		}
		dec := json.NewDecoder(strings.NewReader(string(whole)))
		dec.UseNumber()
		if dec.Decode(&value) != nil {
			return nil
		}
	}
	switch v := value.(type) {
	case []any:
		return v
	case map[string]any:
		for _, name := range [...]string{"order", "picks"} {
			if list, ok := v[name].([]any); ok {
				return list
			}
		}
	}
	return nil
}

func readPick(entry any) (p pick, ok bool) {
	switch v := entry.(type) {
	case json.Number:
		p.index, ok = index(v.String())
	case string:
		p.index, ok = index(strings.TrimRight(strings.TrimSpace(v), "."))
	case map[string]any:
		switch n := v["n"].(type) {
		case json.Number:
			p.index, ok = index(n.String())
		case string:
			p.index, ok = index(strings.TrimSpace(n))
		}
		p.why, _ = v["why"].(string)
	}
	return p, ok
}

// index turns the number of a candidate into its index.
func index(number string) (int, bool) {
	n, err := strconv.Atoi(number)
	return n - 1, err == nil
}
