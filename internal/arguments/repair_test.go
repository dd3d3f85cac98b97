package arguments

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func mustCompile(t testing.TB, schema string) *Schema {
	t.Helper()
	s, err := Compile(json.RawMessage(schema))
	require.NoError(t, err)
	return s
}

// trip is the schema of most cases here.
const trip = `{
	"type": "object",
	"properties": {
		"city": {"type": "string"},
		"days": {"type": "integer", "minimum": 1, "maximum": 9007199254740993},
		"price": {"type": "number", "description": "价格，以元为单位"},
		"direct": {"type": "boolean"},
		"cabin": {"type": "string", "enum": ["Economy", "First Class", "商务"]},
		"tags": {"type": "array", "items": {"type": "string"}},
		"seats": {"type": "array", "items": {"type": "integer"}},
		"meals": {"type": "array", "items": {"enum": ["早餐", "午餐", "晚餐"]}},
		"guest": {"type": "object", "properties": {"full_name": {"type": "string"}, "age": {"type": "integer"}}, "additionalProperties": false},
		"date": {"type": "string", "format": "date"},
		"at": {"type": "string", "format": "date-time"},
		"limit": {"type": ["integer", "null"]},
		"ratio": {"type": "number", "maximum": 1},
		"percent": {"type": "number", "description": "百分比"}
	},
	"required": ["city"]
}`

