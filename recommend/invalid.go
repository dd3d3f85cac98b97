package recommend

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// ErrInvalid is wrapped by every error that says an item, event or query is malformed.
var ErrInvalid = errors.New("recommend: invalid input")

// invalid returns an error with the given text that wraps ErrInvalid.
func invalid(format string, args ...any) error {
	return &invalidError{fmt.Sprintf(format, args...)}
}

type invalidError struct{ text string }

func (e *invalidError) Error() string { return e.text }
func (e *invalidError) Unwrap() error { return ErrInvalid }

// maxID bounds the length of ids, in bytes.
const maxID = 512

func checkID(field, id string) error {
	switch {
	case id == "":
		return invalid("%s is empty: give an id", field)
	case len(id) > maxID:
		return invalid("%s is %d bytes long: give an id of at most %d", field, len(id), maxID)
	case !utf8.ValidString(id):
		return invalid("%s %q is not valid UTF-8", field, id)
	}
	return nil
}

func checkIDs(field string, ids []string, most int) error {
	if len(ids) > most {
		return invalid("%s has %d ids: give at most %d", field, len(ids), most)
	}
	for i, id := range ids {
		if err := checkID(fmt.Sprintf("%s[%d]", field, i), id); err != nil {
			return err
		}
	}
	return nil
}

// checkTime allows the zero time and those that JSON and the arithmetic of ages can hold.
func checkTime(field string, t time.Time) error {
	if !t.IsZero() && (t.Unix() < 0 || t.Year() > 9999) {
		return invalid("%s is in the year %d: give a time from 1970 to 9999", field, t.Year())
	}
	return nil
}

// wrapIndex names the member of a batch that err is about.
func wrapIndex(what string, i int, err error) error {
	return fmt.Errorf("recommend: %s %d: %w", what, i, err)
}
