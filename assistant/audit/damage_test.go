package audit

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

type otherSigner struct{}

func (otherSigner) Public() crypto.PublicKey { return &rsa.PublicKey{} }
func (otherSigner) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return nil, os.ErrInvalid
}

// smallLog returns the files of a log, by their path in the folder.
func smallLog(t testing.TB) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	l := open(t, dir, Config{Classes: []Class{{"a", 6}, {"b", 6}}, Every: 3, SegmentBytes: 500})
	for range 5 {
		require.NoError(t, l.Append(t.Context(), Entry{Kind: "x", Subject: "小林", Private: map[string]string{"p": "q"}}))
	}
	require.NoError(t, l.Append(t.Context(), Entry{Kind: "x", Class: "b"}))
	require.NoError(t, l.Close())
	files := make(map[string][]byte)
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "lock" {
			return err
		}
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		files[name], err = os.ReadFile(path)
		return err
	}))
	require.Greater(t, len(files), 6)
	return files
}

func lay(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	for name, b := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, b, 0o600))
	}
}

func TestEveryFlippedByteIsFound(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	files := smallLog(t)
	dir := t.TempDir()
	lay(t, dir, files)
	_, err := Verify(t.Context(), dir, Trust{})
	require.NoError(t, err)
	for name, b := range files {
		for i := range b {
			changed := bytes.Clone(b)
			changed[i] ^= 1 << (i % 8)
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), changed, 0o600))
			_, err := Verify(t.Context(), dir, Trust{})
			require.ErrorIs(t, err, ErrTampered, "byte %d of %s", i, name)
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), b, 0o600))
	}
}

func TestEveryTruncationIsFound(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	files := smallLog(t)
	dir := t.TempDir()
	lay(t, dir, files)
	for name, b := range files {
		path := filepath.Join(dir, name)
		for n := range b {
			require.NoError(t, os.WriteFile(path, b[:n], 0o600))
			_, err := Verify(t.Context(), dir, Trust{})
			require.ErrorIs(t, err, ErrTampered, "%s cut to %d bytes", name, n)
		}
		require.NoError(t, os.Remove(path))
		_, err := Verify(t.Context(), dir, Trust{})
		require.ErrorIs(t, err, ErrTampered, "%s removed", name)
		require.NoError(t, os.WriteFile(path, b, 0o600))
	}
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "b")))
	_, err := Verify(t.Context(), dir, Trust{})
	require.ErrorIs(t, err, ErrTampered, "a whole class removed")
}

func FuzzOpenDamaged(f *testing.F) {
	files := smallLog(f)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	for i := range names {
		f.Add(uint8(i), 10, []byte{1, 2, 3})
	}
	f.Fuzz(func(t *testing.T, which uint8, at int, put []byte) {
		name := names[int(which)%len(names)]
		b := files[name]
		if at < 0 || at > len(b) {
			return
		}
		changed := append(append(bytes.Clone(b[:at]), put...), b[min(len(b), at+len(put)):]...)
		dir := t.TempDir()
		lay(t, dir, files)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), changed, 0o600))
		_, err := Verify(t.Context(), dir, Trust{})
		if bytes.Equal(changed, b) {
			require.NoError(t, err)
		}
		l, err := Open(t.Context(), dir, Config{Classes: []Class{{"a", 6}, {"b", 6}}})
		if err != nil {
			return
		}
		for _, err := range l.Records(t.Context(), Query{}) {
			if err != nil {
				break
			}
		}
		require.NoError(t, l.Close())
	})
}
