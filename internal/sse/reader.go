package sse

import (
	"bytes"
	"fmt"
	"io"
)

const (
	// DefaultLimit is the largest event, in bytes, that a Reader accepts unless it is told otherwise.
	DefaultLimit = 16 << 20

	initialBuffer = 2 << 10  // enough for a chat event; idle streams should cost little
	readAhead     = 16 << 10 // the buffer grows to this much on its own when data comes fast
	maxEmptyReads = 100
)

// A Kind says what an [Item] is.
type Kind uint8

// The kinds of item.
const (
	Event   Kind = iota // data lines, ended by a blank line or by the end of the input
	Comment             // a line that begins with a colon, sent to keep a connection alive
	Stray               // a line that is no field of a server-sent event
)

// An Item is what [Reader.Next] returns. Its slices point into the reader's buffers and are valid
// until the next call.
type Item struct {
	Kind Kind
	Type []byte // of an Event: the value of its event field, empty if it has none
	ID   []byte // of an Event: the value of its own id field, empty if it has none
	Data []byte // of an Event: its data lines joined with LF; else the line, of a comment without the colon
	Cut  bool   // the Event was ended by the end of the input, not by a blank line
}

// A TooLargeError reports an event that is larger than the reader's limit.
type TooLargeError struct {
	Limit int // bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("event larger than the limit of %d bytes", e.Limit)
}

// A Reader reads the items of one stream. It is not safe for concurrent use.
// The zero Reader must be given its input with [Reader.Reset].
type Reader struct {
	src   io.Reader
	limit int
	err   error // of src, reported once everything before it is

	// buf holds [data of the open event][gap][line][unscanned]: the data of several data lines are
	// joined in place, in room that has been read already.
	buf     []byte
	data    int // start of the open event's data
	dataEnd int
	line    int // start of the current line
	scan    int // no line end before this
	end     int // end of what has been read

	open     bool // a data line has been seen
	returned bool // the event whose fields typ and id hold has been returned
	typ      []byte
	id       []byte
	skipLF   bool // the last line ended in CR, so that a following LF belongs to it
	begun    bool // the first line, which may start with a byte order mark, is past
}

// NewReader returns a Reader of src with an event limit in bytes; zero means [DefaultLimit].
func NewReader(src io.Reader, limit int) *Reader {
	r := new(Reader)
	r.Reset(src, limit)
	return r
}

// Reset makes r read from src, keeping its buffer unless that has grown large.
func (r *Reader) Reset(src io.Reader, limit int) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	buf, typ, id := r.buf, r.typ[:0], r.id[:0]
	if cap(buf) > readAhead {
		buf = nil
	}
	*r = Reader{src: src, limit: limit, buf: buf, typ: typ, id: id}
}

// Ended reports whether the input's own end has been read, so that nothing more can come.
func (r *Reader) Ended() bool { return r.err == io.EOF }

// Next returns the next item. Lines may end in LF, CRLF or CR. An event that the input ends in is
// still returned, marked Cut, before the error; the error is [io.EOF] at the end of the input, a
// [*TooLargeError], or what reading returned. Once Next has returned an error it returns it again.
func (r *Reader) Next() (Item, error) {
	if r.returned {
		r.returned = false
		r.typ, r.id = r.typ[:0], r.id[:0]
	}
	for {
		line, ok, err := r.nextLine()
		if err != nil {
			return Item{}, err
		}
		if !ok { // end of the input
			if r.open {
				return r.dispatch(true), nil
			}
			return Item{}, r.err
		}
		if len(line) == 0 {
			if r.open {
				return r.dispatch(false), nil
			}
			r.typ, r.id = r.typ[:0], r.id[:0] // fields without data are no event
			continue
		}
		if line[0] == ':' {
			return Item{Kind: Comment, Data: line[1:]}, nil
		}
		if !r.field(line) {
			return Item{Kind: Stray, Data: line}, nil
		}
	}
}

// field stores the field that line holds and reports whether the standard knows it.
func (r *Reader) field(line []byte) bool {
	name, value := line, []byte(nil)
	if i := bytes.IndexByte(line[:min(len(line), len("event:"))], ':'); i >= 0 {
		name, value = line[:i], line[i+1:]
		if len(value) > 0 && value[0] == ' ' {
			value = value[1:]
		}
	}
	switch string(name) {
	case "data":
		r.appendData(value)
	case "event":
		r.typ = append(r.typ[:0], value...)
	case "id":
		r.id = append(r.id[:0], value...)
	case "retry":
	default:
		return false
	}
	return true
}

