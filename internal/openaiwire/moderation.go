package openaiwire

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

// judgedTwice is how many characters of a piece are judged again with the next one, so that what is
// forbidden cannot hide where a long text is cut.
const judgedTwice = 50

// Writing returns what is written in parts, for a moderator that reads text only. Pictures and the
// like are an error: they must not pass unseen.
func (c *Client) Writing(parts []assistant.Part) (string, error) {
	var texts []string
	add := func(list ...string) {
		for _, text := range list {
			if strings.TrimSpace(text) != "" {
				texts = append(texts, text)
			}
		}
	}
	var walk func(parts []assistant.Part) error
	walk = func(parts []assistant.Part) error {
		for i, p := range parts {
			switch p := p.(type) {
			case assistant.Text:
				add(p.Text)
			case assistant.Reasoning:
				add(p.Text)
			case assistant.Citation:
				add(p.Title, p.Snippet)
			case assistant.ToolCall:
				add(p.Arguments)
			case assistant.ToolResult:
				if err := walk(p.Parts); err != nil {
					return err
				}
			default:
				return c.Invalid("part %d is a %T, but the moderator reads text only", i, p)
			}
		}
		return nil
	}
	if err := walk(parts); err != nil {
		return "", err
	}
	return strings.Join(texts, "\n"), nil
}

// JudgePieces judges a text of any length by pieces of at most limit characters, which is more than
// judgedTwice. The severest verdict counts, with the categories of all; pieces after one that is
// blocked are not judged. A text of nothing passes without a call.
func JudgePieces(ctx context.Context, text string, limit int, judge func(ctx context.Context, piece string) (assistant.Verdict, error)) (assistant.Verdict, error) {
	verdict := assistant.Verdict{Action: assistant.Pass}
	for rest := strings.TrimSpace(strings.ToValidUTF8(text, "\ufffd")); rest != ""; {
		piece := rest
		if n := offset(rest, limit); n < len(rest) {
			piece, rest = rest[:n], rest[offset(rest, limit-judgedTwice):]
		} else {
			rest = ""
		}
		v, err := judge(ctx, piece)
		if err != nil {
			return assistant.Verdict{}, err
		}
		verdict = severer(verdict, v)
		if verdict.Action == assistant.Block {
			break
		}
	}
	return verdict, nil
}

// offset returns where the first n characters of s end.
func offset(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

var severity = map[assistant.Action]int{assistant.Pass: 0, assistant.Review: 1, assistant.Block: 2}

// severer joins two verdicts; the severer one comes first.
func severer(a, b assistant.Verdict) assistant.Verdict {
	if severity[b.Action] > severity[a.Action] {
		a, b = b, a
	}
	for _, c := range b.Categories {
		if !slices.Contains(a.Categories, c) {
			a.Categories = append(slices.Clip(a.Categories), c)
		}
	}
	if a.Safe == "" {
		a.Safe = b.Safe
	}
	return a
}
