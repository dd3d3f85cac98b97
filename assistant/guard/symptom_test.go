package guard_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/match"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// The tests in this file are named for what people complain about in guards for streams.

// numbers are the types of private data with which no ordinary text is delayed.
var numbers = privacy.Detector{Types: privacy.TypesOf(privacy.ResidentID, privacy.ResidencePermit, privacy.Passport, privacy.Mobile, privacy.Landline,
	privacy.BankCard, privacy.CreditCode, privacy.Plate, privacy.VIN, privacy.IMEI, privacy.MAC, privacy.IPv4, privacy.IPv6, privacy.Email, privacy.QQ, privacy.WeChat)}

// delays returns how many characters were held back after each chunk, at most and on average.
func delays(t *testing.T, wrap func(assistant.Model) assistant.Model, pieces []string) (most int, mean float64) {
	t.Helper()
	given, shown, sum := 0, 0, 0
	source := modelFunc(func(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return func(yield func(assistant.Chunk, error) bool) {
			for _, p := range pieces {
				given += utf8.RuneCountInString(p)
				if !yield(assistant.Chunk{Text: p}, nil) {
					return
				}
				most = max(most, given-shown)
				sum += given - shown
			}
			yield(assistant.Chunk{Finish: assistant.FinishStop}, nil)
		}
	})
	for k, err := range wrap(source).Stream(t.Context(), request(assistant.User("好"))) {
		require.NoError(t, err)
		shown += utf8.RuneCountInString(k.Text)
	}
	require.Equal(t, given, shown)
	return most, float64(sum) / float64(len(pieces))
}

func TestSymptomWholeStreamIsBuffered(t *testing.T) {
	t.Parallel()
	words := guard.Guard{Words: []guard.Pack{pack(t, match.Config{Words: nonsense().Words, MaxGap: 3})}, Private: &numbers}
	most, _ := delays(t, func(m assistant.Model) assistant.Model { return words.Wrap(guard.Mask{}.Wrap(m)) }, inPieces(strings.ReplaceAll(prose, "使", "令"), 1))
	require.Zero(t, most, "ordinary text is not delayed by a single character")
	most, mean := delays(t, words.Wrap, inPieces(prose+"新的一年里，两个人第3次去了云南，用Go写了12个程序。", 1))
	require.LessOrEqual(t, most, 3, "what may begin a number waits for the next character")
	require.Less(t, mean, 0.2)

	all := guard.Guard{Private: &privacy.Detector{}}
	most, mean = delays(t, all.Wrap, inPieces(prose, 1))
	t.Logf("with names and addresses: at most %d characters, %.1f on average", most, mean)
	require.Less(t, most, 32, "names and addresses are decided within a clause")
}

// Where most characters begin a word, what waits is never longer than the beginning of one.
func TestSymptomHoldBackIsAFixedWindow(t *testing.T) {
	t.Parallel()
	g := guard.Guard{Words: []guard.Pack{tenThousand(t)}}
	most, _ := delays(t, g.Wrap, inPieces(prose, 1))
	require.Less(t, most, 4)
}

func TestSymptomPersonalDataSplitOverTwoChunksSlipsThrough(t *testing.T) {
	t.Parallel()
	g := guard.Guard{Private: &numbers}
	text := "打13812345678吧"
	for i := range len(text) {
		require.Equal(t, "打138****5678吧", stream(t, g, false, []string{text[:i], text[i:]}).final, i)
	}
}

func TestSymptomUnknownKindsPassUnmasked(t *testing.T) {
	t.Parallel()
	unknown := func(text string) assistant.Unknown {
		return assistant.Unknown{JSON: json.RawMessage(`{"type":"memo","text":"` + text + `"}`)}
	}
	reply := func(u assistant.Unknown) *assistanttest.Model {
		return assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Parts: []assistant.Part{u}, Finish: assistant.FinishStop}))
	}
	history := request(assistant.User("我叫张伟"), assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Text{Text: "好"}, unknown("手机13812345678")}}, assistant.User("好"))
	script := assistanttest.Script(assistanttest.Say("好"))
	ask(t, guard.Guard{}.Wrap(guard.Mask{}.Wrap(script)), history)
	require.NotContains(t, sent(t, script), "13812345678")
	require.NotContains(t, sent(t, script), "memo", "adapters would not send it either")

	g := guard.Guard{Words: []guard.Pack{pack(t, nonsense())}, Actions: rules(), Private: &numbers}
	parts := ask(t, g.Wrap(guard.Mask{}.Wrap(reply(unknown("〔姓名1〕的"+hidden+`\n13812345678`)))), history).Message.Parts
	require.Equal(t, []assistant.Part{unknown("张伟的●●" + `\n138****5678`)}, parts)
	require.Equal(t, assistant.FinishRefusal, ask(t, g.Wrap(reply(unknown(blocked))), history).Finish)
	require.Equal(t, []assistant.Part{unknown("好")}, ask(t, g.Wrap(reply(unknown("好"))), history).Message.Parts)
}

