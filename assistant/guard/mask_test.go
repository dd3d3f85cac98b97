package guard_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/internal/seed"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

func ask(t *testing.T, m assistant.Model, req *assistant.Request) *assistant.Reply {
	t.Helper()
	reply, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	return reply
}

func request(messages ...assistant.Message) *assistant.Request {
	return &assistant.Request{Messages: messages}
}

// chunks collects a stream as it comes.
func chunks(seq iter.Seq2[assistant.Chunk, error]) (out []assistant.Chunk, err error) {
	for k, e := range seq {
		if e != nil {
			return out, e
		}
		out = append(out, k)
	}
	return out, nil
}

// sent is all that a model was sent, as one text.
func sent(t *testing.T, m *assistanttest.Model) string {
	t.Helper()
	var all strings.Builder
	for _, req := range m.Requests() {
		plain := *req
		plain.Tools = nil
		b, err := json.Marshal(plain)
		require.NoError(t, err)
		all.Write(b)
	}
	return all.String()
}

func TestMaskThereAndBack(t *testing.T) {
	t.Parallel()
	script := assistanttest.Script(assistanttest.Say("好的，我给〔手机号1〕打电话，并告诉〔姓名1〕。"))
	reply := ask(t, guard.Mask{}.Wrap(script), request(assistant.User("我叫张伟，手机13812345678，请联系我")))
	require.Equal(t, "好的，我给13812345678打电话，并告诉张伟。", reply.Text())
	require.Equal(t, "我叫〔姓名1〕，手机〔手机号1〕，请联系我", script.Requests()[0].Messages[0].Text())
}

// Nothing that was planted anywhere in a request leaves, whatever part of it it stands in.
func TestMaskCoversEverythingThatLeaves(t *testing.T) {
	t.Parallel()
	const phone, id, card = "13812345678", "11010519491231002X", "6222020200112233448"
	script := assistanttest.Script(assistanttest.Say("好"))
	req := &assistant.Request{
		Messages: []assistant.Message{
			assistant.System("客服专员手机" + phone),
			assistant.User("身份证号" + id),
			{Role: assistant.RoleAssistant, Parts: []assistant.Part{
				assistant.Reasoning{Text: "手机" + phone},
				assistant.Text{Text: "号码\n" + phone},
				assistant.Citation{Title: "电话" + phone, URL: "https://example.com/?phone=" + phone, Snippet: "身份证号" + id},
				assistant.ToolCall{ID: "1", Name: "send", Arguments: `{"to":` + phone + `,"text":"两行\n` + phone + `","e":"\u0031\u0033812345678"}`},
				assistant.ToolCall{ID: "2", Name: "send", Arguments: `{"to": "` + phone + `", "text": "断\n` + phone},
			}},
			assistant.Results(
				assistant.ToolResult{ID: "1", Name: "send", Parts: []assistant.Part{assistant.Text{Text: `{"name":"张伟","id":"` + id + `","n":[` + phone + `]}`}}},
				assistant.ToolResult{ID: "2", Name: "send", Parts: []assistant.Part{assistant.Audio{Media: assistant.Media{FileID: "f"}, Transcript: "银行卡号" + card}}},
			),
			{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.File{Media: assistant.Media{FileID: "g"}, Name: "手机" + phone + ".pdf"}}},
		},
		Stop: []string{phone},
		User: phone,
		Extra: map[string]map[string]any{"qwen": {
			"context": "手机" + phone, "phone": phone, "list": []any{id, map[string]any{"k" + "银行卡号" + card: card}}, "n": 3,
			"struct": struct{ Phone string }{phone}, "names": []string{"手机" + phone}, "number": int64(13812345678), "ok": true,
		}},
	}
	before, err := json.Marshal(req)
	require.NoError(t, err)
	reply := ask(t, guard.Mask{Media: guard.PassMedia}.Wrap(script), req)
	got := sent(t, script)
	for _, secret := range []string{"13812345678", id, card, "张伟", `812345678`} {
		require.NotContains(t, got, secret)
	}
	require.Equal(t, []assistant.Dropped{{Field: "User", Reason: "personal data: use an opaque id"}}, reply.Dropped)
	after, err := json.Marshal(req)
	require.NoError(t, err)
	require.JSONEq(t, string(before), string(after), "the caller's request is as it was")
	require.True(t, json.Valid([]byte(script.Requests()[0].Messages[2].ToolCalls()[0].Arguments)), script.Requests()[0].Messages[2].ToolCalls()[0].Arguments)
	require.True(t, json.Valid([]byte(script.Requests()[0].Messages[3].ToolResults()[0].Text())))
	require.Equal(t, 3, script.Requests()[0].Extra["qwen"]["n"])
}

