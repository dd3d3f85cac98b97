// Package arguments turns what a language model wrote as the arguments of a tool
// into a JSON value that its schema accepts, or says what is wrong in words that
// the model can act on.
//
// Three steps, each of which leaves alone what is already right:
//
//   - [Schema.Repair] first matches the raw text against the compiled schema in one
//     strict pass. Text that fits is returned byte for byte; no tree is built.
//   - Otherwise a lenient reader finds the object in the text and reads it whatever
//     dialect it is in: prose and code fences around it, Python literals and calls,
//     full-width punctuation, missing quotes and brackets.
//   - The tree is then fitted to the schema: numbers written as text (also in
//     Chinese), booleans written as words, enum values in another case, lists
//     written as one value, fields under another spelling. Whatever cannot be read
//     in exactly one way becomes a [Problem].
//
// # What a schema means
//
// The assertions of JSON Schema 2020-12 and draft-07 apply, with local $ref, $defs
// and $anchor. Deliberate differences:
//
//   - pattern: an expression that Go's regexp cannot compile (look-around, back
//     references) constrains nothing.
//   - type: the names that other languages use (dict, list, float, int, bool, str, any)
//     are read as the JSON types they mean; any other name is an error of [Compile].
//     OpenAPI's nullable adds null.
//   - format: never rejects. A date in another notation is rewritten where the format
//     is date or date-time. [CompileGo] also completes a date-time for Go's time.Time.
//   - multipleOf is computed in decimal, so 19.99 is a multiple of 0.01.
//   - An enum value of another type than the schema's own type is not offered.
//   - unevaluatedProperties, unevaluatedItems and unknown keywords constrain nothing;
//     $dynamicRef and references to other documents are errors of [Compile].
//   - A root that names no type means an object.
//
// # Bounds
//
// Input is limited to [MaxInput] bytes and [MaxDepth] levels, and the time to a
// multiple of the input's length, whatever the schema.
package arguments
