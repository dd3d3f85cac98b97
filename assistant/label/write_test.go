package label_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

func written(t *testing.T, l label.Label) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, label.Write(&out, bytes.NewReader(picture(t)), l))
	return out.Bytes()
}

func requireSays(t *testing.T, file []byte, l label.Label) {
	t.Helper()
	report, err := label.Read(bytes.NewReader(file))
	require.NoError(t, err)
	require.Len(t, report.Findings, 1)
	require.Equal(t, l, report.Findings[0].Label)
}

// Nobody writes over what somebody else has written.
func TestWriteDoesNotForge(t *testing.T) {
	t.Parallel()
	passed := example
	passed.ContentPropagator, passed.PropagateID = "Platform", "s-1"
	guess := label.Label{Status: label.Suspected, ContentPropagator: "Platform", PropagateID: "s-1"}
	newer := label.First("Example", "p-2", label.EmptyOnFirstWrite)
	for name, c := range map[string]struct {
		old label.Label
		new label.Label
		ok  bool
	}{
		"the same producer":        {example, newer, true},
		"another producer":         {example, label.First("Other", "1", label.CopyOnFirstWrite), false},
		"over a platform's fields": {passed, newer, false},
		"with a platform's fields": {passed, label.Label{Status: "1", ContentProducer: "Example", ProduceID: "p-2", ContentPropagator: "Platform", PropagateID: "s-1"}, true},
		"over a platform's guess":  {guess, example, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			old := picture(t, c.old.String())
			var out bytes.Buffer
			err := label.Write(&out, bytes.NewReader(old), c.new)
			if c.ok {
				require.NoError(t, err)
				requireSays(t, out.Bytes(), c.new)
				return
			}
			require.ErrorIs(t, err, label.ErrLabelled)
			require.Empty(t, out.Bytes())
		})
	}
	require.ErrorIs(t, label.Write(new(bytes.Buffer), bytes.NewReader(picture(t)), label.Label{}), label.ErrInvalid)
	require.ErrorIs(t, label.Write(new(bytes.Buffer), bytes.NewReader([]byte("\x00")), example), label.ErrFormat)
	require.ErrorIs(t, label.Write(new(bytes.Buffer), bytes.NewReader(picture(t)[:30]), example), label.ErrMalformed)
	require.ErrorIs(t, label.Write(full{}, bytes.NewReader(picture(t)), example), errFull)
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestPropagate(t *testing.T) {
	t.Parallel()
	p := label.Propagation{Platform: "Platform", ID: "s-1", Reserved: "r"}
	odd := label.Label{Status: "AIGC", ContentProducer: "我的 App", ProduceID: "1"}
	kept := odd
	kept.Status, kept.ContentPropagator, kept.PropagateID, kept.ReservedCode2 = "1", "Platform", "s-1", "r"
	second := example
	second.ContentPropagator, second.PropagateID, second.ReservedCode2 = "Platform", "s-1", "r"
	guess := label.Label{ContentPropagator: "Platform", PropagateID: "s-1", ReservedCode2: "r"}
	possible, suspected := guess, guess
	possible.Status, suspected.Status = label.Possible, label.Suspected
	earlier := label.Label{Status: label.Possible, ContentPropagator: "Earlier", PropagateID: "e"}
	for name, c := range map[string]struct {
		file               []byte
		declared, detected bool
		want               label.Label
		err                error
	}{
		"labelled":                     {file: picture(t, example.String()), want: second},
		"labelled and declared":        {file: picture(t, example.String()), declared: true, want: second},
		"labelled otherwise":           {file: picture(t, odd.String()), want: kept},
		"passed on before":             {file: picture(t, earlier.String()), want: possible},
		"declared":                     {file: picture(t), declared: true, detected: true, want: possible},
		"detected":                     {file: picture(t), detected: true, want: suspected},
		"nothing says so":              {file: picture(t), err: label.ErrNotFound},
		"two that say the same":        {file: picture(t, example.String(), example.String()), want: second},
		"two that do not say the same": {file: picture(t, example.String(), odd.String()), err: label.ErrAmbiguous},
		"not readable":                 {file: picture(t, "?"), declared: true, err: label.ErrLabelled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := p
			p.Declared, p.Detected = c.declared, c.detected
			var out bytes.Buffer
			err := label.Propagate(&out, bytes.NewReader(c.file), p)
			if c.err != nil {
				require.ErrorIs(t, err, c.err)
				require.Empty(t, out.Bytes())
				return
			}
			require.NoError(t, err)
			requireSays(t, out.Bytes(), c.want)
		})
	}
	for _, bad := range []label.Propagation{{}, {Platform: "P"}, {ID: "1"}, {Platform: "a b", ID: "1"}} {
		require.ErrorIs(t, label.Propagate(new(bytes.Buffer), bytes.NewReader(picture(t)), bad), label.ErrInvalid)
	}
}

