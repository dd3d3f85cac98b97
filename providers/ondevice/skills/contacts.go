package skills

import (
	"context"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// A TextMessage is a message that the user was sent.
type TextMessage struct {
	From string `json:"from"`
	Text string `json:"text"`
}

// Phone reaches other people. Its errors say in Chinese what is wrong.
type Phone interface {
	// Call starts a call. The person is a name of the contacts, or a number as it was said.
	Call(ctx context.Context, person string) error
	// Send sends a message.
	Send(ctx context.Context, person, text string) error
	// Messages returns the unread messages, of one person or, if that is empty, of all.
	Messages(ctx context.Context, person string) ([]TextMessage, error)
}

// Contacts returns the skills call, send_message and read_messages. The argument person takes names. A
// call and a message ask for confirmation.
func Contacts(p Phone) []ondevice.Skill {
	c := contacts{p}
	return []ondevice.Skill{c.call(), c.send(), c.read()}
}

type contacts struct{ Phone }

func (c contacts) call() ondevice.Skill {
	type in struct {
		Person string `json:"person" jsonschema:"打给谁，联系人或号码"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "call",
		Description: "打电话",
		Examples:    []string{"给{person}打电话", "打电话给{person}", "呼叫{person}", "拨打{person}", "给{person}打个电话"},
		Answer:      "正在呼叫{person}。",
		Confirm:     true,
	}, func(ctx context.Context, in in) (struct{}, error) {
		return struct{}{}, c.Call(ctx, in.Person)
	}), []string{
		"[帮我|我要|我想](给|跟|和|同){person}(打|拨|挂|去)[一](个|通|下)[电话|语音电话|手机|语音]",
		"[帮我|我要|我想](给|跟|和|同){person}(打|拨)(电话|手机|语音电话)",
		"[帮我](打|拨|拨打)[个|一个|一通|通|下]电话(给|到){person}",
		"[帮我|我要](呼叫|拨打|拨通|打给|拨给|致电|联系|联系一下|接通|call){person}[的电话|电话|的手机|的号码]",
		"(拨打|拨|打){person}的(电话|手机|号码|手机号)",
		"(拨打|拨|打|呼叫){person}这个(电话|手机|号码|手机号|号)",
		"(电话|打电话)(联系|找|叫){person}",
		"我(要|想)(和|跟|同){person}(通话|通电话|讲电话|打电话|语音)",
		"打电话[给]",
		"[快|赶紧](打|拨|拨号){person}",
		"打俾{person}",
		"打电话畀{person}",
	}, "{person}的电话是多少", "{person}给我打电话了吗", "{person}[刚|刚才|昨天|早上|又]给我打[了]{*}电话[了]", "给{person}发消息", "提醒我给{person}打电话", "别给{person}打电话", "刚才谁打电话来", "打车", "电话费多少")
}

func (c contacts) send() ondevice.Skill {
	type in struct {
		Person string `json:"person" jsonschema:"发给谁，联系人或号码"`
		Text   string `json:"text" jsonschema:"消息内容"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "send_message",
		Description: "发消息",
		Examples:    []string{"给{person}发消息说{text}", "告诉{person}{text}", "发短信给{person}说{text}", "给{person}发个消息", "跟{person}说{text}"},
		Answer:      "已经发给{person}：{text}",
		Confirm:     true,
	}, func(ctx context.Context, in in) (struct{}, error) {
		return struct{}{}, c.Send(ctx, in.Person, in.Text)
	}), []string{
		"[帮我|我要|我想](给|跟|向|畀|俾){person}(发|发送|发一|写|捎|回|回复)[一](个|条|则)(消息|短信|信息|微信|讯息|微信消息|简讯)[说|内容是|告诉他|告诉她|跟他说|跟她说|讲|写|内容为|话]{text}",
		"[帮我|我要](给|跟|向){person}(发|发送|回)(消息|短信|信息|微信|讯息)[说|内容是|告诉他|告诉她|跟他说|跟她说|讲|话]{text}",
		"[帮我](发|发送|写)[一](个|条)(消息|短信|信息|微信|讯息|简讯)(给|畀|俾){person}[说|内容是|告诉他|告诉她|讲|话|跟他说|跟她说]{text}",
		"[帮我](发|发送)(消息|短信|信息|微信|讯息)给{person}[说|内容是|告诉他|告诉她|讲]{text}",
		"[帮我](告诉|通知|转告|跟|和|同|话畀|话俾){person}[说|讲|一声|说一声|说一下|讲一声]{text}",
		"(给|跟|向){person}(发|发送|写)[一](个|条)(消息|短信|信息|微信|讯息)",
		"(发|发送|写)[一][个|条](消息|短信|信息|微信|讯息|简讯)(给|畀|俾){person}",
		"[我要|我想](发|发送|写)[一][个|条](消息|短信|信息|微信|讯息)",
		"(发微信|发短信|发消息|发信息)(告诉|跟|通知){person}[说]{text}",
		"(回复|回){person}[说]{text}",
		"问[一下|问]{person}{text}",
	}, "给{person}打电话", "告诉我{text}", "{person}给我发了什么", "问一下天气", "跟我说{text}", "看看{person}的消息", "提醒我给{person}发消息", "跟老师请[个]假", "写一封信给{person}")
}

