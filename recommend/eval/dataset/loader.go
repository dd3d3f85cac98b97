package dataset

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// Config bounds what a [Loader] reads. The zero value is usable.
type Config struct {
	// MaxLine is the longest line in bytes. If zero, 16 MiB: one line can list all that a user took.
	MaxLine int
	// MaxEvents is the largest number of events of one file. If zero, 200 million, which take up to
	// 4.2 GB.
	MaxEvents int
	// Progress, if not nil, is called now and then with the number of lines and events read.
	Progress func(file string, lines, events int)
}

// maxName is the longest name of a user, item, kind or category in bytes.
const maxName = 4 << 10

// beat is how many lines are read between reports of progress.
const beat = 1 << 14

// blanks part the fields of a list, and alone make a blank line.
const blanks = " \t\r"

// A Format is the form of a file: [Lists], [MovieLens], [Atomic], [Taobao] or [Table].
type Format interface {
	parser() (parser, error)
}

// parser reads one file, line by line.
type parser interface {
	// line reads a line that is not blank into the sink. The error is a *mistake.
	line(line []byte, to *sink) error
}

// mistake is what is wrong with a line and how to mend it.
type mistake struct{ problem, fix string }

func (m *mistake) Error() string { return m.problem + ": " + m.fix }

// wrong returns a mistake; found is text of the file, which is quoted and cut.
func wrong(what string, found []byte, problem, fix string) *mistake {
	const most = 40
	cut := ""
	if len(found) > most {
		found, cut = found[:most], "…"
	}
	return &mistake{fmt.Sprintf("%s %q%s %s", what, found, cut, problem), fix}
}

// Error is a line that cannot be read.
type Error struct {
	File    string
	Line    int    // from 1; 0 if the trouble is not in a line
	Problem string // what is wrong
	Fix     string // what to do about it
	Err     error  // the cause, if there is one
}

// Error says where the line is, what is wrong with it and what to do.
func (e *Error) Error() string {
	at := e.File
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	return fmt.Sprintf("dataset: %s: %s: %s", at, e.Problem, e.Fix)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Loader reads files into sets that share one catalogue. It is for one goroutine. Make one with
// [NewLoader].
type Loader struct {
	config    Config
	catalogue *Catalogue
}

// NewLoader returns a loader with an empty catalogue.
func NewLoader(config Config) *Loader {
	config.MaxLine = cmp.Or(config.MaxLine, 16<<20)
	config.MaxEvents = min(cmp.Or(config.MaxEvents, 200_000_000), math.MaxInt32)
	return &Loader{config: config, catalogue: &Catalogue{}}
}

// Catalogue returns the names of all that was read so far.
func (l *Loader) Catalogue() *Catalogue { return l.catalogue }

// Open reads the file at path. If it cannot be read the error is an [*Error] or that of the file
// system or the context; names that were met before stay in the catalogue.
func (l *Loader) Open(ctx context.Context, path string, format Format) (*Data, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	defer f.Close()
	return l.Read(ctx, path, f, format)
}

// Read is like [Loader.Open] for a stream; name stands for the file in errors.
func (l *Loader) Read(ctx context.Context, name string, r io.Reader, format Format) (*Data, error) {
	parser, err := format.parser()
	if err != nil {
		return nil, fmt.Errorf("dataset: %s: %w", name, err)
	}
	file := r
	buffered := bufio.NewReaderSize(readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil { // looked at once a buffer, however long lines are
			return 0, err
		}
		return file.Read(p)
	}), 1<<16)
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, &Error{name, 0, "cannot be unpacked: " + err.Error(), "fetch the file again", err}
		}
		r = unzipped
	} else {
		r = buffered
	}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 0, min(1<<16, l.config.MaxLine)), l.config.MaxLine)
	to := &sink{data: &Data{Catalogue: l.catalogue}, max: l.config.MaxEvents}
	number := 0
	for ; scanner.Scan(); number++ {
		if number%beat == 0 && l.config.Progress != nil {
			l.config.Progress(name, number, to.data.Len())
		}
		line := bytes.TrimRight(scanner.Bytes(), "\r")
		if number == 0 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(bytes.Trim(line, blanks)) == 0 {
			continue
		}
		if err := parser.line(line, to); err != nil {
			m := &mistake{}
			errors.As(err, &m)
			return nil, &Error{name, number + 1, m.problem, m.fix, nil}
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("dataset: %s: stopped at line %d: %w", name, number+1, err)
	}
	if err := scanner.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, &Error{name, number + 1, fmt.Sprintf("the line is longer than %d bytes", l.config.MaxLine),
			"check that it is a text file in this format, or raise Config.MaxLine", err}
	} else if err != nil {
		return nil, &Error{name, number + 1, "cannot be read: " + err.Error(), "fetch the file again", err}
	}
	if l.config.Progress != nil {
		l.config.Progress(name, number, to.data.Len())
	}
	return to.data, nil
}

// readerFunc is a function as an [io.Reader].
type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// sink takes the events of one file.
type sink struct {
	data *Data
	max  int
}

// name checks a name and returns it.
func (s *sink) name(what string, name []byte) error {
	switch {
	case len(name) == 0:
		return &mistake{"the " + what + " is empty", "fill it in or remove the line"}
	case len(name) > maxName:
		return wrong("the "+what, name, fmt.Sprintf("is longer than %d bytes", maxName), "check the separator")
	}
	return nil
}

// event adds an event without its other columns and returns the number of the item.
func (s *sink) event(user, item []byte) (int32, error) {
	if err := s.name("user", user); err != nil {
		return 0, err
	}
	number, err := s.item(item)
	if err != nil {
		return 0, err
	}
	if s.data.Len() >= s.max {
		return 0, &mistake{fmt.Sprintf("there are more than %d events", s.max),
			"read a part of the file, or raise Config.MaxEvents"}
	}
	s.data.User = append(s.data.User, s.data.Catalogue.Users.add(user))
	s.data.Item = append(s.data.Item, number)
	return number, nil
}

func (s *sink) item(item []byte) (int32, error) {
	if err := s.name("item", item); err != nil {
		return 0, err
	}
	return s.data.Catalogue.Items.add(item), nil
}

func (s *sink) kind(kind []byte) error {
	if err := s.name("kind", kind); err != nil {
		return err
	}
	kinds := &s.data.Catalogue.Kinds
	number := kinds.add(kind)
	if number >= MaxKinds {
		return wrong("kind", kind, fmt.Sprintf("is one more than %d kinds", MaxKinds),
			"check which column holds the kind, or map kinds to fewer names")
	}
	s.data.Kind = append(s.data.Kind, uint8(number))
	return nil
}

func (s *sink) category(item int32, category []byte) error {
	if err := s.name("category", category); err != nil {
		return err
	}
	c := s.data.Catalogue
	c.AddCategory(item, c.Categories.add(category))
	return nil
}