func TestSymptomBlockIsDecidedAfterEverythingWasDelivered(t *testing.T) {
	t.Parallel()
	g := guard.Guard{Words: []guard.Pack{pack(t, nonsense())}, Actions: rules()}
	s := stream(t, g, false, strings.Split("好的，"+blocked+"就是这样，还有很多话。", ""))
	require.Equal(t, "好的，", s.shown)
	require.True(t, s.withdrawn)
}

func TestSymptomStreamingBypassesTheGuard(t *testing.T) {
	t.Parallel()
	g := guard.Guard{Words: []guard.Pack{pack(t, nonsense())}, Actions: rules(), Private: &numbers}
	for _, text := range []string{"好" + hidden, replaced + replaced + "国", "手机13812345678", answered + "好", "好" + blocked + "龖", "平常"} {
		whole, _, err := g.Check(t.Context(), guard.Output, text)
		require.NoError(t, err)
		require.Equal(t, whole, stream(t, g, false, strings.Split(text, "")).final)
		require.Equal(t, whole, ask(t, g.Wrap(assistanttest.Script(assistanttest.Say(text))), request(assistant.User("好"))).Text())
	}
}

func TestSymptomSpacesBetweenTokensMakeFalseHits(t *testing.T) {
	t.Parallel()
	j := &judging{}
	g := guard.Guard{Classifiers: []guard.Classifier{j}, Stages: map[guard.Stage]guard.Policy{guard.Input: {Off: true}},
		Words: []guard.Pack{pack(t, match.Config{Words: []match.Word{{Text: "qz"}, {Text: "x qz"}}, WholeWords: true})}}
	require.Equal(t, "zaqzb xqz", stream(t, g, false, []string{"za", "qz", "b ", "x", "qz"}).final)
	require.Equal(t, "zaqzb xqz", j.samples[0].Text)
}

func TestSymptomOneChunkAtTheEnd(t *testing.T) {
	t.Parallel()
	g := guard.Guard{Words: []guard.Pack{pack(t, nonsense())}}
	got, err := chunks(g.Wrap(assistanttest.Script(assistanttest.Say(prose))).Stream(t.Context(), request(assistant.User("好"))))
	require.NoError(t, err)
	require.Greater(t, len(got), utf8.RuneCountInString(prose)/2)
}

func TestSymptomMaskingDropsWhatIsNotText(t *testing.T) {
	t.Parallel()
	var turn []assistant.Chunk
	for i := range 50 {
		turn = append(turn, assistant.Chunk{Text: []string{"好", "〔手", "机号1〕", hidden[:3], hidden[3:]}[i%5]},
			assistant.Chunk{Usage: &assistant.Usage{Output: i + 1}}, assistant.Chunk{Meta: &assistant.Meta{ID: fmt.Sprint(i)}},
			assistant.Chunk{Parts: []assistant.Part{assistant.Citation{Index: i + 1}}})
	}
	turn = append(turn, assistant.Chunk{Finish: assistant.FinishStop})
	g := guard.Guard{Words: []guard.Pack{pack(t, nonsense())}, Actions: rules()}
	got, err := chunks(g.Wrap(guard.Mask{}.Wrap(assistanttest.Script(assistanttest.Chunks(turn...)))).Stream(t.Context(), request(assistant.User("手机13812345678"))))
	require.NoError(t, err)
	usages, metas, citations := 0, 0, 0
	var text strings.Builder
	for _, k := range got {
		text.WriteString(k.Text)
		if k.Usage != nil {
			usages++
			require.Equal(t, usages, k.Usage.Output)
		}
		if k.Meta != nil {
			require.Equal(t, fmt.Sprint(metas), k.Meta.ID)
			metas++
		}
		for _, p := range k.Parts {
			citations++
			require.Equal(t, citations, p.(assistant.Citation).Index)
		}
	}
	require.Equal(t, []int{50, 50, 50}, []int{usages, metas, citations})
	require.Equal(t, strings.Repeat("好13812345678●●", 10), text.String())
}