func TestRepairSyntax(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, raw, want string }{
		{"fence", "```json\n{\"city\": \"北京\"}\n```", `{"city":"北京"}`},
		{"fence of another language and text around", "参数：\n```python\n{'city': '北京'}\n```\n请确认", `{"city":"北京"}`},
		{"fence around a truncated object", "```json\n{\"city\": \"北京\"\n```", `{"city":"北京"}`},
		{"prose with braces before", `使用 {city} 模板：{"city": "北京"}`, `{"city":"北京"}`},
		{"thinking that holds an object", `<think>也许 {"city": "上海"}？</think>{"city": "北京"}`, `{"city":"北京"}`},
		{"tags", `<tool_call>{"name": "trip", "arguments": {"city": "北京"}}</tool_call>`, `{"city":"北京"}`},
		{"wrapper whose arguments are text", `{"name": "trip", "arguments": "{\"city\": \"北京\"}"}`, `{"city":"北京"}`},
		{"wrapper inside a wrapper", `{"type": "function", "function": {"name": "trip", "arguments": {"city": "北京"}}}`, `{"city":"北京"}`},
		{"named after the tool", `{"plan_trip": {"city": "北京"}}`, `{"city":"北京"}`},
		{"in a list", `[{"city": "北京"}]`, `{"city":"北京"}`},
		{"the first of two that fits", `{"town": "x"} {"city": "北京"} {"city": "上海"}`, `{"city":"北京"}`},
		{"an object that the schema knows nothing of before", `{"x": 1} 参数 {"city": "北京"}`, `{"city":"北京"}`},
		{"Python literals", `{'city': '北京', 'direct': True, 'limit': None, 'tags': ('a', 'b',)}`, `{"city":"北京","direct":true,"limit":null,"tags":["a","b"]}`},
		{"Python call", `plan_trip(city="北京", days=3, direct=True)`, `{"city":"北京","days":3,"direct":true}`},
		{"call inside a call", `print(tools.plan_trip(city='北京', tags=['a']))`, `{"city":"北京","tags":["a"]}`},
		{"call in a list, in prose", "好的。[plan_trip(city='北京', days=2)]", `{"city":"北京","days":2}`},
		{"Python prefixes and long strings", `{'city': r'北京', 'tags': ["""a"b"""]}`, `{"city":"北京","tags":["a\"b"]}`},
		{"trailing commas", `{"city": "北京", "tags": ["a",],}`, `{"city":"北京","tags":["a"]}`},
		{"missing commas", `{"city": "北京" "days": 3
			"tags": ["a" "b"]}`, `{"city":"北京","days":3,"tags":["a","b"]}`},
		{"comments", "{\"city\": \"北京\", // 城市\n /* 天数 */ \"days\": 3 # 三天\n}", `{"city":"北京","days":3}`},
		{"keys and values without quotes", `{city: 北京, days: 3, at: 2026-11-22 10:00}`, `{"city":"北京","days":3,"at":"2026-11-22 10:00"}`},
		{"smart quotes", `{“city”: “北京”, ‘days’: 3, 「tags」: [「a」]}`, `{"city":"北京","days":3,"tags":["a"]}`},
		{"smart quotes in content stay", `{"city": "“北京”，『好』"}`, `{"city": "“北京”，『好』"}`},
		{"full-width punctuation", `｛“city”：“北京”，“tags”：［“a”，“b”］｝`, `{"city":"北京","tags":["a","b"]}`},
		{"raw line break in a string", "{\"city\": \"北\n京\"}", `{"city":"北\n京"}`},
		{"escapes that mean nothing", `{"city": "C:\Windows \d+ \'x\'"}`, `{"city":"C:\\Windows \\d+ 'x'"}`},
		{"escaped once too often", `{\"city\": \"北京\", \"days\": 3}`, `{"city":"北京","days":3}`},
		{"a string that holds the object", `"{\"city\": \"北京\"}"`, `{"city":"北京"}`},
		{"quotes inside a string", `{"city": "他说"你好"，然后走了", "days": 3}`, `{"city":"他说\"你好\"，然后走了","days":3}`},
		{"apostrophe in single quotes", `{'city': 'Xi'an', 'days': 3}`, `{"city":"Xi'an","days":3}`},
		{"closing quote missing", `{"city": "北京, "days": 3}`, `{"city":"北京","days":3}`},
		{"closing quote missing at the end", `{"city": "北京}`, `{"city":"北京"}`},
		{"cut inside a string", `{"days": 3, "city": "北京`, `{"days":3,"city":"北京"}`},
		{"cut after a name", `{"city": "北京", "days":`, `{"city":"北京"}`},
		{"list not closed", `{"city": "北京", "tags": ["a", "b", "days": 3}`, `{"city":"北京","tags":["a","b"],"days":3}`},
		{"list closed by a brace", `{"city": "北京", "tags": ["a", "b"}`, `{"city":"北京","tags":["a","b"]}`},
		{"no braces", `"city": "北京", "days": 3`, `{"city":"北京","days":3}`},
		{"one field per line", "city: 北京\ndays: 3", `{"city":"北京","days":3}`},
		{"commas too many", `{"city": "北京" , , "days": 3}`, `{"city":"北京","days":3}`},
		{"Chinese enumeration comma", `{"city": "北京"、"days": 3}`, `{"city":"北京","days":3}`},
		{"cut inside a literal", `{"city": "北京", "direct": fal`, `{"city":"北京","direct":false}`},
		{"duplicate: the last counts", `{"city": "上海", "city": "北京"}`, `{"city":"北京"}`},
		{"value missing", `{"city": "北京", "days": , "tags": ["a"]}`, `{"city":"北京","tags":["a"]}`},
		{"thousands without quotes", `{"city": "北京", "days": 1,200}`, `{"city":"北京","days":1200}`},
		{"bad UTF-8", "{\"city\": \"a\xffb\"}", `{"city": "a�b"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := mustCompile(t, trip).Repair(c.raw)
			require.NoError(t, err)
			require.Equal(t, c.want, got.JSON)
			if c.raw != c.want && !json.Valid([]byte(c.raw)) {
				require.NotEmpty(t, got.Notes)
			}
		})
	}
}

func TestRepairCoercion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, field, raw, want string }{
		{"integer from digits", "days", `"5"`, `5`},
		{"integer from full-width digits", "days", `"１９７９"`, `1979`},
		{"integer from words", "days", `"三十五"`, `35`},
		{"integer from mixed writing", "days", `"3万5"`, `35000`},
		{"integer from thousands", "days", `"123,456,789"`, `123456789`},
		{"integer from a fraction of zero", "days", `120.0`, `120`},
		{"integer from an exponent", "days", `1.2e2`, `120`},
		{"integer beyond float64", "days", `9007199254740993`, `9007199254740993`},
		{"integer beyond float64 as text", "days", `"9007199254740993"`, `9007199254740993`},
		{"number from full-width text", "price", `"－１１８．２４３７"`, `-118.2437`},
		{"number from a bare point", "price", `".5"`, `0.5`},
		{"number with the schema's unit", "price", `"50元"`, `50`},
		{"number in words with the schema's unit", "price", `"三万元"`, `30000`},
		{"percent where percent is meant", "percent", `"25%"`, `25`},
		{"percent where the limit is one", "ratio", `"25%"`, `0.25`},
		{"boolean from a word", "direct", `"开启"`, `true`},
		{"boolean from a negative word", "direct", `"不要"`, `false`},
		{"boolean from Python text", "direct", `"False"`, `false`},
		{"boolean from a number", "direct", `1`, `true`},
		{"text from a number", "city", `12345`, `"12345"`},
		{"text from a long number", "city", `12345678901234567890.10`, `"12345678901234567890.10"`},
		{"text from a boolean", "city", `true`, `"true"`},
		{"text from a list of one", "city", `["北京"]`, `"北京"`},
		{"text keeps its space", "city", `" 北京 "`, `" 北京 "`},
		{"enum in another case", "cabin", `" economy "`, `"Economy"`},
		{"enum with other marks", "cabin", `"first_class"`, `"First Class"`},
		{"enum in another width", "cabin", `"ＥＣＯＮＯＭＹ"`, `"Economy"`},
		{"list of one", "tags", `"a"`, `["a"]`},
		{"text with commas is one item", "tags", `"a、b"`, `["a、b"]`},
		{"list inside a string", "tags", `"[\"a\", \"b\"]"`, `["a","b"]`},
		{"numbers in a row", "seats", `"1、2，3"`, `[1,2,3]`},
		{"one number with a separator", "seats", `"1,000"`, `[1000]`},
		{"empty text for a list", "seats", `""`, `[]`},
		{"listed values in a row", "meals", `"早餐、晚餐"`, `["早餐","晚餐"]`},
		{"one listed value", "meals", `"早餐"`, `["早餐"]`},
		{"object inside a string", "guest", `"{'full_name': '李雷'}"`, `{"full_name":"李雷"}`},
		{"object in a list", "guest", `[{"full_name": "李雷"}]`, `{"full_name":"李雷"}`},
		{"names in another spelling", "guest", `{"fullName": "李雷", "Age": "８"}`, `{"full_name":"李雷","age":8}`},
		{"field that is not allowed", "guest", `{"full_name": "李雷", "sex": 1}`, `{"full_name":"李雷"}`},
		{"null that is optional", "guest", `{"full_name": null}`, `{}`},
		{"null that is allowed", "limit", `"None"`, `null`},
		{"number where null is allowed", "limit", `"5"`, `5`},
		{"date with slashes", "date", `"2026/1/2"`, `"2026-01-02"`},
		{"date in Chinese", "date", `"2026年11月22日"`, `"2026-11-22"`},
		{"date in digits", "date", `"20261122"`, `"2026-11-22"`},
		{"date that is none stays", "date", `"2026/13/22"`, `"2026/13/22"`},
		{"time of a date stays", "at", `"2026/11/22 10:00:00"`, `"2026-11-22T10:00:00"`},
		{"standard date stays", "at", `"2026-11-22 10:00"`, `"2026-11-22 10:00"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := mustCompile(t, strings.Replace(trip, `"required": ["city"]`, `"required": []`, 1))
			got, err := s.Repair(`{"` + c.field + `":` + c.raw + `}`)
			require.NoError(t, err)
			require.Equal(t, `{"`+c.field+`":`+c.want+`}`, got.JSON)
			require.Equal(t, c.raw == c.want, got.Notes == nil, "notes %v", got.Notes)
		})
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, raw, want string }{
		{"no object", "我不能这样做。", "no object found, write the arguments as one JSON object"},
		{"empty text", "", "city: required field is missing"},
		{"null", "null", "city: required field is missing"},
		{"required null", `{"city": null}`, "city: want string, got null"},
		{"not a number", `{"city": "x", "days": "很多"}`, `days: want integer, got "很多"`},
		{"two signs", `{"city": "x", "price": "--5", "days": "+-3"}`, "price: want number, got \"--5\"\ndays: want integer, got \"+-3\""},
		{"approximate number", `{"city": "x", "days": "十几"}`, `days: want integer, got "十几"`},
		{"fraction", `{"city": "x", "days": 3.5}`, `days: want integer, got 3.5`},
		{"unit that the schema does not name", `{"city": "x", "price": "50美分"}`, `price: want number, got "50美分"`},
		{"percent that may mean either", `{"city": "x", "price": "25%"}`, `price: want number, got "25%"`},
		{"discount that may mean several", `{"city": "x", "price": "八五折"}`, `price: want number, got "八五折"`},
		{"one of a list", `{"city": "x", "meals": "夜宵"}`, `meals[0]: want one of "早餐", "午餐", "晚餐", got "夜宵"`},
		{"prose with a colon", "注意：城市不存在", "no object found, write the arguments as one JSON object"},
		{"query", "city=北京&days=3", "no object found, write the arguments as one JSON object"},
		{"below the minimum", `{"city": "x", "days": "0"}`, `days: want at least 1, got 0`},
		{"above a maximum beyond float64", `{"city": "x", "days": 9007199254740994}`, `days: want at most 9007199254740993, got 9007199254740994`},
		{"enum", `{"city": "x", "cabin": "头等"}`, `cabin: want one of "Economy", "First Class", "商务", got "头等"`},
		{"inside a list", `{"city": "x", "seats": [1, "二", "三个"]}`, `seats[2]: want integer, got "三个"`},
		{"inside an object", `{"city": "x", "guest": {"age": "老"}}`, `guest.age: want integer, got "老"`},
		{"NaN", `{"city": "x", "price": NaN}`, `price: want number, got NaN`},
		{"infinity without a schema", `{"city": "x", "other": -Infinity}`, `other: want a finite number, got -Infinity`},
		{"union", `{"city": "x", "limit": "很多"}`, `limit: want integer or null, got "很多"`},
		{"several", `{"days": {}, "direct": "也许"}`, "days: want integer, got an object\ndirect: want boolean, got \"也许\"\ncity: required field is missing"},
		{"too deep", `{"city": ` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + `}`, "nested too deep"},
		{"too long", strings.Repeat(" ", MaxInput+1), "the arguments are 1048577 bytes long, the most that is read is 1048576"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := mustCompile(t, trip).Repair(c.raw)
			var problems Problems
			require.True(t, errors.As(err, &problems))
			require.Equal(t, c.want, err.Error())
		})
	}
}