func TestCarryOver(t *testing.T) {
	t.Parallel()
	carry := func(media, labelled []byte) ([]byte, error) {
		var out bytes.Buffer
		err := label.CarryOver(&out, bytes.NewReader(media), bytes.NewReader(labelled))
		return out.Bytes(), err
	}
	got, err := carry(picture(t), written(t, example))
	require.NoError(t, err)
	requireSays(t, got, example)
	again, err := carry(got, written(t, example))
	require.NoError(t, err)
	require.Equal(t, got, again)
	text, err := carry([]byte("# 标题\n"), got) // of another format
	require.NoError(t, err)
	requireSays(t, text, example)
	odd := label.Label{Status: "AIGC", ContentProducer: "我的 App"}
	got, err = carry(picture(t), picture(t, odd.String()))
	require.NoError(t, err, "just as it is")
	requireSays(t, got, odd)

	_, err = carry(picture(t), picture(t))
	require.ErrorIs(t, err, label.ErrNotFound)
	_, err = carry(picture(t, odd.String()), written(t, example))
	require.ErrorIs(t, err, label.ErrLabelled)
	_, err = carry(picture(t), picture(t, odd.String(), example.String()))
	require.ErrorIs(t, err, label.ErrAmbiguous)
}

func TestDecide(t *testing.T) {
	t.Parallel()
	report, err := label.Read(bytes.NewReader(picture(t, "?", `{"Label":"3"}`)))
	require.NoError(t, err)
	status, ok := label.Decide(label.Evidence{Report: report, Declared: true})
	require.True(t, ok)
	require.Equal(t, label.Suspected, status, "what the label says goes first")
}

func TestFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link := filepath.Join(dir, "a.png"), filepath.Join(dir, "link.png")
	require.NoError(t, os.WriteFile(path, picture(t), 0o640))
	require.NoError(t, os.Symlink("a.png", link))

	require.NoError(t, label.WriteFile(link, link, example))
	info, err := os.Lstat(link)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink, "a link stays a link")
	info, err = os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode())
	report, err := label.ReadFile(path)
	require.NoError(t, err)
	got, ok := report.Label()
	require.True(t, ok)
	require.Equal(t, example, got)

	// What fails leaves everything as it was.
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	other := label.First("Other", "1", label.EmptyOnFirstWrite)
	require.ErrorIs(t, label.WriteFile(path, path, other), label.ErrLabelled)
	require.ErrorIs(t, label.WriteFile(path, path, label.Label{}), label.ErrInvalid)
	require.ErrorIs(t, label.CarryOverFile(path, path, filepath.Join(dir, "none")), os.ErrNotExist)
	require.ErrorIs(t, label.PropagateFile(path, path, label.Propagation{}), label.ErrInvalid)
	require.ErrorIs(t, label.WriteFile(filepath.Join(dir, "none", "a.png"), path, example), os.ErrNotExist)
	require.ErrorContains(t, label.WriteFile(path, dir, example), "not a regular file")
	_, err = label.ReadFile(dir)
	require.ErrorContains(t, err, "not a regular file")
	broken := filepath.Join(dir, "broken.png")
	require.NoError(t, os.WriteFile(broken, picture(t)[:40], 0o600))
	require.ErrorIs(t, label.WriteFile(path, broken, example), label.ErrMalformed)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 3, "nothing is left behind")
}
