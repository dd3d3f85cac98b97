package segment

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxLine is the length of the longest line that Load reads, in bytes.
const maxLine = 4096

// Load adds the words of a text, one in a line: the word, its weight and its tag, parted by spaces or tabs, where tag
// and weight may be left out. Empty lines are skipped. It stops at the first line that is not so, and says its number;
// the words before it have been added.
func (d *Dictionary) Load(r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := lines.Text()
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if err := d.addLine(line); err != nil {
			return fmt.Errorf("load dictionary: line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("load dictionary: line %d: %w", n+1, err)
	}
	return nil
}

func (d *Dictionary) addLine(line string) error {
	fields := strings.Fields(line)
	if len(fields) == 0 {
		return nil
	}
	weight, tag := 0, NoTag
	if last := len(fields) - 1; last > 0 {
		if t, ok := ParseTag(fields[last]); ok {
			tag, fields = t, fields[:last]
		}
	}
	if last := len(fields) - 1; last > 0 {
		w, err := strconv.Atoi(fields[last])
		if err != nil {
			return fmt.Errorf("%q is no weight", fields[last])
		}
		weight, fields = w, fields[:last]
	}
	return d.Add(strings.Join(fields, " "), weight, tag)
}