func TestValidTextIsUntouched(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`{"city":"北京"}`,
		" {\n\t\"city\" : \"\\u5317京\", \"days\": 12, \"price\": 1.50e1, \"tags\": [ ] }\n",
		`{"city": "x", "unknown": [1.0, {"a": null}]}`,
		"{\"city\": \"看 ” 这 ```\", \"guest\": {\"full_name\": \"\"}}",
	} {
		got, err := mustCompile(t, trip).Repair(raw)
		require.NoError(t, err)
		require.Equal(t, raw, got.JSON)
		require.Nil(t, got.Notes)
	}
}

func TestAlternatives(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, schema, raw, want, problem string }{
		{"first branch that accepts", `{"anyOf": [{"type": "integer"}, {"type": "string"}]}`, `"5"`, `"5"`, ""},
		{"branch after change", `{"anyOf": [{"type": "integer"}, {"type": "null"}]}`, `"５"`, `5`, ""},
		{"integer written as one", `{"anyOf": [{"type": "integer"}, {"type": "null"}]}`, `5.0`, `5`, ""},
		{"least change", `{"oneOf": [
			{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false},
			{"type": "object", "properties": {"b": {"type": "integer"}}, "additionalProperties": false}]}`, `{"b": "3"}`, `{"b":3}`, ""},
		{"by constant", `{"oneOf": [
			{"properties": {"kind": {"const": "circle"}, "r": {"type": "number"}}, "required": ["kind", "r"]},
			{"properties": {"kind": {"const": "square"}, "a": {"type": "number"}}, "required": ["kind", "a"]}]}`,
			`{"kind": "Square", "a": "二"}`, `{"kind":"square","a":2}`, ""},
		{"no branch", `{"anyOf": [{"type": "integer"}, {"type": "null"}]}`, `"很多"`, "", `v: want integer or null, got "很多"`},
		{"inside the branch that is meant", `{"anyOf": [{"type": "null"}, {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}]}`,
			`{"a": "很多"}`, "", `v.a: want integer, got "很多"`},
		{"exactly one", `{"oneOf": [{"type": "number"}, {"type": "integer"}]}`, `5`, "", "v: fits several of the alternatives, want exactly one"},
		{"all", `{"allOf": [{"type": "integer"}, {"minimum": 3}]}`, `"5"`, `5`, ""},
		{"not", `{"type": "string", "not": {"const": "x"}}`, `"x"`, "", "v: this value is excluded by the schema"},
		{"if", `{"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"type": "integer"}}`, `"x"`, "", `v: want at least 2 characters, got "x"`},
		{"else", `{"if": {"type": "object"}, "else": {"type": "integer"}}`, `"5"`, `5`, ""},
		{"reference", `{"$ref": "#/$defs/n"}`, `"5"`, `5`, ""},
		{"recursion", `{"$ref": "#/$defs/list"}`, `{"next": {"next": {"n": "2"}}}`, `{"next":{"next":{"n":2}}}`, ""},
		{"boolean word for a pair", `{"type": "string", "enum": ["是", "否"]}`, `true`, `"是"`, ""},
		{"ambiguous enum", `{"enum": ["a b", "a_b"]}`, `"A-B"`, "", `v: want one of "a b", "a_b", got "A-B"`},
		{"number from an enum", `{"enum": [1, 2, 3]}`, `"2"`, `2`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := mustCompile(t, `{"type": "object", "properties": {"v": `+c.schema+`}, "$defs": {
				"n": {"type": "integer"},
				"list": {"type": "object", "properties": {"n": {"$ref": "#/$defs/n"}, "next": {"$ref": "#/$defs/list"}}}}}`)
			got, err := s.Repair(`{"v":` + c.raw + `}`)
			if c.problem != "" {
				require.EqualError(t, err, c.problem)
				return
			}
			require.NoError(t, err)
			require.Equal(t, `{"v":`+c.want+`}`, got.JSON)
		})
	}
}

