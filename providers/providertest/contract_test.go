package providertest

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A model needs no wire to be checked.
func TestRunPasses(t *testing.T) {
	t.Parallel()
	Run(t, func() assistant.Model {
		return constant{{Text: "你"}, {Text: "好"}, {Finish: assistant.FinishStop}}
	}, Options{Failing: func() assistant.Model { return failed{} }})
}

// A model that hangs is reported, not waited for.
func TestHangingModelIsReported(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	opt := Options{Patience: 1}.withDefaults()
	err := checkAnswer(func() assistant.Model { return hanging{release} }, opt)
	require.ErrorContains(t, err, "did not return within")
}

func TestPanicIsReported(t *testing.T) {
	t.Parallel()
	err := checkAnswer(func() assistant.Model { return panicking{} }, Options{}.withDefaults())
	require.ErrorContains(t, err, "panicked: 出错了")
}

type failed struct{}

func (failed) Stream(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		yield(assistant.Chunk{}, &assistant.Error{Kind: assistant.ErrServer, Err: errors.New("坏了")})
	}
}

type hanging struct{ release chan struct{} }

func (m hanging) Stream(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(func(assistant.Chunk, error) bool) { <-m.release }
}

type panicking struct{}

func (panicking) Stream(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(func(assistant.Chunk, error) bool) { panic("出错了") }
}