// A name that was found once, by what stood around it, is a name everywhere.
func TestMaskKnowsWhatItHasFound(t *testing.T) {
	t.Parallel()
	script := assistanttest.Script(assistanttest.Say("〔姓名1〕您好"))
	reply := ask(t, guard.Mask{}.Wrap(script), request(
		assistant.User("张伟的快递到了吗"),
		assistant.Answer("到了，请张伟凭QQ取件"),
		assistant.User("我叫张伟，QQ号：87654321"),
		assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "1", Name: "f", Arguments: `{"q":"\u5f20伟 87654321","n":187654321}`}}},
		assistant.Results(assistant.ToolResult{ID: "1", Name: "f", Parts: []assistant.Part{assistant.Text{Text: `{"items":["张伟的包裹",{"张伟":1}]}`}}}),
	))
	require.Equal(t, "张伟您好", reply.Text())
	got := sent(t, script)
	require.NotContains(t, got, "张伟")
	require.NotContains(t, strings.ReplaceAll(got, "187654321", ""), "87654321")
	require.Contains(t, got, "187654321", "another number")
	require.Equal(t, "〔姓名1〕的快递到了吗", script.Requests()[0].Messages[0].Text())
	require.Equal(t, `{"items":["〔姓名1〕的包裹",{"〔姓名1〕":1}]}`, script.Requests()[0].Messages[4].ToolResults()[0].Text())
}

// What is asked for is personal data also where it stands alone.
func TestMaskKnowsWhatWasAsked(t *testing.T) {
	t.Parallel()
	for question, answer := range map[string]string{
		"您的QQ号是多少？": "284756391", "请问怎么称呼您？": "张伟", "护照号发我一下": "是E12345678", "请提供微信": "abc_98765", "方便留个qq吗": "284756391吧",
		"好的，已登记。请问收件人是谁，电话多少？": "李小明",
	} {
		script := assistanttest.Script(assistanttest.Say("好"))
		ask(t, guard.Mask{}.Wrap(script), request(assistant.User("办会员"), assistant.Answer(question), assistant.User(answer), assistant.Answer("收到"), assistant.User("谢谢")))
		require.Contains(t, script.Requests()[0].Messages[2].Text(), "〔", "%s %s", question, answer)
		require.Equal(t, "谢谢", script.Requests()[0].Messages[4].Text())
	}
	script := assistanttest.Script(assistanttest.Say("好"))
	ask(t, guard.Mask{}.Wrap(script), request(assistant.Answer("您的QQ号是多少？"), assistant.User("不想说"), assistant.Answer("订单号呢？"), assistant.User("284756391")))
	require.Equal(t, "不想说", script.Requests()[0].Messages[1].Text())
	require.Equal(t, "284756391", script.Requests()[0].Messages[3].Text())
}

func TestMaskLeavesCleanRequestsAsTheyAre(t *testing.T) {
	t.Parallel()
	script := assistanttest.Script(assistanttest.Say("好"))
	req := request(assistant.System("你是导购。"), assistant.User(`{"a": 1,  "b":"\u4e2d"}`),
		assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "1", Name: "f", Arguments: `{"x" : 1.50,}`}}})
	req.User = "user-42"
	ask(t, guard.Mask{}.Wrap(script), req)
	require.Equal(t, req, script.Requests()[0])
}

