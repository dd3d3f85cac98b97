package recommend

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// The kinds of records in the log, by their first byte.
const (
	eventRecord    = 'e'
	putRecord      = 'p'
	removeRecord   = 'r'
	forgetRecord   = 'f'
	historyRecord  = 'h'
	choiceRecord   = 'c'
	settingsRecord = 's'
)

// errRecord says that a record is none of this version.
var errRecord = errors.New("recommend: malformed record")

// encodeEvent writes an event: its kind, weight, time, and the user before the item.
func encodeEvent(e Event, t int64) []byte {
	b := make([]byte, 0, 20+len(e.User)+len(e.Item))
	a := newDeed(0, e.Kind, e.Weight, t)
	b = append(b, eventRecord)
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(a.weight))
	b = binary.LittleEndian.AppendUint64(b, uint64(a.when))
	b = binary.AppendUvarint(b, uint64(len(e.User)))
	b = append(b, e.User...)
	return append(b, e.Item...)
}

func decodeEvent(b []byte) (Event, error) {
	if len(b) < 12 {
		return Event{}, fmt.Errorf("%w: event of %d bytes", errRecord, len(b))
	}
	a := deed{weight: math.Float32frombits(binary.LittleEndian.Uint32(b)), when: int64(binary.LittleEndian.Uint64(b[4:]))}
	if a.when < 0 || a.when&255 >= int64(len(kinds)) {
		return Event{}, fmt.Errorf("%w: event at %d", errRecord, a.when)
	}
	b = b[12:]
	n, used := binary.Uvarint(b)
	if used <= 0 || n > uint64(len(b)-used) {
		return Event{}, fmt.Errorf("%w: event of a user of %d bytes", errRecord, n)
	}
	b = b[used:]
	e := Event{
		User: string(b[:n]), Item: string(b[n:]), Kind: a.kind(), Weight: float64(a.weight), Time: time.Unix(a.time(), 0).UTC(),
	}
	if err := e.Validate(); err != nil {
		return Event{}, fmt.Errorf("%w: %w", errRecord, err)
	}
	return e, nil
}

// encodePut writes an item as JSON, and its vector if it has one.
func encodePut(it Item, v []float32) ([]byte, error) {
	text, err := json.Marshal(it)
	if err != nil {
		return nil, fmt.Errorf("item %q: %w", it.ID, err)
	}
	b := make([]byte, 0, 1+binary.MaxVarintLen64+len(text)+4*len(v))
	b = append(b, putRecord)
	b = binary.AppendUvarint(b, uint64(len(text)))
	b = append(b, text...)
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b, nil
}

func decodePut(b []byte) (it Item, v []float32, err error) {
	n, used := binary.Uvarint(b)
	if used <= 0 || n > uint64(len(b)-used) {
		return it, nil, fmt.Errorf("%w: item of %d bytes", errRecord, n)
	}
	if err := json.Unmarshal(b[used:][:n], &it); err != nil {
		return it, nil, fmt.Errorf("%w: item: %w", errRecord, err)
	}
	if err := it.Validate(); err != nil {
		return it, nil, fmt.Errorf("%w: %w", errRecord, err)
	}
	for b = b[used+int(n):]; len(b) >= 4; b = b[4:] {
		v = append(v, math.Float32frombits(binary.LittleEndian.Uint32(b)))
	}
	if len(v) > 0 && !usable(v) {
		return it, nil, fmt.Errorf("%w: the vector of item %q has no direction", errRecord, it.ID)
	}
	return it, v, nil
}

func encodeRemove(id string) []byte   { return append([]byte{removeRecord}, id...) }
func encodeForget(user string) []byte { return append([]byte{forgetRecord}, user...) }

func encodeForgetHistory(user string) []byte { return append([]byte{historyRecord}, user...) }

// userChoices is the record of what somebody chose.
type userChoices struct {
	User    string  `json:"user"`
	Choices choices `json:"choices"`
}

func encodeChoices(user string, c *choices) ([]byte, error) {
	b, err := json.Marshal(userChoices{user, *c})
	return append([]byte{choiceRecord}, b...), err
}

func decodeChoices(b []byte) (u userChoices, err error) {
	if err := json.Unmarshal(b, &u); err != nil {
		return u, fmt.Errorf("%w: choices: %w", errRecord, err)
	}
	return u, nil
}

func encodeSettings(s *learn.Settings) ([]byte, error) {
	b, err := json.Marshal(s)
	return append([]byte{settingsRecord}, b...), err
}

func decodeSettings(b []byte) (*learn.Settings, error) {
	var s *learn.Settings
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("%w: settings: %w", errRecord, err)
	}
	return s, nil
}

// replay makes the change that a record tells of.
func (e *Engine) replay(record []byte) error {
	if len(record) == 0 {
		return fmt.Errorf("%w: it is empty", errRecord)
	}
	switch b := record[1:]; record[0] {
	case eventRecord:
		ev, err := decodeEvent(b)
		if err != nil {
			return err
		}
		e.note(ev, ev.Time.Unix())
	case putRecord:
		it, v, err := decodePut(b)
		if err != nil {
			return err
		}
		e.put(it, v, nil)
	case removeRecord:
		e.remove(string(b))
	case forgetRecord:
		e.forget(string(b))
	case historyRecord:
		e.forgetHistory(string(b))
	case choiceRecord:
		u, err := decodeChoices(b)
		if err != nil {
			return err
		}
		e.setChoices(u.User, &u.Choices)
	case settingsRecord:
		s, err := decodeSettings(b)
		if err != nil {
			return err
		}
		e.settings = s
	default:
		return fmt.Errorf("%w: kind %q is not known to this version", errRecord, record[0])
	}
	return nil
}