func TestSymptomRedactionIsNotPossibleInStreams(t *testing.T) {
	t.Parallel()
	g := guard.Guard{Words: []guard.Pack{pack(t, nonsense())}, Actions: rules()}
	require.Equal(t, "好●●好（略）好", stream(t, g, false, strings.Split("好"+hidden+"好"+replaced+"好", "")).final)
}

// Whatever word a vendor has for it, a reply that was refused ends in one way, and a person has something to read.
func TestSymptomClientDiesOfAnUnknownStopReason(t *testing.T) {
	t.Parallel()
	end := func(f assistant.FinishReason, raw string) assistanttest.Turn {
		return assistanttest.Chunks(assistant.Chunk{Text: "半句"}, assistant.Chunk{Finish: f, Meta: &assistant.Meta{Vendor: "v", RawFinish: raw}})
	}
	for name, turn := range map[string]assistanttest.Turn{
		"filtered":          end(assistant.FinishFiltered, ""),
		"refusal":           end(assistant.FinishOther, "refusal"),
		"sensitive":         end(assistant.FinishOther, "SENSITIVE"),
		"error at once":     assistanttest.Break(&assistant.Error{Kind: assistant.ErrBlocked, Vendor: "v"}),
		"error in midst":    assistanttest.Break(&assistant.Error{Kind: assistant.ErrBlocked, Vendor: "v", Delivered: true}, assistant.Chunk{Text: "半句"}),
		"withdrawn":         assistanttest.Chunks(assistant.Chunk{Text: "半句"}, assistant.Chunk{Retract: &assistant.Retraction{Reason: "x"}, Finish: assistant.FinishFiltered}),
		"withdrawn, later":  assistanttest.Chunks(assistant.Chunk{Text: "半句"}, assistant.Chunk{Retract: &assistant.Retraction{Reason: "x"}}, assistant.Chunk{Finish: assistant.FinishFiltered}),
		"answered by other": assistanttest.Chunks(assistant.Chunk{Text: "半句"}, assistant.Chunk{Retract: &assistant.Retraction{Replacement: "我不能说。"}, Finish: assistant.FinishFiltered}),
	} {
		reply := ask(t, guard.Guard{Answers: map[string]string{"vendor": "我不能说。"}}.Wrap(assistanttest.Script(turn)), request(assistant.User("杀死这个进程")))
		require.Equal(t, assistant.FinishRefusal, reply.Finish, name)
		require.Equal(t, "我不能说。", reply.Text(), name)
	}
	reply := ask(t, guard.Guard{}.Wrap(assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: "我不能。"}, assistant.Chunk{Finish: assistant.FinishRefusal}))), request(assistant.User("好")))
	require.Equal(t, "我不能。", reply.Text(), "the model's own words stay")
	reply = ask(t, guard.Guard{}.Wrap(assistanttest.Script(end(assistant.FinishOther, "tool_pause"))), request(assistant.User("好")))
	require.Equal(t, assistant.FinishOther, reply.Finish)

	poisoned := assistanttest.Script(assistanttest.Break(&assistant.Error{Kind: assistant.ErrBlocked, DropTurn: true}))
	reply = ask(t, guard.Guard{}.Wrap(poisoned), request(assistant.User("好")))
	require.True(t, reply.Retracted.DropTurn, "what the vendor will not have in the history must leave it")
}

func TestSymptomNumbersBesideChineseAreMissed(t *testing.T) {
	t.Parallel()
	script := assistanttest.Script(assistanttest.Say("好"))
	ask(t, guard.Mask{}.Wrap(script), request(assistant.User("请拨打13812345678联系我，或１３８１２３４５６７９转告")))
	require.Equal(t, "请拨打〔手机号1〕联系我，或〔手机号2〕转告", script.Requests()[0].Messages[0].Text())
}

func TestSymptomGuardKnowsNoCategories(t *testing.T) {
	t.Parallel()
	words := pack(t, match.Config{Words: []match.Word{{Text: hidden, Category: "A.2.a"}, {Text: replaced, Category: "A.2.b"}}})
	g := guard.Guard{Words: []guard.Pack{words}, Actions: []profile.Rule{
		{Categories: []string{"A.2.a"}, Stages: []guard.Stage{guard.Output}, Action: guard.Redact},
		{Categories: []string{"A.2"}, Action: guard.Allow},
	}}
	out, _, err := g.Check(t.Context(), guard.Output, hidden+replaced)
	require.NoError(t, err)
	require.Equal(t, "●●"+replaced, out)
	out, _, err = g.Check(t.Context(), guard.Reasoning, hidden+replaced)
	require.NoError(t, err)
	require.Equal(t, hidden+replaced, out)
}