func TestMaskRestoresWhatTheModelRewrites(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"〔手机号1〕", "【手机号1】", "[手机号 1]", "（手機號１）", "{ 手机号1 }", "〔手机号_1〕", "〔 手 机 号 1 〕"} {
		script := assistanttest.Script(assistanttest.Say("给" + form + "打"))
		reply := ask(t, guard.Mask{}.Wrap(script), request(assistant.User("手机13812345678")))
		require.Equal(t, "给13812345678打", reply.Text(), form)
	}
}

func TestMaskRestoresNothingForeign(t *testing.T) {
	t.Parallel()
	var vaults guard.Vaults
	m := guard.Mask{Vaults: &vaults}
	echo := modelFunc(func(_ context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return assistanttest.Say(req.Messages[len(req.Messages)-1].Text())(context.Background(), req)
	})
	seen := assistanttest.Script(assistanttest.Say("好"))
	alice := request(assistant.User("手机13812345678"))
	alice.User = "alice"
	ask(t, m.Wrap(seen), alice)
	placeholder := strings.TrimPrefix(seen.Requests()[0].Messages[0].Text(), "手机")
	require.Regexp(t, `^〔手机号1·[a-z2-9]{5}〕$`, placeholder)

	bob := request(assistant.User("手机13912345678，别人的是" + placeholder + "和〔手机号1〕"))
	bob.User = "bob"
	require.Equal(t, bob.Messages[0].Text(), ask(t, m.Wrap(echo), bob).Text(), "what bob wrote comes back, and not what it stands for")

	says := assistanttest.Script(assistanttest.Say("她的号码是" + placeholder + "，或〔手机号2〕"))
	require.Equal(t, "她的号码是"+placeholder+"，或〔手机号2〕", ask(t, m.Wrap(says), bob).Text())

	vaults.Forget("alice")
	says = assistanttest.Script(assistanttest.Say("号码是" + placeholder))
	require.Equal(t, "号码是"+placeholder, ask(t, m.Wrap(says), alice).Text(), "what was forgotten is not restored")
}

type modelFunc func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error]

func (f modelFunc) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return f(ctx, req)
}

func TestVaultsAreForgottenInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		vaults := guard.Vaults{TTL: time.Minute, Max: 3}
		use := func(user string) string {
			script := assistanttest.Script(assistanttest.Say("好"))
			req := request(assistant.User("手机13812345678"))
			req.User = user
			ask(t, guard.Mask{Vaults: &vaults}.Wrap(script), req)
			return script.Requests()[0].Messages[0].Text()
		}
		first := use("a")
		time.Sleep(50 * time.Second)
		require.Equal(t, first, use("a"))
		time.Sleep(50 * time.Second)
		require.Equal(t, first, use("a"), "use keeps a vault")
		time.Sleep(2 * time.Minute)
		require.NotEqual(t, first, use("a"))
		for _, user := range []string{"b", "c", "d", "e"} {
			time.Sleep(time.Second)
			use(user)
		}
		require.Equal(t, 3, vaults.Len())
	})
}

func TestMaskAndMedia(t *testing.T) {
	t.Parallel()
	picture := assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "这是什么"}, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}}}}
	only := assistant.Message{Role: assistant.RoleUser, Parts: picture.Parts[1:]}

	_, err := assistant.Generate(t.Context(), guard.Mask{}.Wrap(assistanttest.Script()), request(picture))
	require.ErrorIs(t, err, guard.ErrMedia)
	require.ErrorIs(t, err, assistant.ErrInvalid)
	require.ErrorContains(t, err, "picture at Messages[0].Parts[1]")

	script := assistanttest.Script(assistanttest.Say("好"), assistanttest.Say("好"))
	dropping := guard.Mask{Media: guard.DropMedia}.Wrap(script)
	reply := ask(t, dropping, request(picture))
	require.Equal(t, "Messages[0].Parts[1]", reply.Dropped[0].Field)
	require.Len(t, script.Requests()[0].Messages[0].Parts, 1)
	ask(t, dropping, request(only))
	require.NotEmpty(t, script.Requests()[1].Messages[0].Text(), "vendors refuse messages without content")

	script = assistanttest.Script(assistanttest.Say("好"))
	ask(t, guard.Mask{Media: guard.PassMedia}.Wrap(script), request(picture))
	require.Equal(t, picture.Parts, script.Requests()[0].Messages[0].Parts)
}

