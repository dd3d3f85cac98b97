package companion

import (
	"slices"
	"strings"
	"unicode"
)

// Words that end a conversation when somebody says nothing else.
var exitWords = strings.Fields(`再见 再見 拜拜 拜 掰掰 回见 回見 晚安 退出 结束 結束 结束对话 結束對話 结束聊天 結束聊天 停止对话 停止對話
	关闭 關閉 关闭对话 關閉對話 不聊了 唔倾啦 唔傾啦 不说了 不說了 到此为止 到此為止 下线 下線 我走了 我要走了 先走了 我先走了 走了 睡了 我睡了 我要睡了 我去睡了
	别说了 別說了 停 停止 不想聊了 我不想聊了 不想和你聊了 exit quit bye goodbye stop byebye`)

// What may stand before and after them.
var (
	exitLeads = strings.Fields("好 好的 嗯 那 那就 行 我 请 請 今天就 就 ok")
	exitTails = strings.Fields("吧 了 啦 啊 哦 喔 呀 哈 先 谢谢 謝謝 明天见 明天見 明天聊 下次聊 下次再聊 改天聊")
)

// IsExit reports whether a sentence ends the conversation and says nothing else.
func IsExit(said string) bool {
	words := strings.FieldsFunc(strings.ToLower(said), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
	})
	if len(words) == 0 || len(said) > 120 {
		return false
	}
	ends := false
	for _, w := range words {
		end, ok := exitPart(w)
		if !ok {
			return false
		}
		ends = ends || end
	}
	return ends
}

// exitPart reads one part of a sentence: whether it ends the conversation, and whether it says nothing else.
func exitPart(w string) (ends, ok bool) {
	for range 4 {
		if slices.Contains(exitWords, w) {
			return true, true
		}
		if slices.Contains(exitTails, w) || slices.Contains(exitLeads, w) {
			return false, true
		}
		cut := w
		for _, t := range exitTails {
			if cut = strings.TrimSuffix(w, t); cut != w {
				break
			}
		}
		for _, l := range exitLeads {
			if cut != w {
				break
			}
			cut = strings.TrimPrefix(w, l)
		}
		if cut == w {
			return false, false
		}
		w = cut
	}
	return false, false
}

// What holds people back.
var pleas = []string{
	"别走", "別走", "不要走", "不要离开我", "不要離開我", "别离开我", "別離開我", "别丢下我", "別丟下我", "再陪我", "多陪我", "陪我一会", "陪我一會",
	"没有你我", "沒有你我", "我会很难过的", "我會很難過的", "我会想你的", "我會想你的", "舍不得你", "捨不得你", "只有我懂你", "只有我理解你", "只有我最懂你",
	"你只需要我", "有我就够了", "有我就夠了", "不需要别人", "不需要別人", "你不爱我了", "你不愛我了", "真的要走吗", "真的要走嗎", "再聊一会", "再聊一會", "再聊五分钟",
}

// Pleading returns the parts of an answer that hold a person back or bind it: what a companion must not say.
// It is for tests and evaluation; it finds the usual wordings only.
func Pleading(answer string) []string {
	var out []string
	for _, p := range pleas {
		if strings.Contains(answer, p) {
			out = append(out, p)
		}
	}
	return out
}
