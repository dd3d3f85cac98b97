package skills

import (
	"context"
	"errors"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// Wanted is the music that a user asks for. All fields may be empty: any music will do.
type Wanted struct {
	Song   string `json:"song,omitzero" jsonschema:"歌名"`
	Artist string `json:"artist,omitzero" jsonschema:"歌手或乐队"`
	Genre  string `json:"genre,omitzero" jsonschema:"类型，如轻音乐、摇滚"`
}

// A Song is what is being played.
type Song struct {
	Title  string `json:"title"`
	Artist string `json:"artist,omitzero"`
}

func (s Song) String() string {
	if s.Artist == "" {
		return "《" + s.Title + "》"
	}
	return s.Artist + "的《" + s.Title + "》"
}

// Player plays music. Its errors say in Chinese what is wrong.
type Player interface {
	// Play finds music and starts it. It returns the first song.
	Play(ctx context.Context, w Wanted) (Song, error)
	// Control does "pause", "resume", "next", "previous" or "stop".
	Control(ctx context.Context, action string) error
	// SetPlayMode plays one song over and over ("single"), all in order ("list"), or all in any order
	// ("shuffle").
	SetPlayMode(ctx context.Context, mode string) error
	// Current returns the song that is being played, or the zero Song.
	Current(ctx context.Context) (Song, error)
}

// Music returns the skills play_music, control_music, set_play_mode and current_song. The arguments
// song, artist and genre take names.
func Music(p Player) []ondevice.Skill {
	m := music{p}
	return []ondevice.Skill{m.play(), m.control(), m.mode(), m.current()}
}

type music struct{ Player }

func (m music) play() ondevice.Skill {
	type out struct {
		Song Song   `json:"song"`
		Say  string `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "play_music",
		Description: "播放音乐",
		Examples:    []string{"播放{artist}的{song}", "放一首{song}", "来点{genre}", "我想听{artist}的歌", "放歌", "播放音乐"},
		Answer:      "{say}",
	}, func(ctx context.Context, in Wanted) (out, error) {
		s, err := m.Play(ctx, in)
		if err != nil {
			return out{}, err
		}
		return out{s, "好的，播放" + s.String() + "。"}, nil
	}), []string{
		"[我](想听|要听|听|播放|放|来|点|唱|播)[一](首|曲|支|段|遍|个){artist}[的|唱的|演唱的]{song}[这首歌|这首]",
		"[我](想听|要听|播放|放|点|播|想听听|听一下|放一下|播一下|听下)[歌手]{artist}[的|唱的|演唱的]{song}[这首歌|这首]",
		"[我](想听|要听|播放|想听听|听一下|放一下|播一下)[歌曲|一下]{song}[这首歌|这首]",
		"[我](想听|要听|听|播放|放|来|点|唱|播|换)[一](首|曲|支|遍){song}[这首歌]",
		"(放|播|听|点|唱){song}这首[歌]",
		"[我](想听|要听|听|播放|放|来|点|播|换|想听听)[一](首|些|点|几首|下|曲|两首|点儿){artist}[的|唱的](歌|歌曲|音乐|专辑|曲子|作品)",
		"[我](想听|要听|听|播放|放|播|想听听|单曲)[歌手]{artist}[的|唱的][歌|歌曲|音乐|专辑|作品]",
		"[我](想听|要听|听|播放|放|来|点|播|换|想听听)[一](首|些|点|几首|下|段|曲|点儿)[舒缓的|好听的|安静的|轻松的|经典的|欢快的]{genre}[的歌|歌曲|音乐][听听|来听|听一下|听下]",
		"(给|为|帮)(孩子|宝宝|大家|我们|小朋友)(放|播|来|播放)[首|点|些|一首|点儿|啲]{genre}",
		"(放|播|听|嚟)[啲|首]{genre}[听下|听吓]",
		"[我](想听|要听|听|播放|放|播|想听听)[舒缓的|好听的|安静的|轻松的|经典的]{genre}[的歌|音乐|歌曲]",
		"[我](想听|要听|听|播放|放|来|点|播|打开|想听听|开|听听|播个)[一](首|些|点|几首|下|段|曲|会儿|点儿)(歌|音乐|歌曲|曲子|歌吧)[听听|来听听]",
		"[我](想听|要听|听|播放|放|播|打开|开|听听|想听听)[点|些|首|会儿|个](歌|音乐|歌曲|曲子)[听听]",
		"(把|将){artist}的{song}(放一下|播一下|放出来)",
		"{artist}的{song}(放一下|播一下|来一首|走起)",
		"我想听{song}",
		"随便(放|来|播)[点|首|一首](歌|音乐)[吧]",
		"播首{artist}嘅{song}",
		"我想听{artist}嘅歌",
		"听{genre}",
	}, "听听{*}的(意见|看法|想法|建议|说法)", "{song}是谁唱的", "{song}的歌词", "{artist}是谁", "{artist}多大了", "你会唱歌吗", "别放歌了", "不要播放{song}", "暂停播放", "播放下一首", "播放列表循环", "播放视频", "声音大一点")
}

func (m music) control() ondevice.Skill {
	type in struct {
		Action string `json:"action" jsonschema:"做什么，暂停pause、继续resume、下一首next、上一首previous、停止stop" enum:"pause,resume,next,previous,stop"`
	}
	type out struct {
		Say string `json:"say"`
	}
	said := map[string]string{"pause": "已暂停。", "resume": "继续播放。", "next": "好的，下一首。", "previous": "好的，上一首。", "stop": "已停止播放。"}
	return with(names{
		"action": called(
			"pause", "暂停 停一下 先停 先停一下",
			"resume", "继续 继续播放 接着放 接着播 恢复播放",
			"next", "下一首 下一曲 切歌 换一首 换首歌 换歌 跳过 下首",
			"previous", "上一首 上一曲 前一首 上首 倒回去 退回上一首",
			"stop", "停止 停止播放 停掉音乐 关掉音乐 关了音乐 关闭音乐 关音乐 音乐关了 音乐关掉 音乐停了 歌关了 歌停了 关掉歌 别放了 别播了 别唱了 不放了 不听了 不用放了 不要放了 不要播了 别再放了 唔听喇 唔好放",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "control_music",
		Description: "暂停、继续、切换或停止正在播放的音乐",
		Examples:    []string{"{action}", "{action}播放", "{action}音乐", "音乐{action}", "播放{action}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (out, error) {
		return out{said[in.Action]}, m.Control(ctx, in.Action)
	}), []string{
		"[先|我想|我要|给我|帮我]{action}[一下|吧|了][播放|音乐|歌|这首歌|这首|歌曲|放音乐|听歌]",
		"(把|将)[正在放的|这个]{action}[一下|了|掉]",
		"(把|将)(音乐|歌|歌曲|这首歌){action}[一下|了|掉]",
		"[音乐|歌|歌曲|播放器]{action}[一下|了|掉]",
		"(播放|放|听|切|切到|切换到|跳到|换到|切回|回到|返回|跳回|放回|退回){action}[歌|歌曲|去]",
		"(不好听|不喜欢这首|这首不好听|这首听腻了|这首歌不好听|不喜欢这首歌){action}",
		"{action}[正在播放的|这个](音乐|歌|歌曲)[了]",
	}, "暂停倒计时", "继续说", "停止计时", "下一个问题", "播放{*}", "下一个假期", "别放弃", "换一个说法"))
}

func (m music) mode() ondevice.Skill {
	type in struct {
		Mode string `json:"mode" jsonschema:"播放顺序，单曲循环single、列表循环list、随机播放shuffle" enum:"single,list,shuffle"`
	}
	said := map[string]string{"single": "单曲循环", "list": "列表循环", "shuffle": "随机播放"}
	return with(names{
		"mode": called(
			"single", "单曲循环 循环这首 循环这一首 一直循环 一直放这首 单曲 循环播放这首歌 循环放这首 循环放这一首 只放这一首 就放这一首",
			"list", "列表循环 顺序播放 循环播放 顺序 按顺序 列表",
			"shuffle", "随机播放 随机放歌 随机放 随机 乱序 打乱 打乱顺序",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_play_mode",
		Description: "设置音乐的播放顺序",
		Examples:    []string{"{mode}", "切换到{mode}", "改成{mode}", "{mode}模式", "我要{mode}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		return spokenResult{"好的，" + said[in.Mode] + "。"}, m.SetPlayMode(ctx, in.Mode)
	}), []string{
		"[给我|帮我|我要|我想|现在]{mode}[模式|一下|播放|吧]",
		"(切换|切|换|改|调|设置|设)(到|成|为){mode}[模式|播放]",
		"(打开|开启|启用|用){mode}[模式]",
		"(把|将)[播放|音乐|歌曲][的](模式|顺序|方式|播放模式|播放顺序)(切换|改|换|调|设置|设)(到|成|为){mode}[模式]",
		"播放(模式|顺序)(切换|改|换|调|设)(到|成|为){mode}",
		"(把|将)[这首|歌曲|列表](打乱|随机)播放",
		"一直(放|循环|播)这首[歌]",
		"这首歌循环[播放]",
	}, "随机数", "随便放首歌", "循环经济", "打开睡眠模式"))
}

func (m music) current() ondevice.Skill {
	type out struct {
		Song Song   `json:"song"`
		Say  string `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "current_song",
		Description: "查现在播放的是什么歌",
		Examples:    []string{"这是什么歌", "现在放的是什么歌", "这首歌叫什么", "这首歌是谁唱的"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, _ struct{}) (out, error) {
		s, err := m.Current(ctx)
		switch {
		case err != nil:
			return out{}, err
		case s == Song{}:
			return out{}, errors.New("现在没有在放歌")
		}
		return out{s, "这是" + s.String() + "。"}, nil
	}), []string{
		"[现在|正在](放|播|播放|唱|听)的[这首歌|这首|歌|音乐][是|叫](什么|啥)[歌|歌曲|音乐|名字]",
		"(这|这首|这首歌|这歌|这个音乐|当前歌曲)[是|叫](什么|啥)[歌|歌曲|曲子|音乐|名字|歌名|名]",
		"(这|这首|这首歌|这歌)[是](谁|哪个歌手|哪位)(唱|演唱)的",
		"(这首歌|这首|现在这首)[的](歌名|名字|歌手)[是|叫](什么|谁|啥)",
		"(谁|哪个)唱的[这首|这首歌|这歌]",
		"(歌名|歌手)是(什么|谁)",
		"呢首[歌][系|叫](咩|乜)[歌|名]",
		"(现在|正在)(播放|放)(的是|着)(什么|啥)[歌]",
	}, "{*}是谁唱的", "这是什么", "这是什么意思", "这首歌好听", "播放{*}")
}