func (c contacts) read() ondevice.Skill {
	type in struct {
		Person string `json:"person,omitzero" jsonschema:"谁发来的；不说就是所有人"`
	}
	type out struct {
		Messages []TextMessage `json:"messages"`
		Say      string        `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "read_messages",
		Description: "看新消息",
		Examples:    []string{"有没有新消息", "看看{person}的消息", "{person}给我发了什么", "读一下消息", "我有几条未读消息"},
		Answer:      "{say}",
		ReadOnly:    true,
		Private:     true,
	}, func(ctx context.Context, in in) (out, error) {
		all, err := c.Messages(ctx, in.Person)
		if err != nil {
			return out{}, err
		}
		if len(all) == 0 {
			if in.Person != "" {
				return out{Say: in.Person + "没有发来新消息。"}, nil
			}
			return out{Say: "没有新消息。"}, nil
		}
		said := make([]string, len(all))
		for i, m := range all {
			said[i] = m.From + "说：" + m.Text
		}
		return out{all, fmt.Sprintf("有%d条新消息。%s", len(all), strings.Join(said, "；"))}, nil
	}), []string{
		"[看看|看一下|查一下|我]有没有[人给我发|收到|什么](新|未读|新的|未读的)[消息|短信|信息|微信|讯息]",
		"[看看|看一下|查一下][我]有没有[收到](新|未读|新的|未读的)(消息|短信|信息|微信|讯息)",
		"[我](有|有几条|有多少|收到)[什么](新|未读|新的|未读的)(消息|短信|信息|微信|讯息)[吗|没有]",
		"(看看|看一下|读|读一下|念|念一下|查看|查|查一下|播报|帮我看|帮我看看)[我|一下|我的][的][新|未读|最新|最近](消息|短信|信息|微信|讯息|微信消息)",
		"(看看|看一下|读|读一下|念|念一下|查看|打开|查|查一下|播报){person}[发来|发给我|给我|发]的[新|未读|最新](消息|短信|信息|微信|讯息)",
		"{person}[有没有|有|刚才|刚刚](给我|跟我|找我)(发消息|发短信|发微信|发信息|说什么|发了什么|发什么了|说了什么|发消息了)[吗|没有|没|了吗]",
		"{person}(发来|发给我|发)[了](什么|啥)[消息]",
		"{person}[给我](发|发来|发了)[消息|短信|微信|信息](了吗|了没|了没有|没有|吗)",
		"{person}(回我|回复|回消息|回复我)[了](吗|没|没有)",
		"有[没有]{person}的(消息|信息|短信|微信)[吗]",
		"(谁|哪个)(给|跟)我发[了|过][新](消息|短信|信息|微信)[了]",
		"有冇新(讯息|短信|消息)",
		"{person}有冇(搵我|覆我)",
	}, "今天有什么消息", "给{person}发消息", "有什么新闻", "最新消息", "{person}最近怎么样")
}
