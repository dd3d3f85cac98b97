package label_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

// made returns a code whose check digit is right.
func made(t *testing.T, subject string) string {
	t.Helper()
	const digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for _, d := range digits {
		if label.CheckUSCC(subject+string(d)) == nil {
			return "0011" + subject + string(d) + "10001"
		}
	}
	t.Fatalf("no check digit fits %s", subject)
	return ""
}

func TestCheck(t *testing.T) {
	t.Parallel()
	good := label.First("Example", "p-1", label.CopyOnFirstWrite)
	code := made(t, "91110000MA0123456")
	for name, c := range map[string]struct {
		change func(*label.Label)
		want   string // in the error; none if empty
	}{
		"as it is":               {func(*label.Label) {}, ""},
		"quotes":                 {func(l *label.Label) { l.ReservedCode1 = `{"a":"b"}` }, ""},
		"a code":                 {func(l *label.Label) { l.ContentProducer = code }, ""},
		"no platform":            {func(l *label.Label) { l.ContentPropagator, l.PropagateID = "", "" }, ""},
		"a platform's guess":     {func(l *label.Label) { l.Status, l.ContentProducer, l.ProduceID = label.Suspected, "", "" }, ""},
		"all characters":         {func(l *label.Label) { l.ProduceID = "!#$%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~" }, ""},
		"a blank":                {func(l *label.Label) { l.ContentProducer = "A B" }, `ContentProducer: the character ' '`},
		"Chinese":                {func(l *label.Label) { l.ContentProducer = "示例" }, `'示'`},
		"a backslash":            {func(l *label.Label) { l.ProduceID = `a\b` }, "ProduceID"},
		"a control character":    {func(l *label.Label) { l.ReservedCode2 = "a\nb" }, "ReservedCode2"},
		"DEL":                    {func(l *label.Label) { l.ReservedCode2 = "a\x7f" }, "ReservedCode2"},
		"another status":         {func(l *label.Label) { l.Status = "AIGC" }, `Label: "AIGC" is not`},
		"no producer":            {func(l *label.Label) { l.ContentProducer = "" }, "ContentProducer: it is empty"},
		"no number":              {func(l *label.Label) { l.ProduceID = "" }, "ProduceID: it is empty"},
		"a guess of nobody":      {func(l *label.Label) { *l = label.Label{Status: label.Possible} }, "ContentProducer: it is empty"},
		"half a platform":        {func(l *label.Label) { l.PropagateID = "" }, "go together"},
		"a code, wrong digit":    {func(l *label.Label) { l.ContentProducer = strings.Replace(code, "91110000", "91110001", 1) }, "check digit"},
		"a code of the platform": {func(l *label.Label) { l.ContentPropagator = code[:22] + "90000" }, "service type"},
		"too long":               {func(l *label.Label) { l.ReservedCode1 = strings.Repeat("x", 8193) }, "8193 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := good
			c.change(&l)
			if c.want == "" {
				require.NoError(t, l.Check())
				return
			}
			require.ErrorIs(t, l.Check(), label.ErrInvalid)
			require.ErrorContains(t, l.Check(), c.want)
		})
	}
}

// The writer's text has the seven keys in their order, nothing between the tokens and no escape but one.
func TestText(t *testing.T) {
	t.Parallel()
	l := label.First("Example<&>", "p-1", label.EmptyOnFirstWrite)
	l.ReservedCode1 = `{"a":1}`
	const want = `{"Label":"1","ContentProducer":"Example<&>","ProduceID":"p-1","ReservedCode1":"{\"a\":1}","ContentPropagator":"","PropagateID":"","ReservedCode2":""}`
	require.Equal(t, want, l.String())
	b, err := l.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, want, string(b))
	var keys map[string]string
	require.NoError(t, json.Unmarshal(b, &keys))
	require.Len(t, keys, 7)
}

func TestCode(t *testing.T) {
	t.Parallel()
	text := made(t, "91110000MA0123456")
	c, err := label.ParseCode(text)
	require.NoError(t, err)
	require.Equal(t, byte('1'), c.Service)
	require.True(t, c.Extended())
	require.Equal(t, text, c.String())
	c, err = label.ParseCode(text[:22] + "00000")
	require.NoError(t, err)
	require.False(t, c.Extended())
	require.Empty(t, label.Code{}.String())
	for name, s := range map[string]string{
		"short": text[:26], "format": "01" + text[2:], "small letters": strings.ToLower(text), "check digit": text[:10] + "9" + text[11:],
		"a letter of none": text[:8] + "I" + text[9:], "service": text[:22] + "30000", "not extended": text[:22] + "00001",
	} {
		_, err := label.ParseCode(s)
		require.ErrorIs(t, err, label.ErrCode, name)
	}
	require.Error(t, label.CheckUSCC("1"))
}

// Every wrong digit and every two digits that changed places are found.
func TestUSCC(t *testing.T) {
	t.Parallel()
	good := made(t, "91110000MA0123456")[4:22]
	require.NoError(t, label.CheckUSCC(good))
	for i := range good {
		for _, d := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
			if byte(d) != good[i] {
				require.Error(t, label.CheckUSCC(good[:i]+string(d)+good[i+1:]))
			}
		}
		if i > 0 && good[i] != good[i-1] {
			require.Error(t, label.CheckUSCC(good[:i-1]+string(good[i])+string(good[i-1])+good[i+1:]))
		}
	}
}