func TestRootThatIsNoObject(t *testing.T) {
	t.Parallel()
	list := mustCompile(t, `{"type": "array", "items": {"type": "integer"}}`)
	got, err := list.Repair("结果：\n```json\n[1, \"二\"]\n```")
	require.NoError(t, err)
	require.Equal(t, `[1,2]`, got.JSON)
	word := mustCompile(t, `{"type": "string", "enum": ["Yes", "No"]}`)
	got, err = word.Repair(`"yes"`)
	require.NoError(t, err)
	require.Equal(t, `"Yes"`, got.JSON)
}

func TestGoTimesAreCompleted(t *testing.T) {
	t.Parallel()
	s, err := CompileGo(json.RawMessage(`{"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}}}`))
	require.NoError(t, err)
	for written, want := range map[string]string{
		"2026-11-22T10:00:00Z":  "2026-11-22T10:00:00Z",
		"2026-11-22T10:00:00.5": "2026-11-22T10:00:00.5+08:00",
		"2026-11-22 10:00":      "2026-11-22T10:00:00+08:00",
		"2026-11-22T10:00-0530": "2026-11-22T10:00:00-05:30",
		"2026-11-22":            "2026-11-22T00:00:00+08:00",
		"2026年1月2日 08:30":       "2026-01-02T08:30:00+08:00",
		"2026/1/2":              "2026-01-02T00:00:00+08:00",
		"2026-11-22T25:00:00":   "2026-11-22T25:00:00",
		"明天早上":                  "明天早上",
	} {
		got, err := s.Repair(`{"at":"` + written + `"}`)
		require.NoError(t, err)
		require.Equal(t, `{"at":"`+want+`"}`, got.JSON)
	}
}

