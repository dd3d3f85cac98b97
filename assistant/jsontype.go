package assistant

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
)

// typeSchemas holds the schemas of types whose JSON is not what their Go shape says.
type typeSchemas map[reflect.Type]*jsonschema.Schema

func knownTypes() typeSchemas {
	return typeSchemas{
		reflect.TypeFor[time.Time]():       {Type: "string", Format: "date-time"},
		reflect.TypeFor[Duration]():        {Type: "string", Format: "duration"},
		reflect.TypeFor[big.Int]():         {Type: "integer"},
		reflect.TypeFor[json.Number]():     {Type: "number"},
		reflect.TypeFor[json.RawMessage](): {},
	}
}

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

// learn adds the types within t that need it: [Opt], bytes, and whatever reads itself from text. It
// refuses those that encoding/json would read in another way than the schema tells the model.
func (known typeSchemas) learn(t reflect.Type) error { return known.walk(t, map[reflect.Type]bool{}) }

func (known typeSchemas) walk(t reflect.Type, seen map[reflect.Type]bool) error {
	if known[t] != nil || seen[t] {
		return nil
	}
	seen[t] = true
	if elem := optElem(t); elem != nil {
		return known.optional(t, elem, seen)
	}
	switch kind := t.Kind(); {
	case t == reflect.TypeFor[time.Duration]():
		return errors.New("time.Duration would be nanoseconds to a model: use assistant.Duration")
	case kind != reflect.Pointer && kind != reflect.Interface && reflect.PointerTo(t).Implements(textType):
		known[t] = &jsonschema.Schema{Type: "string"}
	case kind == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		known[t] = &jsonschema.Schema{Type: "string", ContentEncoding: "base64"}
	case kind == reflect.Pointer || kind == reflect.Slice || kind == reflect.Array || kind == reflect.Map:
		return known.walk(t.Elem(), seen)
	case kind == reflect.Struct:
		for i := range t.NumField() {
			if err := known.field(t.Field(i), seen); err != nil {
				return err
			}
		}
	}
	return nil
}

func (known typeSchemas) field(f reflect.StructField, seen map[reflect.Type]bool) error {
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case f.Anonymous && (name != "" || plain(f.Type).Kind() != reflect.Struct):
		return fmt.Errorf("field %s is embedded and yet a field of its own in JSON: give it a name", f.Name)
	case !f.Anonymous && (!f.IsExported() || f.Tag.Get("json") == "-"):
		return nil
	case options == "string" || strings.HasSuffix(options, ",string") || strings.HasPrefix(options, "string,"):
		return fmt.Errorf("field %s: leave out the json option \"string\": the model writes the value itself", f.Name)
	}
	return known.walk(f.Type, seen)
}

// optional gives an Opt the schema of its value.
func (known typeSchemas) optional(t, elem reflect.Type, seen map[reflect.Type]bool) error {
	if err := known.walk(elem, seen); err != nil {
		return err
	}
	s, err := jsonschema.ForType(elem, &jsonschema.ForOptions{TypeSchemas: known})
	known[t] = s
	return err
}

// optElem returns the type in an [Opt], or nil if t is none.
func optElem(t reflect.Type) reflect.Type {
	if t.Kind() != reflect.Struct {
		return nil
	}
	if o, ok := reflect.Zero(t).Interface().(interface{ optElem() reflect.Type }); ok && t.Field(0).Name == "Value" { // and not a struct that embeds one
		return o.optElem()
	}
	return nil
}

// plain returns what t points to or may hold.
func plain(t reflect.Type) reflect.Type {
	for {
		if elem := optElem(t); elem != nil {
			t = elem
		} else if t.Kind() == reflect.Pointer {
			t = t.Elem()
		} else {
			return t
		}
	}
}
