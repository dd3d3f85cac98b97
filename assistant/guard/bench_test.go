package guard_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/locale/match"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// prose is what models write: nothing in it is looked for.
const prose = "春天到了，公园里的花都开了。孩子们在草地上奔跑，老人坐在长椅上聊天，微风吹过湖面，泛起层层波纹。" +
	"我们常说读书使人明智，其实散步也能让头脑清醒；当你觉得疲倦的时候，不妨放下手机，出门走走，看看天空和树木。" +
	"晚饭后泡上好茶，听听音乐，和家人谈谈当天的见闻，这样的日子平淡却让人安心。"

// tenThousand are words that nobody says, many of which begin with characters that everybody writes.
func tenThousand(tb testing.TB) guard.Pack {
	common := []rune(prose)
	words := make([]match.Word, 10_000)
	for i := range words {
		words[i] = match.Word{Text: fmt.Sprintf("%c%c%c%c", common[i%len(common)], 0x9F00+i%150, 0x9E00+i/150, 0x9F00+i%97), Category: "mask"}
	}
	return pack(tb, match.Config{Words: words})
}

// repeat is a model that says a text of n chunks.
func repeat(pieces []string, n int) assistant.Model {
	return modelFunc(func(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return func(yield func(assistant.Chunk, error) bool) {
			for i := range n {
				if !yield(assistant.Chunk{Text: pieces[i%len(pieces)]}, nil) {
					return
				}
			}
			yield(assistant.Chunk{Finish: assistant.FinishStop}, nil)
		}
	})
}

// inPieces cuts a text after every n characters.
func inPieces(s string, n int) (out []string) {
	for s != "" {
		i := 0
		for range n {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
		}
		out = append(out, s[:i])
		s = s[i:]
	}
	return out
}

func BenchmarkChunk(b *testing.B) {
	private := privacy.Detector{Types: privacy.AllTypes.Without(privacy.Hotline)}
	numbers := privacy.Detector{Types: privacy.TypesOf(privacy.ResidentID, privacy.Mobile, privacy.BankCard, privacy.Email)}
	words := []guard.Pack{tenThousand(b)}
	pass := func(m assistant.Model) assistant.Model { return m }
	for name, wrap := range map[string]func(assistant.Model) assistant.Model{
		"none":           pass,
		"mask":           guard.Mask{}.Wrap,
		"words":          guard.Guard{Words: words}.Wrap,
		"words and mask": func(m assistant.Model) assistant.Model { return guard.Guard{Words: words}.Wrap(guard.Mask{}.Wrap(m)) },
		"numbers":        guard.Guard{Private: &numbers}.Wrap,
		"private":        guard.Guard{Private: &private}.Wrap,
		"all but names": func(m assistant.Model) assistant.Model {
			return guard.Guard{Words: words, Private: &numbers}.Wrap(guard.Mask{}.Wrap(m))
		},
	} {
		for _, size := range []int{2, 100} {
			b.Run(fmt.Sprintf("%s/%d characters", name, size), func(b *testing.B) {
				pieces := inPieces(strings.Repeat(prose, 5), size)
				pieces = pieces[:len(pieces)-1]
				req := request(assistant.User(said))
				b.ReportAllocs()
				m := wrap(repeat(pieces, b.N))
				b.ResetTimer()
				for _, err := range m.Stream(b.Context(), req) {
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// A conversation of a hundred turns before each reply.
func BenchmarkRequest(b *testing.B) {
	var messages []assistant.Message
	for range 50 {
		messages = append(messages, assistant.User(prose[:300]), assistant.Answer(prose[300:]))
	}
	messages = append(messages, assistant.User("我叫张伟，手机13812345678"))
	words := []guard.Pack{tenThousand(b)}
	for name, wrap := range map[string]func(assistant.Model) assistant.Model{
		"mask":  guard.Mask{}.Wrap,
		"words": guard.Guard{Words: words}.Wrap,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			m := wrap(repeat(nil, 0))
			for b.Loop() {
				for _, err := range m.Stream(b.Context(), request(messages...)) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
