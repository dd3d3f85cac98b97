package assistant

import (
	"encoding/json"
	"reflect"
)

// Opt is a value that may be absent, where zero means something of its own: a temperature of 0 is
// not "whatever the vendor's default is". The zero Opt is absent. In JSON it is the bare value; a
// field of this type needs the omitzero option.
type Opt[T any] struct {
	Value T
	Set   bool
}

// Some returns an Opt that holds v.
func Some[T any](v T) Opt[T] { return Opt[T]{Value: v, Set: true} }

// Or returns the value, or fallback if it is absent.
func (o Opt[T]) Or(fallback T) T {
	if o.Set {
		return o.Value
	}
	return fallback
}

// IsZero reports whether the value is absent.
func (o Opt[T]) IsZero() bool { return !o.Set }

// MarshalJSON writes the bare value, or null if it is absent.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if !o.Set {
		return []byte("null"), nil
	}
	return json.Marshal(o.Value)
}

// UnmarshalJSON reads a bare value; null means absent.
func (o *Opt[T]) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*o = Opt[T]{}
		return nil
	}
	var v T // not what is there: a map would keep its old keys
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*o = Some(v)
	return nil
}

// optElem tells the schema what the value is in JSON.
func (Opt[T]) optElem() reflect.Type { return reflect.TypeFor[T]() }
