package label_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

// namespace teaches exiftool the property.
const namespace = `%Image::ExifTool::UserDefined = ('Image::ExifTool::XMP::Main' => {TC260 => {SubDirectory => {TagTable => 'Image::ExifTool::UserDefined::TC260'}}});
%Image::ExifTool::UserDefined::TC260 = (GROUPS => {0 => 'XMP', 1 => 'XMP-TC260', 2 => 'Image'},
  NAMESPACE => {'TC260' => 'http://www.tc260.org.cn/ns/AIGC/1.0/'}, WRITABLE => 'string', AIGC => {});
1;
`

// What another tool writes is read, and where we write too, taken over by what we write.
func TestWhatOthersWrite(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	needs(t, "exiftool", "convert", "ffmpeg", "identify")
	dir := t.TempDir()
	config := filepath.Join(dir, "config")
	require.NoError(t, os.WriteFile(config, []byte(namespace), 0o600))
	avif := []string{"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1", "-c:v", "libaom-av1", "-cpu-used", "8", "-f", "avif"}
	for name, c := range map[string]struct {
		file string
		make []string
		tag  string
		old  string // of the label, as it is written
		read bool   // only
	}{
		"JPEG":                  {"a.jpg", drawing, "-XMP-TC260:AIGC=", bare, false},
		"JPEG, EXIF":            {"b.jpg", drawing, "-UserComment=", `{"AIGC":` + bare + `}`, false},
		"JPEG, EXIF in UTF-16":  {"c.jpg", drawing, "-UserComment=", `图 {"AIGC":` + bare + `}`, false},
		"JPEG, the description": {"d.jpg", drawing, "-EXIF:ImageDescription=", `{"AIGC":` + bare + `}`, false},
		"PNG":                   {"a.png", drawing, "-XMP-TC260:AIGC=", bare, false},
		"PNG, EXIF":             {"b.png", drawing, "-EXIF:UserComment=", `{"AIGC":` + bare + `}`, false},
		"WebP":                  {"a.webp", drawing, "-XMP-TC260:AIGC=", bare, false},
		"WebP, EXIF":            {"b.webp", drawing, "-EXIF:UserComment=", `{"AIGC":` + bare + `}`, false},
		"GIF":                   {"a.gif", drawing, "-XMP-TC260:AIGC=", bare, false},
		"GIF, a comment":        {"b.gif", drawing, "-Comment=", bare, false},
		"TIFF":                  {"a.tiff", drawing, "-XMP-TC260:AIGC=", bare, false},
		"AVIF":                  {"a.avif", avif, "-XMP-TC260:AIGC=", bare, true},
		"AVIF, EXIF":            {"b.avif", avif, "-EXIF:UserComment=", `{"AIGC":` + bare + `}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, c.file)
			output(t, c.make[0], append(c.make[1:len(c.make):len(c.make)], path)...)
			require.Equal(t, label.NotFound, label.VerifyFile(path).Verdict, label.VerifyFile(path).Reasons)
			output(t, "exiftool", "-config", config, "-q", "-overwrite_original", "-XMP-dc:Title=题", c.tag+c.old, path)
			requireLabel(t, path, example)
			newer := label.First("Example", "p-2", label.EmptyOnFirstWrite)
			if c.read {
				require.ErrorIs(t, label.WriteFile(path, path, newer), label.ErrFormat)
				requireLabel(t, path, example)
				return
			}
			pixels := output(t, "identify", "-format", "%# ", path)
			require.NoError(t, label.WriteFile(path, path, newer))
			requireLabel(t, path, newer)
			require.Equal(t, pixels, output(t, "identify", "-format", "%# ", path))
			said := output(t, shown[0], append(shown[1:len(shown):len(shown)], path)...)
			require.Regexp(t, `p-2`, said)
			require.Regexp(t, `Title +: 题`, said, "the rest of the packet stays")
			require.NotRegexp(t, `p-1`, said)
			b, err := os.ReadFile(path)
			require.NoError(t, err)
			require.False(t, bytes.Contains(b, []byte(`"p-1"`)), "nothing of the old label is left")
		})
	}
}
