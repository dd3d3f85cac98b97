package label_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

// A kind is one kind of file that a real tool makes.
type kind struct {
	name   string
	file   string
	make   []string // the program and its arguments; the file's path is appended
	reader []string // a program that shows the label in the file; the path is appended
	media  []string // programs that print what the decoded media are, split by "|"; the path takes the place of FILE
	needs  []string
}

var (
	drawing = []string{"convert", "-size", "64x48", "-seed", "7", "plasma:red-blue"}
	sound   = []string{"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=1"}
	film    = []string{"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=5", "-f", "lavfi", "-i", "sine=frequency=440", "-t", "2"}
	h264    = with(film, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac")
	tagged  = []string{"ffprobe", "-v", "error", "-show_entries", "format_tags:stream_tags", "-of", "default=noprint_wrappers=1"}
	custom  = []string{"unzip", "-p"}
	shown   = []string{"exiftool", "-a", "-u", "-s", "-G1"}
	chunks  = []string{"exiftool", "-u", "-b", "-Unknown_AIGC"}
	pixels  = []string{"identify", "-format", "%# ", "FILE"}
	frames  = []string{"ffmpeg", "-v", "error", "-i", "FILE", "-map", "0", "-f", "framemd5", "-"}
)

func with(command []string, more ...string) []string {
	return append(append([]string(nil), command...), more...)
}

var kinds = []kind{
	{name: "PNG", file: "a.png", make: drawing, reader: shown, media: pixels},
	{name: "PNG of ffmpeg", file: "a.png", make: []string{"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1"}, reader: shown, media: pixels},
	{name: "JPEG", file: "a.jpg", make: drawing, reader: shown, media: pixels},
	{name: "progressive JPEG with a comment and EXIF", file: "a.jpg", make: with(drawing, "-interlace", "JPEG", "-set", "comment", "你好"), reader: shown, media: pixels},
	{name: "WebP, lossy", file: "a.webp", make: drawing, reader: shown, media: pixels},
	{name: "WebP, lossless with alpha", file: "a.webp", make: with(drawing, "-alpha", "set", "-channel", "A", "-evaluate", "set", "50%", "-define", "webp:lossless=true"), reader: shown, media: pixels},
	{name: "GIF", file: "a.gif", make: drawing, reader: shown, media: pixels},
	{name: "GIF, moving", file: "a.gif", make: []string{"convert", "-delay", "10", "-size", "32x32", "xc:red", "xc:blue", "xc:green", "-loop", "0"}, reader: shown, media: pixels},
	{name: "TIFF", file: "a.tiff", make: drawing, reader: shown, media: pixels},
	{name: "TIFF, big-endian with pages", file: "a.tiff", make: []string{"convert", "-size", "32x32", "xc:red", "xc:blue", "-endian", "MSB", "-compress", "lzw"}, reader: shown, media: pixels},
	{name: "TIFF of ffmpeg", file: "a.tiff", make: []string{"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1"}, reader: shown, media: pixels},
	{name: "WAV", file: "a.wav", make: sound, reader: chunks, media: frames},
	{name: "WAV with tags", file: "a.wav", make: with(sound, "-metadata", "title=歌"), reader: chunks, media: frames},
	{name: "WAV, RF64", file: "a.wav", make: with(sound, "-rf64", "always"), reader: chunks, media: frames},
	{name: "MP3", file: "a.mp3", make: with(sound, "-metadata", "title=歌"), reader: tagged, media: frames},
	{name: "MP3, ID3v2.3", file: "a.mp3", make: with(sound, "-id3v2_version", "3", "-metadata", "title=歌"), reader: tagged, media: frames},
	{name: "MP3 without a tag", file: "a.mp3", make: with(sound, "-id3v2_version", "0", "-write_xing", "0"), reader: tagged, media: frames},
	{name: "FLAC", file: "a.flac", make: with(sound, "-metadata", "title=歌"), reader: tagged, media: frames},
	{name: "Ogg Vorbis", file: "a.ogg", make: with(sound, "-c:a", "libvorbis", "-metadata", "title=歌"), reader: tagged, media: frames},
	{name: "Opus", file: "a.opus", make: with(sound, "-c:a", "libopus"), reader: tagged, media: frames},
	{name: "Opus whose comments fill a page", file: "a.opus", make: with(sound, "-c:a", "libopus", "-metadata", "comment="+strings.Repeat("长", 21600)), reader: tagged, media: frames},
	{name: "Ogg FLAC", file: "a.ogg", make: with(sound, "-c:a", "flac"), reader: tagged, media: frames},
	{name: "Speex", file: "a.spx", make: with(sound, "-c:a", "libspeex", "-ar", "16000"), reader: tagged, media: frames},
	{name: "Ogg Theora and Vorbis", file: "a.ogv", make: with(film, "-c:v", "libtheora", "-c:a", "libvorbis"), reader: tagged, media: frames},
	{name: "MP4", file: "a.mp4", make: h264, reader: tagged, media: frames},
	{name: "MP4, to be streamed", file: "a.mp4", make: with(h264, "-movflags", "faststart"), reader: tagged, media: frames},
	{name: "MP4 with tags of iTunes", file: "a.mp4", make: with(h264, "-movflags", "faststart", "-metadata", "title=歌"), reader: tagged, media: frames},
	{name: "MP4 with tags of QuickTime", file: "a.mp4", make: with(h264, "-movflags", "faststart+use_metadata_tags", "-metadata", "mine=歌"), reader: tagged, media: frames},
	{name: "MP4 in fragments", file: "a.mp4", make: with(h264, "-movflags", "frag_keyframe+empty_moov"), reader: tagged, media: frames},
	{name: "MOV", file: "a.mov", make: h264, reader: tagged, media: frames},
	{name: "M4A", file: "a.m4a", make: with(sound, "-c:a", "aac", "-metadata", "title=歌"), reader: tagged, media: frames},
	{name: "MKV", file: "a.mkv", make: with(h264, "-metadata", "title=歌"), reader: tagged, media: frames},
	{name: "MKV written to a pipe", file: "a.mkv", make: with(h264, "-live", "1"), reader: tagged, media: frames},
	{name: "WebM", file: "a.webm", make: with(film, "-c:v", "libvpx", "-c:a", "libvorbis"), reader: tagged, media: frames},
	{name: "FLV", file: "a.flv", make: with(film, "-c:v", "flv", "-c:a", "libmp3lame", "-ar", "44100"), reader: tagged, media: frames},
	{name: "AVI", file: "a.avi", make: with(film, "-c:v", "mpeg4", "-c:a", "libmp3lame", "-metadata", "title=歌"), reader: chunks, media: frames},
	{name: "DOCX", file: "a.docx", make: []string{"cp", "testdata/text.docx"}, reader: custom, media: []string{"unzip", "-p", "FILE", "word/*"}},
	{name: "XLSX", file: "a.xlsx", make: []string{"cp", "testdata/table.xlsx"}, reader: custom, media: []string{"unzip", "-p", "FILE", "xl/*"}},
	{name: "PPTX", file: "a.pptx", make: []string{"cp", "testdata/slides.pptx"}, reader: custom, media: []string{"unzip", "-p", "FILE", "ppt/*"}},
	{name: "PDF", file: "a.pdf", make: []string{"cp", "testdata/text.pdf"}, reader: []string{"pdfinfo", "-custom"}, media: []string{"pdftotext", "FILE", "-"}},
	{name: "Markdown", file: "a.md", make: []string{"cp", "testdata/text.md"}, reader: []string{"cat"}, media: []string{"tail", "-n", "4", "FILE"}},
}

const number = "20261122-0001"

// Files of real tools keep their media when they are labelled, and other tools find the label.
func TestRealFilesMakeTheRound(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			needs(t, append(k.needs, k.make[0], k.reader[0], k.media[0])...)
			dir := t.TempDir()
			plain, labelled := filepath.Join(dir, k.file), filepath.Join(dir, "labelled-"+k.file)
			output(t, k.make[0], append(k.make[1:len(k.make):len(k.make)], plain)...)
			require.Equal(t, label.NotFound, label.VerifyFile(plain).Verdict, label.VerifyFile(plain).Reasons)

			l := label.First("ExampleProducer", "first-write-"+number, label.CopyOnFirstWrite)
			require.NoError(t, label.WriteFile(labelled, plain, l))
			media := k.decoded(t, plain)
			k.check(t, media, labelled, l)

			// The same producer updates, in place.
			l.ProduceID, l.PropagateID, l.ReservedCode1 = number, number, `{"SHA256":"`+strings.Repeat("0f", 32)+`"}`
			require.NoError(t, label.WriteFile(labelled, labelled, l))
			requireLabel(t, labelled, l)
			l.ReservedCode1 = ""
			require.NoError(t, label.WriteFile(labelled, labelled, l))
			requireLabel(t, labelled, l)

			// Another one does not get to.
			require.ErrorIs(t, label.WriteFile(labelled, labelled, label.First("Other", "1", label.EmptyOnFirstWrite)), label.ErrLabelled)
			requireLabel(t, labelled, l)

			// A platform passes it on.
			require.NoError(t, label.PropagateFile(labelled, labelled, label.Propagation{Platform: "Platform", ID: "p-1"}))
			l.ContentPropagator, l.PropagateID = "Platform", "p-1"
			k.check(t, media, labelled, l)

			// A copy without the label gets it back.
			carried := filepath.Join(dir, "carried-"+k.file)
			require.NoError(t, label.CarryOverFile(carried, plain, labelled))
			requireLabel(t, carried, l)
			k.cut(t, labelled)
		})
	}
}