func TestCompile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, schema, problem string }{
		{"empty", ``, ""},
		{"null", `null`, ""},
		{"true", `true`, ""},
		{"types of other languages", `{"type": "dict", "properties": {"a": {"type": "float"}, "b": {"type": "any"}, "c": {"type": "STRING"}}}`, ""},
		{"pattern that Go cannot compile", `{"properties": {"a": {"pattern": "^(?=x)"}}}`, ""},
		{"unknown keyword", `{"unit": "元", "unevaluatedProperties": false}`, ""},
		{"anchor", `{"properties": {"a": {"$ref": "#x"}}, "$defs": {"q": {"$anchor": "x", "type": "string"}}}`, ""},
		{"not JSON", `{"type": }`, "schema: invalid character '}' looking for beginning of value"},
		{"unknown type", `{"properties": {"a": {"type": "colour"}}}`, `schema: #/properties/a/type: unknown type "colour", want one of boolean, integer, number, string, array, object, null`},
		{"enum that is no list", `{"properties": {"a": {"enum": "x"}}}`, `schema: #/properties/a/enum: want a list, got string "x"`},
		{"schema that is a string", `{"properties": {"a": "string"}}`, `schema: #/properties/a: want a schema object, got string "string"`},
		{"bound that is no number", `{"minimum": "low"}`, `schema: #/minimum: want a number, got string "low"`},
		{"count below zero", `{"minItems": -1}`, `schema: #/minItems: want a count, got -1`},
		{"reference to nothing", `{"$ref": "#/$defs/x"}`, `schema: #/$ref: nothing at "#/$defs/x"`},
		{"reference elsewhere", `{"$ref": "https://example.com/s"}`, `schema: #/$ref: "https://example.com/s" is not in this document, put the schema under $defs`},
		{"endless reference", `{"$ref": "#"}`, "schema: $ref leads back to itself without a property or item between"},
		{"endless reference among alternatives", `{"anyOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}`, "schema: $ref leads back to itself without a property or item between"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Compile(json.RawMessage(c.schema))
			if c.problem == "" {
				require.NoError(t, err)
			} else {
				require.EqualError(t, err, c.problem)
			}
		})
	}
}

func TestValue(t *testing.T) {
	t.Parallel()
	v, err := Value("好：{'a': [1, 2.50, None]}")
	require.NoError(t, err)
	require.Equal(t, map[string]any{"a": []any{json.Number("1"), json.Number("2.50"), nil}}, v)
	v, err = Value("[1, 2]")
	require.NoError(t, err)
	require.Equal(t, []any{json.Number("1"), json.Number("2")}, v)
	_, err = Value("没有")
	require.EqualError(t, err, "no JSON value in the text")
}
