package middleware

import (
	"errors"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// What an estimate is made of. Vendors count 0.6 to 1 token for a Chinese character, which has three
// bytes, and about 0.3 for a letter, so that bytes serve for both; a little too much is better than too
// little.
const (
	tokensPer100Bytes = 30
	tokensPerMessage  = 4
	tokensPerMedia    = 1000 // pictures and the like, which vendors count by size
	expectedOutput    = 1000 // where the request sets no limit
)

// An Estimator says before a request is sent what it will use.
type Estimator func(req *assistant.Request) assistant.Usage

// Estimate is the [Estimator] of those who have none of their own: it counts bytes, takes MaxTokens for
// the length of the answer, or 1000 tokens if there is none, and is wrong by a third either way.
func Estimate(req *assistant.Request) assistant.Usage {
	u := assistant.Usage{Input: inputTokens(req), Output: req.MaxTokens}
	if u.Output <= 0 {
		u.Output = expectedOutput
	}
	if b := req.Thinking.Budget; b > 0 && req.Thinking.Mode != assistant.Off {
		u.Output += b
	}
	u.Total = u.Input + u.Output
	return u
}

func inputTokens(req *assistant.Request) int {
	size, media := len(req.Format.Schema), 0
	for _, t := range req.Tools {
		size += len(t.Name) + len(t.Description) + len(t.Schema)
	}
	for _, m := range req.Messages {
		s, n := partsSize(m.Parts)
		size, media = size+s, media+n
	}
	return tokensOf(size) + tokensPerMessage*len(req.Messages) + tokensPerMedia*media
}

func partsSize(parts []assistant.Part) (size, media int) {
	for _, p := range parts {
		switch p := p.(type) {
		case assistant.Text:
			size += len(p.Text)
		case assistant.Reasoning:
			size += len(p.Text)
		case assistant.ToolCall:
			size += len(p.Name) + len(p.Arguments)
		case assistant.ToolResult:
			s, n := partsSize(p.Parts)
			size, media = size+len(p.Name)+s, media+n
		case assistant.Image, assistant.Audio, assistant.File:
			media++
		case assistant.Video:
			media += max(1, len(p.Frames))
		}
	}
	return size, media
}

// tokensOf estimates the tokens of so many bytes of text.
func tokensOf(size int) int { return (size*tokensPer100Bytes + 99) / 100 }

// used returns what a passage used: the vendor's count, or an estimate of it and true if the vendor told
// none, or none of the whole.
func (p *passage) used(req *assistant.Request, err error) (u assistant.Usage, estimated bool) {
	if p.usage != nil {
		u = *p.usage
		u.Total = max(u.Total, u.Input+u.Output)
		if p.finished {
			return u, false
		}
	}
	if p.usage == nil && !p.begun && unbilled(err) {
		return u, false
	}
	if u.Input == 0 {
		u.Input, estimated = inputTokens(req), true
	}
	if seen := tokensOf(p.bytes); seen > u.Output {
		u.Output, estimated = seen, true
	}
	u.Total = max(u.Total, u.Input+u.Output)
	return u, estimated
}

// unbilled reports whether a vendor that answered with err had not begun to work, or was not there.
func unbilled(err error) bool {
	switch kindOf(err) {
	case assistant.ErrAuth, assistant.ErrPermission, assistant.ErrQuota, assistant.ErrRateLimited, assistant.ErrOverloaded,
		assistant.ErrServer, assistant.ErrContextLength, assistant.ErrInvalid, assistant.ErrNotFound:
		return true
	}
	return unreached(err)
}

// unreached reports whether the host of a vendor was not found, or did not take the connection. It knows the errors of
// package net by what they say, because to import that would link the C library into programs that have no network.
func unreached(err error) bool {
	var failed interface {
		error
		Temporary() bool
	}
	for errors.As(err, &failed) {
		if says := failed.Error(); strings.HasPrefix(says, "dial") || strings.HasPrefix(says, "lookup") {
			return true
		}
		err = errors.Unwrap(failed)
	}
	return false
}