// requireLabel verifies a labelled file.
func requireLabel(t *testing.T, path string, l label.Label) {
	t.Helper()
	v := label.VerifyFile(path)
	require.Equal(t, label.Compliant, v.Verdict, v.Reasons)
	require.Len(t, v.Report.Findings, 1)
	require.Equal(t, l, v.Report.Findings[0].Label)
}

// check verifies a labelled file by our reader and by another tool, and compares the media.
func (k kind) check(t *testing.T, media, labelled string, l label.Label) {
	t.Helper()
	requireLabel(t, labelled, l)
	require.Equal(t, media, k.decoded(t, labelled), "the media changed")
	if len(k.reader) > 0 {
		said := output(t, k.reader[0], append(k.reader[1:len(k.reader):len(k.reader)], labelled)...)
		require.Regexp(t, "(?s)"+regexp.QuoteMeta(l.ContentProducer)+".*"+regexp.QuoteMeta(l.ProduceID), said)
	}
}

func (k kind) decoded(t *testing.T, path string) string {
	t.Helper()
	args := append([]string(nil), k.media[1:]...)
	for i, a := range args {
		if a == "FILE" {
			args[i] = path
		}
	}
	s := output(t, k.media[0], args...)
	require.NotEmpty(t, s)
	return s
}

// cut checks that no way of cutting the file off makes anything worse than an error or a verdict.
func (k kind) cut(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	for n := 0; n < len(b); n += 1 + len(b)/200 {
		verify(b[:n])
	}
}