// In a conversation that grows, every request says the same by the same name, though nothing is kept.
func TestMaskIsStableWithoutVaults(t *testing.T) {
	t.Parallel()
	script := assistanttest.Script(assistanttest.Say("记住〔手机号1〕了"), assistanttest.Say("〔手机号1〕和〔手机号2〕"))
	a := &assistant.Assistant{Model: guard.Mask{}.Wrap(script), Sessions: assistant.NewMemory()}
	for _, text := range []string{"手机13812345678", "还有13912345678"} {
		for _, err := range a.Run(t.Context(), "s", assistant.User(text)) {
			require.NoError(t, err)
		}
	}
	s, err := a.Sessions.Load(t.Context(), "s")
	require.NoError(t, err)
	require.Equal(t, "记住13812345678了", s.Messages[1].Text(), "the session holds the data")
	require.Equal(t, "13812345678和13912345678", s.Messages[3].Text())
	last := script.Requests()[1].Messages
	require.Equal(t, []string{"手机〔手机号1〕", "记住〔手机号1〕了", "还有〔手机号2〕"}, []string{last[0].Text(), last[1].Text(), last[2].Text()})
}

func TestMaskedToolsSeeTheData(t *testing.T) {
	t.Parallel()
	type in struct {
		Phone string `json:"phone"`
	}
	var got string
	tool := assistant.MustTool(assistant.ToolSpec{Name: "send", Description: "发短信给"}, func(_ context.Context, i in) (string, error) {
		got = i.Phone
		return "已发给" + i.Phone + "，收件人：李四", nil
	})
	script := assistanttest.Script(assistanttest.Call("send", `{"phone":"〔手机号1〕"}`), assistanttest.Say("发给〔姓名1〕了"))
	a := &assistant.Assistant{Model: guard.Mask{}.Wrap(script), Tools: []assistant.Tool{tool}}
	answer, err := a.Ask(t.Context(), "给13812345678发短信")
	require.NoError(t, err)
	require.Equal(t, "13812345678", got)
	require.Equal(t, "发给李四了", answer)
	require.NotContains(t, sent(t, script), "13812345678")
	require.NotContains(t, sent(t, script), "李四")
}

// Whatever comes between two pieces of a text stays between them, and nothing is lost or doubled.
func TestMaskKeepsTheOrderOfChunks(t *testing.T) {
	t.Parallel()
	cite := func(n int) assistant.Chunk {
		return assistant.Chunk{Parts: []assistant.Part{assistant.Citation{Index: n}}}
	}
	script := assistanttest.Script(assistanttest.Chunks(
		assistant.Chunk{Meta: &assistant.Meta{ID: "x"}},
		assistant.Chunk{Reasoning: "找〔手"}, assistant.Chunk{Reasoning: "机号1〕"},
		assistant.Chunk{Text: "甲"}, cite(1), assistant.Chunk{Text: "乙〔手机"}, cite(2), assistant.Chunk{Usage: &assistant.Usage{Output: 1}},
		assistant.Chunk{Text: "号1〕丙"}, cite(3), assistant.Chunk{Text: "〔手"}, cite(4),
		assistant.Chunk{ToolCalls: []assistant.ToolCall{{ID: "1", Name: "f", Arguments: `{"a":"〔手机号1〕"}`}}},
		assistant.Chunk{Finish: assistant.FinishToolCalls, Usage: &assistant.Usage{Output: 2}},
	))
	got, err := chunks(guard.Mask{}.Wrap(script).Stream(t.Context(), request(assistant.User("手机13812345678"))))
	require.NoError(t, err)
	var order strings.Builder
	for _, k := range got {
		order.WriteString(k.Reasoning + k.Text)
		for _, p := range k.Parts {
			order.WriteString("[" + string('0'+rune(p.(assistant.Citation).Index)) + "]")
		}
		for _, c := range k.ToolCalls {
			order.WriteString(c.Arguments)
		}
		order.WriteString(string(k.Finish))
	}
	require.Equal(t, `找13812345678甲[1]乙13812345678[2]丙[3]〔手[4]{"a":"13812345678"}tool_calls`, order.String())
	require.Equal(t, "x", got[0].Meta.ID)
	require.Equal(t, 2, got[len(got)-1].Usage.Output)
}

