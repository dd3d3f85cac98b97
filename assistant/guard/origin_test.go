package guard_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
)

// Around a router, masks and guards change what is said and never where it comes from: neither in the history, which the
// router reads, nor in the answer, whatever becomes of it.
func TestOriginGoesThrough(t *testing.T) {
	t.Parallel()
	origin := &assistant.Origin{Tier: "own", Vendor: "v", Detail: []byte(`{"place":"trusted","tel":"13812345678"}`)}
	g, _ := plain(t)
	g.Media = guard.DropMedia // so that the answer's Meta is amended
	mask := guard.Mask{Media: guard.DropMedia}
	for name, wrap := range map[string]func(assistant.Model) assistant.Model{
		"mask": mask.Wrap, "guard": g.Wrap, "both": func(m assistant.Model) assistant.Model { return g.Wrap(mask.Wrap(m)) },
	} {
		for _, text := range []string{"好", "打〔手机号1〕吧", "有" + hidden, blocked} {
			t.Run(name+" "+text, func(t *testing.T) {
				t.Parallel()
				script := assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: text, Meta: &assistant.Meta{Vendor: "v", Origin: origin}}, assistant.Chunk{Finish: assistant.FinishStop}))
				before := assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Text{Text: "13812345678"}}, Origin: origin}
				picture := assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "看"}, assistant.Image{Media: assistant.Media{Data: []byte("x")}}}}
				reply := ask(t, wrap(script), request(assistant.User("13812345678"), before, picture))
				require.Equal(t, origin, reply.Message.Origin)
				require.Equal(t, origin, reply.Origin)
				require.Equal(t, origin, script.Requests()[0].Messages[1].Origin)
			})
		}
	}
}
