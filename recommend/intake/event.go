package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/recommend"
)

const (
	version  = 1
	maxBytes = 64 << 10
	maxID    = 256
)

// Entry is an event and its id. Two entries with the same id are the same event.
type Entry struct {
	ID    string // at most 256 bytes; empty means one made from what the event says
	Event recommend.Event
	// Source and Position are those of the message it came in; see [Message].
	Source   string
	Position uint64
}

// wire is the JSON form.
type wire struct {
	Version int    `json:"v"`
	ID      string `json:"id,omitempty"`
	recommend.Event
}

// ErrForm is wrapped by errors that say a message is not an event in the form of this package.
var ErrForm = errors.New("intake: not an event")

// Encode writes an entry in the form that the package comment describes. It gives the event an id if it has none, and
// the present time likewise. The error wraps [recommend.ErrInvalid] or [ErrForm].
func Encode(e Entry) (Message, error) {
	if err := e.Event.Validate(); err != nil {
		return Message{}, fmt.Errorf("intake: encode: %w", err)
	}
	if e.Event.Time.IsZero() {
		e.Event.Time = time.Now()
	}
	if err := e.identify(); err != nil {
		return Message{}, err
	}
	data, err := json.Marshal(wire{version, e.ID, e.Event})
	if err != nil {
		return Message{}, fmt.Errorf("intake: encode: %w", err)
	}
	if len(data) > maxBytes {
		return Message{}, fmt.Errorf("%w: its form has %d bytes: leave out context until it has %d", ErrForm, len(data), maxBytes)
	}
	return Message{ID: e.ID, Key: e.Event.User, Data: data, Time: e.Event.Time}, nil
}

// Decode reads a message. The error wraps [recommend.ErrInvalid] or [ErrForm] and says what is wrong.
func Decode(m Message) (Entry, error) {
	if len(m.Data) > maxBytes {
		return Entry{}, fmt.Errorf("%w: %d bytes are more than %d", ErrForm, len(m.Data), maxBytes)
	}
	if !utf8.Valid(m.Data) {
		return Entry{}, fmt.Errorf("%w: it is not UTF-8", ErrForm)
	}
	var w wire
	if err := json.Unmarshal(m.Data, &w); err != nil {
		return Entry{}, fmt.Errorf("%w: %w", ErrForm, err)
	}
	if w.Version != version {
		return Entry{}, fmt.Errorf("%w: version %d of the form: give \"v\": %d", ErrForm, w.Version, version)
	}
	e := Entry{ID: cmp.Or(w.ID, m.ID), Event: w.Event, Source: m.Source, Position: m.Position}
	if e.Event.Time.IsZero() {
		e.Event.Time = m.Time
	}
	if err := e.Event.Validate(); err != nil {
		return Entry{}, fmt.Errorf("intake: decode: %w", err)
	}
	return e, e.identify()
}

// identify gives the entry an id if it has none.
func (e *Entry) identify() error {
	if len(e.ID) > maxID || !utf8.ValidString(e.ID) {
		return fmt.Errorf("%w: its id has %d bytes: give at most %d of UTF-8", ErrForm, len(e.ID), maxID)
	}
	if e.ID == "" {
		e.ID = digest(&e.Event)
	}
	return nil
}

// digest makes an id from what an event says.
func digest(e *recommend.Event) string {
	var b []byte
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	kind := e.Kind
	if kind == "" {
		kind = recommend.View
	}
	text(e.User)
	text(e.Item)
	text(string(kind))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Weight))
	b = binary.LittleEndian.AppendUint64(b, uint64(e.Time.Unix()))
	b = binary.LittleEndian.AppendUint32(b, uint32(e.Time.Nanosecond()))
	for _, k := range slices.Sorted(maps.Keys(e.Context)) {
		text(k)
		text(e.Context[k])
	}
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}
