package dataset

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Table is text with one event a line and columns parted by a separator. A column is named as in the
// header, or, where there is none, by its number from "1"; "" is a column that the file does not have.
//
// A table without a user describes items: only their categories are read, and no events.
type Table struct {
	// Separator stands between fields. If empty, a comma. Where it is a comma or a semicolon, fields
	// may be quoted with double quotes.
	Separator string
	// Header says that the first line names the columns.
	Header bool

	User, Item                   string
	Kind, Weight, Time, Category string

	// CategorySeparator stands between several categories in one field. If empty, there is one.
	CategorySeparator string
	// TimeUnit is the unit of times that are numbers, counted from 1970. If zero, a second.
	TimeUnit time.Duration
	// TimeLayout, if not empty, is the layout of times that are not numbers, as in [time.Parse].
	TimeLayout string
}

// The roles that a column can have.
const (
	roleUser = iota
	roleItem
	roleKind
	roleWeight
	roleTime
	roleCategory
	roles
)

var roleNames = [roles]string{"User", "Item", "Kind", "Weight", "Time", "Category"}

func (t Table) parser() (parser, error) {
	p, err := t.tableParser()
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (t Table) tableParser() (*tableParser, error) {
	if t.Item == "" {
		return nil, fmt.Errorf("table: no column for the item: set Item")
	}
	if t.User == "" && t.Category == "" {
		return nil, fmt.Errorf("table: no column for the user, nor for the category of an item: set User or Category")
	}
	if t.TimeUnit < 0 {
		return nil, fmt.Errorf("table: unit of time %v: use a positive one", t.TimeUnit)
	}
	p := &tableParser{
		columns:   [roles]string{t.User, t.Item, t.Kind, t.Weight, t.Time, t.Category},
		separator: []byte(t.Separator), categorySeparator: []byte(t.CategorySeparator),
		header: t.Header, layout: t.TimeLayout, milliseconds: 1000,
	}
	if t.TimeUnit > 0 {
		p.milliseconds = float64(t.TimeUnit) / float64(time.Millisecond)
	}
	if len(p.separator) == 0 {
		p.separator = []byte{','}
	}
	p.quoted = t.Separator == "" || t.Separator == "," || t.Separator == ";"
	if !t.Header {
		for role, column := range p.columns {
			n, err := strconv.Atoi(column)
			if column != "" && (err != nil || n < 1 || n > maxColumns) {
				return nil, fmt.Errorf("table: column %s is %q: without a header use its number, from 1 to %d", roleNames[role], column, maxColumns)
			}
			p.place(role, n-1)
		}
	}
	return p, nil
}

// maxColumns bounds how far a line is split.
const maxColumns = 1 << 12

type tableParser struct {
	columns           [roles]string
	at                [roles]int // place of each column, -1 if there is none
	width             int        // how many fields a line must have at least
	separator         []byte
	categorySeparator []byte
	quoted, header    bool
	layout            string
	milliseconds      float64 // in a unit of time

	fields  [][]byte
	scratch []byte // of quoted fields with quotes in them
}

func (p *tableParser) place(role, at int) {
	p.at[role] = at
	p.width = max(p.width, at+1)
}

// readHeader finds the columns by their names.
func (p *tableParser) readHeader(line []byte) error {
	p.header = false
	if err := p.split(line, maxColumns); err != nil {
		return err
	}
	for role, column := range p.columns {
		p.place(role, -1)
		if column == "" {
			continue
		}
		for i, field := range p.fields {
			if string(bytes.TrimSpace(field)) == column {
				p.place(role, i)
				break
			}
		}
		if p.at[role] < 0 {
			return wrong("the header", line, fmt.Sprintf("has no column %q", column), "set "+roleNames[role]+" to one of the columns and check the separator")
		}
	}
	return nil
}

func (p *tableParser) line(line []byte, to *sink) error {
	if p.header {
		return p.readHeader(line)
	}
	if err := p.split(line, p.width); err != nil {
		return err
	}
	if len(p.fields) < p.width {
		return wrong("the line", line, fmt.Sprintf("has %d fields and needs %d", len(p.fields), p.width), "check the separator, or complete the line")
	}
	field := func(role int) ([]byte, bool) {
		if p.at[role] < 0 {
			return nil, false
		}
		return bytes.TrimSpace(p.fields[p.at[role]]), true
	}
	var item int32
	var err error
	itemName, _ := field(roleItem)
	user, isEvent := field(roleUser)
	if isEvent {
		item, err = to.event(user, itemName)
	} else {
		item, err = to.item(itemName)
	}
	if err != nil {
		return err
	}
	if categories, ok := field(roleCategory); ok {
		if err := p.categories(item, categories, to); err != nil {
			return err
		}
	}
	if !isEvent {
		return nil
	}
	if kind, ok := field(roleKind); ok {
		if err := to.kind(kind); err != nil {
			return err
		}
	}
	if text, ok := field(roleWeight); ok {
		weight, err := strconv.ParseFloat(string(text), 32)
		if err != nil || !finite(weight) {
			return wrong("weight", text, "is not a finite number", "write it in digits, or choose another column for Weight")
		}
		to.data.Weight = append(to.data.Weight, float32(weight))
	}
	if text, ok := field(roleTime); ok {
		at, err := p.time(text)
		if err != nil {
			return err
		}
		to.data.Time = append(to.data.Time, at)
	}
	return nil
}

func (p *tableParser) categories(item int32, text []byte, to *sink) error {
	if len(p.categorySeparator) == 0 {
		if len(text) == 0 {
			return nil // an item without a category
		}
		return to.category(item, text)
	}
	for part := range bytes.SplitSeq(text, p.categorySeparator) {
		if part = bytes.TrimSpace(part); len(part) > 0 {
			if err := to.category(item, part); err != nil {
				return err
			}
		}
	}
	return nil
}

// time reads a time in milliseconds since 1970, in the years 1 to 9999.
func (p *tableParser) time(text []byte) (int64, error) {
	if p.layout != "" {
		at, err := time.Parse(p.layout, string(text))
		if err != nil {
			return 0, wrong("time", text, "is not in the layout "+strconv.Quote(p.layout), "correct it, or set TimeLayout")
		}
		return at.UnixMilli(), nil
	}
	number, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !finite(number) {
		return 0, wrong("time", text, "is not a number", "write it as a number since 1970, or set TimeLayout")
	}
	const first, last = -62135596800e3, 253402300800e3
	number = math.Floor(number * p.milliseconds)
	if number < first || number >= last {
		return 0, wrong("time", text, "is not in the years 1 to 9999", "set TimeUnit to the unit of the column")
	}
	return int64(number), nil
}

// split finds the first fields of the line, at most want.
func (p *tableParser) split(line []byte, want int) error {
	p.fields, p.scratch = p.fields[:0], p.scratch[:0]
	for len(p.fields) < want {
		if p.quoted && len(line) > 0 && line[0] == '"' {
			field, rest, err := p.unquote(line)
			if err != nil {
				return err
			}
			p.fields = append(p.fields, field)
			if len(rest) == 0 {
				return nil
			}
			line = rest[len(p.separator):]
			continue
		}
		end := bytes.Index(line, p.separator)
		if end < 0 {
			p.fields = append(p.fields, line)
			return nil
		}
		p.fields = append(p.fields, line[:end])
		line = line[end+len(p.separator):]
	}
	return nil
}

// unquote reads the quoted field at the beginning of the line. What is left begins with a separator
// or is empty.
func (p *tableParser) unquote(line []byte) (field, rest []byte, err error) {
	from := len(p.scratch)
	for rest = line[1:]; ; {
		end := bytes.IndexByte(rest, '"')
		if end < 0 {
			return nil, nil, wrong("the field", line, "has no closing quote", "close it; a field may not contain a line break")
		}
		p.scratch = append(p.scratch, rest[:end]...)
		rest = rest[end+1:]
		if len(rest) == 0 || rest[0] != '"' {
			break
		}
		p.scratch = append(p.scratch, '"')
		rest = rest[1:]
	}
	if len(rest) > 0 && !bytes.HasPrefix(rest, p.separator) {
		return nil, nil, wrong("the field", line, "goes on after its closing quote", "write a quote inside a field twice")
	}
	return p.scratch[from:len(p.scratch):len(p.scratch)], rest, nil
}

// Atomic is RecBole's atomic file: fields parted by tabs under a header such as "user_id:token". A
// column that is named must be there; one that is not is taken by RecBole's usual name, if the header
// has it: user_id, item_id, rating and timestamp. With a Category and no user, as in .item files,
// only the categories of items are read; in a column of type token_seq they are parted by spaces.
type Atomic struct {
	User, Item, Kind, Weight, Time, Category string
}

func (a Atomic) parser() (parser, error) {
	return &atomicParser{Atomic: a}, nil
}

type atomicParser struct {
	Atomic
	table *tableParser // once the header is read
}

func (a *atomicParser) line(line []byte, to *sink) error {
	if a.table != nil {
		return a.table.line(line, to)
	}
	types := map[string]string{}
	var names []string
	for field := range strings.SplitSeq(string(line), "\t") {
		name, kind, ok := strings.Cut(strings.TrimSpace(field), ":")
		if !ok || len(names) == maxColumns {
			return wrong("header field", []byte(field), "has no type", "write it as name:token, name:float or name:token_seq, parted by tabs")
		}
		names = append(names, name)
		types[name] = kind
	}
	usual := func(column, name string) string {
		if _, ok := types[name]; column == "" && ok {
			return name
		}
		return column
	}
	t := Table{Separator: "\t", Header: true, User: usual(a.User, "user_id"), Item: usual(a.Item, "item_id"),
		Kind: a.Kind, Weight: usual(a.Weight, "rating"), Time: usual(a.Time, "timestamp"), Category: a.Category}
	if types[a.Category] == "token_seq" {
		t.CategorySeparator = " "
	}
	for role, column := range [roles]string{t.User, t.Item, t.Kind, t.Weight, t.Time} {
		want := "token"
		if role == roleWeight || role == roleTime {
			want = "float"
		}
		if kind, ok := types[column]; ok && kind != want {
			return wrong("column", []byte(column), fmt.Sprintf("is of type %s, not %s", kind, want), "choose another column for "+roleNames[role])
		}
	}
	table, err := t.tableParser()
	if err != nil {
		return wrong("the header", line, "has no item_id, or neither a user_id nor the category", "name the columns in Atomic")
	}
	a.table = table
	return a.table.readHeader([]byte(strings.Join(names, "\t")))
}