// appendData makes value, which lies in the line before r.line, part of the open event.
func (r *Reader) appendData(value []byte) {
	if r.open {
		r.buf[r.dataEnd] = '\n' // where the line's own name or an earlier line end was
		r.dataEnd += 1 + copy(r.buf[r.dataEnd+1:], value)
		return
	}
	r.open = true
	r.data = r.line
	if len(value) > 0 {
		r.data = cap(r.buf) - cap(value) // a slice of buf tells its own place by its capacity
	}
	r.dataEnd = r.data + len(value)
}

func (r *Reader) dispatch(cut bool) Item {
	r.open, r.returned = false, true
	return Item{Kind: Event, Type: r.typ, ID: r.id, Data: r.buf[r.data:r.dataEnd], Cut: cut}
}

// nextLine returns the next line without its end, and false at the end of the input. It reads more
// input only when there is no whole line left, so that nothing waits behind a slow sender.
func (r *Reader) nextLine() (line []byte, ok bool, err error) {
	for {
		if r.skipLF && r.line < r.end {
			r.skipLF = false
			if r.buf[r.line] == '\n' {
				r.line++
				r.scan = r.line
			}
		}
		stop, next := r.lineEnd()
		if stop >= 0 {
			line = r.buf[r.line:stop]
			if err := r.checkSize(len(line)); err != nil {
				return nil, false, err
			}
			r.line, r.scan = next, next
			return r.trimBOM(line), true, nil
		}
		r.scan = r.end
		if err := r.checkSize(r.end - r.line); err != nil {
			return nil, false, err
		}
		if r.err != nil {
			line = r.buf[r.line:r.end]
			r.line = r.end
			return r.trimBOM(line), len(line) > 0, nil
		}
		r.fill()
	}
}

// lineEnd finds the end of the current line and the start of the next; stop is -1 if neither has
// been read yet.
func (r *Reader) lineEnd() (stop, next int) {
	unseen := r.buf[r.scan:r.end]
	lf := bytes.IndexByte(unseen, '\n')
	head := unseen
	if lf >= 0 {
		head = unseen[:lf]
	}
	if cr := bytes.IndexByte(head, '\r'); cr >= 0 {
		r.skipLF = true
		return r.scan + cr, r.scan + cr + 1
	}
	if lf < 0 {
		return -1, -1
	}
	return r.scan + lf, r.scan + lf + 1
}

func (r *Reader) checkSize(line int) error {
	held := 0
	if r.open {
		held = r.dataEnd - r.data + 1
	}
	if held+line <= r.limit {
		return nil
	}
	r.err = &TooLargeError{Limit: r.limit}
	r.open, r.end, r.scan = false, r.line, r.line // what is left is not looked at again
	return r.err
}

func (r *Reader) trimBOM(line []byte) []byte {
	if r.begun {
		return line
	}
	r.begun = true
	return bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
}

// fill reads more input behind what there is, after making room for it.
func (r *Reader) fill() {
	r.compact()
	if r.end == len(r.buf) {
		size := min(max(initialBuffer, 2*len(r.buf)), r.limit+initialBuffer)
		r.buf = append(make([]byte, 0, size), r.buf[:r.end]...)[:size]
	}
	for range maxEmptyReads {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		if err != nil {
			r.err = err
			return
		}
		if n > 0 {
			if r.end == len(r.buf) && len(r.buf) < readAhead { // more than fits is coming at once
				r.buf = append(make([]byte, 0, 2*len(r.buf)), r.buf...)[:2*len(r.buf)]
			}
			return
		}
	}
	r.err = io.ErrNoProgress
}

// compact moves the open event and the unread rest to the front of the buffer.
func (r *Reader) compact() {
	held := 0
	if r.open {
		if r.data > 0 {
			copy(r.buf, r.buf[r.data:r.dataEnd])
		}
		held = r.dataEnd - r.data
		r.data, r.dataEnd = 0, held
	}
	if r.line == held {
		return
	}
	n := copy(r.buf[held:], r.buf[r.line:r.end])
	r.scan -= r.line - held
	r.line, r.end = held, held+n
}
