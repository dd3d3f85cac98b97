package label

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file that does not say what was written into it is not left in place.
func TestReadBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.md")
	l := First("Example", "p-1", EmptyOnFirstWrite)
	for name, text := range map[string]string{
		"no label":      "# a\n",
		"another label": "---\nAIGC:\n  Label: \"1\"\n  ContentProducer: Other\n---\n",
		"damaged":       "\x00",
	} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		f, err := os.Open(path)
		require.NoError(t, err)
		require.ErrorIs(t, readBack(f, l), ErrReadBack, name)
		require.NoError(t, f.Close())
	}
}
