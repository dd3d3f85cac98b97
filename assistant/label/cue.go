package label

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/wav"
)

// A Cue is the rhythm that stands for a spoken notice: short long, short short, which are A and I in Morse
// code. The gap between the letters is as long as a long tone; with equal gaps it would be an L.
type Cue struct {
	Unit      time.Duration // a short tone, and the gap within a letter. If zero, 120 ms
	Frequency float64       // of the tone in hertz. If zero, 700
	Level     float64       // from 0 to 1, full scale. If zero, 0.3
}

// units is the rhythm: tones and gaps in turn, in units.
var units = [...]int{1, 1, 3, 3, 1, 1, 1}

// edge is how long a tone takes to swell and to fade, so that it does not click.
const edge = 5 * time.Millisecond

// Samples returns the cue at a sampling rate.
func (c Cue) Samples(rate int) []int16 {
	unit, frequency, level := c.Unit, c.Frequency, c.Level
	if unit <= 0 {
		unit = 120 * time.Millisecond
	}
	if frequency <= 0 {
		frequency = 700
	}
	if level <= 0 {
		level = 0.3
	}
	n := int(int64(unit) * int64(rate) / int64(time.Second))
	ramp := min(n/4, int(int64(edge)*int64(rate)/int64(time.Second)))
	var samples []int16
	for i, u := range units {
		length := u * n
		if i%2 == 1 {
			samples = append(samples, make([]int16, length)...)
			continue
		}
		for k := range length {
			gain := min(level, 1)
			if d := min(k, length-1-k); d < ramp {
				gain *= (1 - math.Cos(math.Pi*float64(d)/float64(ramp))) / 2
			}
			samples = append(samples, int16(gain*math.MaxInt16*math.Sin(2*math.Pi*frequency*float64(k)/float64(rate))))
		}
	}
	return samples
}

// A Speaker says a text, such as [NoticeText], at a normal speed: 120 to 160 characters a minute. It is
// what a synthesizer of speech is to this package.
type Speaker interface {
	// Speak returns one channel of samples.
	Speak(ctx context.Context, text string, rate int) ([]int16, error)
}

// ErrSamples says that a recording has samples of a kind that nothing is put before.
var ErrSamples = errors.New("only WAV recordings of 16 bits PCM")

// pause is between the notice and the recording.
const pause = 300 * time.Millisecond

// WriteCue copies the WAV recording src to dst with samples of one channel before its own, such as those of
// a [Cue]. make gets the sampling rate.
func WriteCue(dst io.Writer, src Source, make func(rate int) ([]int16, error)) error {
	form, err := wav.Describe(src)
	if err != nil {
		return fmt.Errorf("write audible notice: %w", err)
	}
	if form.Coding != 1 || form.Bits != 16 || form.Channels < 1 || form.Rate < 1 {
		return fmt.Errorf("write audible notice: %w, and this has coding %d, %d bits, %d channels", ErrSamples, form.Coding, form.Bits, form.Channels)
	}
	samples, err := make(form.Rate)
	if err != nil {
		return fmt.Errorf("write audible notice: %w", err)
	}
	silence := int(int64(pause) * int64(form.Rate) / int64(time.Second))
	data := sound(samples, silence, form.Channels)
	if err := wav.Prepend(dst, src, data); err != nil {
		return fmt.Errorf("write audible notice: %w", err)
	}
	return nil
}

// sound writes samples to all channels, and silence behind them.
func sound(samples []int16, silence, channels int) []byte {
	b := make([]byte, 0, 2*channels*(len(samples)+silence))
	for _, s := range samples {
		for range channels {
			b = binary.LittleEndian.AppendUint16(b, uint16(s))
		}
	}
	return append(b, make([]byte, 2*channels*silence)...)
}
