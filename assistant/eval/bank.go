package eval

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// A Case is one question.
type Case struct {
	ID       string `json:"id"`
	Category string `json:"category,omitzero"` // id of a profile's category
	Text     string `json:"text"`
	// Want is what a right answer is or holds, for judges that compare.
	Want string   `json:"want,omitzero"`
	Tags []string `json:"tags,omitzero"`
}

// A Bank is a list of questions.
type Bank struct {
	Name    string // as in a profile, such as "should_refuse"
	Changed time.Time
	Cases   []Case
}

// Categories returns the category of every case.
func (b *Bank) Categories() []string {
	out := make([]string, len(b.Cases))
	for i, c := range b.Cases {
		out[i] = c.Category
	}
	return out
}

// Bounds of what is read.
const (
	maxLine  = 1 << 20
	maxCases = 1_000_000
)

// ReadJSONL reads cases, one JSON object a line. Blank lines are skipped; a case without an id gets the number of
// its line. The error names the line.
func ReadJSONL(r io.Reader) ([]Case, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	var set caseSet
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" {
			continue
		}
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		var c Case
		if err := d.Decode(&c); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if d.More() {
			return nil, fmt.Errorf("line %d: more than one case", n)
		}
		if err := set.add(c, n); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d: longer than %d bytes", n+1, maxLine)
	} else if err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	return set.cases, nil
}

// ReadCSV reads cases from a table whose first line names the columns: id, category, text, want, tags (parted
// by ;), in any order, of which text must be there. The error names the line.
func ReadCSV(r io.Reader) ([]Case, error) {
	table := csv.NewReader(r)
	table.ReuseRecord = true
	head, err := table.Read()
	if err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	columns := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		switch name {
		case "id", "category", "text", "want", "tags":
			columns[name] = i
		default:
			return nil, fmt.Errorf("line 1: unknown column %q: want id, category, text, want or tags", name)
		}
	}
	if _, ok := columns["text"]; !ok {
		return nil, errors.New("line 1: there is no column text")
	}
	var set caseSet
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return set.cases, nil
		}
		if err != nil {
			return nil, err // names the line
		}
		line, _ := table.FieldPos(0)
		get := func(name string) string {
			if i, ok := columns[name]; ok {
				return strings.Clone(row[i])
			}
			return ""
		}
		c := Case{ID: get("id"), Category: get("category"), Text: get("text"), Want: get("want")}
		for tag := range strings.SplitSeq(get("tags"), ";") {
			if tag = strings.TrimSpace(tag); tag != "" {
				c.Tags = append(c.Tags, tag)
			}
		}
		if err := set.add(c, line); err != nil {
			return nil, err
		}
	}
}

// A caseSet takes care that every case has text and an id of its own.
type caseSet struct {
	cases []Case
	lines map[string]int
}

func (s *caseSet) add(c Case, line int) error {
	if strings.TrimSpace(c.Text) == "" {
		return fmt.Errorf("line %d: the case has no text", line)
	}
	if c.ID == "" {
		c.ID = fmt.Sprint(line)
	}
	if first, ok := s.lines[c.ID]; ok {
		return fmt.Errorf("line %d: the id %q is that of line %d too", line, c.ID, first)
	}
	if len(s.cases) == maxCases {
		return fmt.Errorf("line %d: more than %d cases", line, maxCases)
	}
	if s.lines == nil {
		s.lines = make(map[string]int)
	}
	s.lines[c.ID] = line
	s.cases = append(s.cases, c)
	return nil
}
