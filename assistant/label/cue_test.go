package label_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

// rhythm measures tones and gaps, in milliseconds: longer than 10 ms below a hundredth of the level is a gap.
func rhythm(samples []int16, rate int) (lengths []int) {
	const quiet = 100
	loud, start, last := false, 0, 0
	for i, s := range samples {
		if s > quiet || s < -quiet {
			if !loud {
				lengths = append(lengths, (i-start)*1000/rate)
				loud, start = true, i
			}
			last = i
		} else if loud && i-last > rate/100 {
			lengths = append(lengths, (last-start)*1000/rate)
			loud, start = false, last
		}
	}
	return append(lengths, (last-start)*1000/rate)
}

// A is short long, I is short short, and the gap between the letters is three units, not one.
func TestCueIsTwoLetters(t *testing.T) {
	t.Parallel()
	for _, rate := range []int{8000, 16000, 44100, 48000} {
		got := rhythm(label.Cue{Unit: 100 * time.Millisecond}.Samples(rate), rate)
		want := []int{0, 100, 100, 300, 300, 100, 100, 100}
		require.Len(t, got, len(want), "%v", got)
		for i := range want {
			require.InDelta(t, want[i], got[i], 6, "%v", got)
		}
	}
	samples := label.Cue{Level: 5}.Samples(8000)
	require.Len(t, samples, 11*960, "a unit is 120 ms")
	require.Empty(t, label.Cue{Unit: time.Nanosecond}.Samples(8000))
}

// recording is a WAV file of 16 bits.
func recording(channels, rate int, data string) []byte {
	b := []byte("WAVEfmt \x10\x00\x00\x00\x01\x00")
	b = binary.LittleEndian.AppendUint16(b, uint16(channels))
	b = binary.LittleEndian.AppendUint32(b, uint32(rate))
	b = binary.LittleEndian.AppendUint32(b, uint32(rate*channels*2))
	b = binary.LittleEndian.AppendUint16(b, uint16(channels*2))
	b = append(b, "\x10\x00data"...)
	b = append(binary.LittleEndian.AppendUint32(b, uint32(len(data))), data...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(b))), b...)
}

func TestWriteAudible(t *testing.T) {
	t.Parallel()
	const rate = 8000
	cue := label.Cue{}.Sound()
	for _, channels := range []int{1, 2} {
		data := strings.Repeat("four", 100)
		var out bytes.Buffer
		require.NoError(t, label.WriteAudible(&out, bytes.NewReader(recording(channels, rate, data)), cue))
		b := out.Bytes()
		require.Equal(t, len(b)-8, int(binary.LittleEndian.Uint32(b[4:])))
		require.Equal(t, len(b)-44, int(binary.LittleEndian.Uint32(b[40:])))
		require.True(t, strings.HasSuffix(string(b), data))
		var left []int16
		for i := 44; i < len(b)-len(data); i += 2 * channels {
			left = append(left, int16(binary.LittleEndian.Uint16(b[i:])))
			require.Equal(t, b[i:i+2], b[i+2*channels-2:i+2*channels], "all channels")
		}
		require.Len(t, rhythm(left, rate), 9, "and a gap behind")
		require.Zero(t, left[len(left)-1], "a pause before the recording")
	}
	eight := recording(1, rate, "data")
	eight[34] = 8
	require.ErrorIs(t, label.WriteAudible(new(bytes.Buffer), bytes.NewReader(eight), cue), label.ErrSamples)
	require.ErrorIs(t, label.WriteAudible(new(bytes.Buffer), strings.NewReader("x"), cue), label.ErrMalformed)
	require.ErrorIs(t, label.WriteAudible(new(bytes.Buffer), bytes.NewReader(recording(1, rate, "x")), func(int) ([]int16, error) { return nil, errFull }), errFull)
	require.ErrorIs(t, label.WriteAudible(full{}, bytes.NewReader(recording(1, rate, "xx")), cue), errFull)
}

// silence says everything in half a second.
type silence struct{}

func (silence) Speak(_ context.Context, text string, rate int) ([]int16, error) {
	if text != label.NoticeText {
		return nil, errFull
	}
	return make([]int16, rate/2), nil
}

func TestSpoken(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, label.WriteAudible(&out, bytes.NewReader(recording(1, 8000, "data")), label.Spoken(t.Context(), silence{}, label.NoticeText)))
	require.Equal(t, 44+2*8000*8/10+4, out.Len(), "half a second, and a pause")
	require.ErrorContains(t, label.WriteAudible(&out, bytes.NewReader(recording(1, 8000, "data")), label.Spoken(t.Context(), silence{}, "你好")), "does not say")
}