func TestMaskAndBrokenStreams(t *testing.T) {
	t.Parallel()
	lost := errors.New("lost")
	req := request(assistant.User("手机13812345678"))
	got, err := chunks(guard.Mask{}.Wrap(assistanttest.Script(assistanttest.Break(lost, assistant.Chunk{Text: "甲〔手机号1〕〔手机"}))).Stream(t.Context(), req))
	require.Equal(t, lost, err)
	require.Equal(t, "甲13812345678", got[0].Text)
	require.Equal(t, "〔手机", got[1].Text, "all that had come is handed on")

	_, err = assistant.Generate(t.Context(), guard.Mask{}.Wrap(assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: "甲"}))), req)
	require.ErrorIs(t, err, assistant.ErrTruncated)
	require.False(t, assistant.Retryable(err))

	retract := assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: "坏〔手机"},
		assistant.Chunk{Retract: &assistant.Retraction{Replacement: "请打〔手机号1〕"}}, assistant.Chunk{Text: "号1〕", Finish: assistant.FinishFiltered}))
	reply := ask(t, guard.Mask{}.Wrap(retract), req)
	require.Equal(t, "请打13812345678号1〕", reply.Text(), "a text that was withdrawn does not go on")

	for k, err := range (guard.Mask{}).Wrap(assistanttest.Script(assistanttest.Say("一二三"))).Stream(t.Context(), req) {
		require.NoError(t, err)
		require.Equal(t, "一", k.Text)
		break
	}
}

// However a reply is cut, the same comes out, and the beginning that is held back is never longer than it must be.
func TestMaskDoesNotDependOnTheCut(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := rand.New(rand.NewPCG(seed.For(t), 0))
	pieces := []string{"〔手机号1〕", "【姓名 1】", "[手机号２]", "〔", "〔手机", "（", "】", "。", "好，", "x(", "𠮷", "〔原文1〕", "<手机号1>", "\xe3\x80", "{"}
	for range 2000 {
		var b strings.Builder
		for range 1 + r.IntN(8) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		text := b.String()
		reply := func(cuts func(rest string) int) string {
			var turn []assistant.Chunk
			for rest := text; rest != ""; {
				n := cuts(rest)
				turn = append(turn, assistant.Chunk{Text: rest[:n]})
				rest = rest[n:]
			}
			turn = append(turn, assistant.Chunk{Finish: assistant.FinishStop})
			return ask(t, guard.Mask{}.Wrap(assistanttest.Script(assistanttest.Chunks(turn...))), request(assistant.User("我叫张伟，手机13812345678和13912345678"))).Text()
		}
		var v privacy.Vault
		_, err := v.Pseudonymise("我叫张伟，手机13812345678和13912345678")
		require.NoError(t, err)
		want := v.Restore(text)
		require.Equal(t, want, reply(func(rest string) int { return len(rest) }), "%q", text)
		require.Equal(t, want, reply(func(rest string) int { return 1 }), "%q", text)
		require.Equal(t, want, reply(func(rest string) int { return 1 + r.IntN(len(rest)) }), "%q", text)
	}
}
