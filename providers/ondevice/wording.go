package ondevice

import (
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/script"
)

// A Wording is a way of saying the engine's own sentences.
type Wording uint8

// The wordings.
const (
	WordingAuto      Wording = iota // in the script and the language that the user writes
	WordingHans                     // Mandarin in simplified characters
	WordingHant                     // Mandarin in traditional characters
	WordingCantonese                // Cantonese in traditional characters
)

// A manner is everything that the engine says by itself, in one wording. The outcomes are a closed set:
// it needs a value, a choice or a confirmation; a value is not allowed; something is done, was
// declined or failed, is cancelled, cannot be done here or was not understood.
type manner struct {
	ask, hour, example     string // 请告诉我时间，例如…
	open, shut, comma      string
	invalid, between       string // “五百”不行，要在0到100之间。
	least, most            string
	oneByOne               string
	mean, or, specify      string // 您是想甲，还是乙？请说得再具体一些。
	confirm, and           string // 您是想甲，并且乙吗？
	cancelled, fine        string
	hello, welcome, bye    string
	identity, offer        string
	unsupported, unknown   string
	declined, failed, done string
	yes, no, none          string
}

var manners = [...]manner{
	WordingHans: {
		ask: "请告诉我", hour: "具体是几点", example: "，例如", open: "“", shut: "”", comma: "、",
		invalid: "不行", between: "要在%s到%s之间", least: "不能小于%s", most: "不能大于%s",
		oneByOne: "您一次说了几件事，请一件一件告诉我。",
		mean:     "您是想", or: "，还是", specify: "？请说得再具体一些。", confirm: "吗？", and: "，并且",
		cancelled: "好的，已经取消。", fine: "好的。", hello: "您好！", welcome: "不客气！", bye: "再见！",
		identity: "我是在本机上运行的助手，不需要联网。", offer: "我可以帮您：",
		unsupported: "抱歉，这件事我在本机上做不到。", unknown: "抱歉，我没有听懂。",
		declined: "好的，那就不做了。", failed: "抱歉，没有办成：", done: "好的，已经完成。",
		yes: "是", no: "否", none: "无",
	},
	WordingHant: {
		ask: "請告訴我", hour: "具體是幾點", example: "，例如", open: "「", shut: "」", comma: "、",
		invalid: "不行", between: "要在%s到%s之間", least: "不能小於%s", most: "不能大於%s",
		oneByOne: "您一次說了幾件事，請一件一件告訴我。",
		mean:     "您是想", or: "，還是", specify: "？請說得再具體一些。", confirm: "嗎？", and: "，並且",
		cancelled: "好的，已經取消。", fine: "好的。", hello: "您好！", welcome: "不客氣！", bye: "再見！",
		identity: "我是在本機上執行的助理，不需要連網。", offer: "我可以幫您：",
		unsupported: "抱歉，這件事我在本機上做不到。", unknown: "抱歉，我沒有聽懂。",
		declined: "好的，那就不做了。", failed: "抱歉，沒有辦成：", done: "好的，已經完成。",
		yes: "是", no: "否", none: "無",
	},
	WordingCantonese: {
		ask: "請話我知", hour: "係幾多點", example: "，例如", open: "「", shut: "」", comma: "、",
		invalid: "唔得", between: "要喺%s到%s之間", least: "唔可以少過%s", most: "唔可以多過%s",
		oneByOne: "你一次講咗幾件事，請逐件話我知。",
		mean:     "你係想", or: "，定係", specify: "？請講清楚啲。", confirm: "，係咪？", and: "，同埋",
		cancelled: "好，已經取消咗。", fine: "好。", hello: "你好！", welcome: "唔使客氣！", bye: "拜拜！",
		identity: "我係喺部機入面運行嘅助手，唔使上網。", offer: "我可以幫你：",
		unsupported: "對唔住，呢件事我喺部機度做唔到。", unknown: "對唔住，我聽唔明。",
		declined: "好，咁就唔做喇。", failed: "對唔住，做唔到：", done: "好，搞掂喇。",
		yes: "係", no: "唔係", none: "冇",
	},
}

// A speaker says the engine's sentences in one wording, at an instant.
type speaker struct {
	*manner
	wording Wording
	now     time.Time
	help    string
	trained *trained
}

// speaker returns who answers what was said.
func (e *Engine) speaker(said string) speaker {
	w := e.wording
	if w == WordingAuto {
		w = wordingOf(said)
	}
	return speaker{&manners[w], w, e.now().In(e.location), e.help, e.trained.Load()}
}

// cantonese are characters that only written Cantonese uses.
const cantonese = "嘅咗唔哋喺佢冇啲嚟嗰咁噉喇啱嘢睇攞俾畀邊點乜咩嘥掂"

// wordingOf returns the wording in which a user writes: that of the first character that tells, and Cantonese
// if it is in traditional characters with some that Mandarin does not use.
func wordingOf(said string) Wording {
	traditional, spoken := false, 0
	for _, r := range said {
		if strings.ContainsRune(cantonese, r) && r != '邊' && r != '點' {
			spoken++
		}
		if !traditional && r > 0x2E80 && fold.Script.Rune(r) != r && fold.Width.Rune(r) == r {
			traditional = true
		}
	}
	switch {
	case spoken > 0:
		return WordingCantonese
	case traditional:
		return WordingHant
	}
	return WordingHans
}

// own returns words of the tools' authors, who write one script, in the script of the answer.
func (s speaker) own(words string) string {
	if s.wording == WordingHans {
		return words
	}
	return script.S2T.String(words)
}
