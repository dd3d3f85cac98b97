package route

import "cmp"

// Words are what the router says itself. Empty ones are said as [Simplified] has them. {data}, {tier},
// {tools} and {what} stand for the personal data that was found, the tier's title, what the device can do
// and what a tool does.
type Words struct {
	Offline     string // there is no network, and the device cannot do it
	Busy        string // no cloud answers, and the device cannot do it
	Quota       string // the money or the tokens are used up
	NotSetUp    string // no cloud is to be had at all
	Private     string // it stays on the device, which cannot do it
	Data        string // the same, because of personal data
	Media       string // pictures and files stay on the device
	Child       string // child mode
	NoConsent   string // the user has not agreed that it leaves
	Unable      string // no model has the ability
	Can         string // what the device can do, said after the above
	Interrupted string // an answer broke off
	MayItLeave  string // the question for consent
	AlsoData    string // said within it if there is personal data that is sent as it is, as {data}
	MaskedData  string // said within it if there is personal data that is masked, as {data}
	IsItThis    string // the question whether this was meant
	NotSent     string // the answer to a no to the one
	NotDone     string // and to the other
}

// Simplified returns the router's words in simplified Chinese.
func Simplified() Words {
	return Words{
		Offline:     "现在连不上网，这件事要等网络恢复了再办。",
		Busy:        "云端暂时没有回应，请过一会儿再问。",
		Quota:       "云端的额度用完了，这个问题现在答不了。",
		NotSetUp:    "这件事在本机办不了，也没有可用的云端模型。",
		Private:     "这是私密的内容，不会发到云端，本机又办不了。",
		Data:        "话里有{data}，按设置不会发到云端，本机又办不了。",
		Media:       "图片和文件按设置不会发到云端，本机又看不了。",
		Child:       "儿童模式下不把问题发到云端，本机又办不了。",
		NoConsent:   "没有您的同意，话不会发到云端，本机又办不了。",
		Unable:      "现在可用的模型都办不了这件事。",
		Can:         "本机可以：{tools}。",
		Interrupted: "……（网络断了，后面的没有收到。）",
		MayItLeave:  "这个问题要请“{tier}”来答，会把您的话发给它{data}。可以吗？",
		AlsoData:    "，其中的{data}也在内",
		MaskedData:  "，其中的{data}会先换成代号",
		IsItThis:    "是要{what}吗？",
		NotSent:     "好的，没有发出去。",
		NotDone:     "好的，那就不办了。",
	}
}

// Traditional returns the router's words in traditional Chinese.
func Traditional() Words {
	return Words{
		Offline:     "現在連不上網路，這件事要等網路恢復了再辦。",
		Busy:        "雲端暫時沒有回應，請過一會兒再問。",
		Quota:       "雲端的額度用完了，這個問題現在答不了。",
		NotSetUp:    "這件事在本機辦不了，也沒有可用的雲端模型。",
		Private:     "這是私密的內容，不會傳到雲端，本機又辦不了。",
		Data:        "話裡有{data}，依設定不會傳到雲端，本機又辦不了。",
		Media:       "圖片和檔案依設定不會傳到雲端，本機又看不了。",
		Child:       "兒童模式下不把問題傳到雲端，本機又辦不了。",
		NoConsent:   "沒有您的同意，話不會傳到雲端，本機又辦不了。",
		Unable:      "現在可用的模型都辦不了這件事。",
		Can:         "本機可以：{tools}。",
		Interrupted: "……（網路斷了，後面的沒有收到。）",
		MayItLeave:  "這個問題要請「{tier}」來答，會把您的話傳給它{data}。可以嗎？",
		AlsoData:    "，其中的{data}也在內",
		MaskedData:  "，其中的{data}會先換成代號",
		IsItThis:    "是要{what}嗎？",
		NotSent:     "好的，沒有傳出去。",
		NotDone:     "好的，那就不辦了。",
	}
}

// Cantonese returns the router's words in written Cantonese.
func Cantonese() Words {
	return Words{
		Offline:     "而家上唔到網，呢件事要等有網絡先做到。",
		Busy:        "雲端暫時冇回應，請遲啲再問。",
		Quota:       "雲端嘅額度用晒，呢條問題而家答唔到。",
		NotSetUp:    "呢件事喺本機做唔到，又冇雲端模型可以用。",
		Private:     "呢啲係私隱，唔會傳去雲端，本機又做唔到。",
		Data:        "入面有{data}，跟設定唔會傳去雲端，本機又做唔到。",
		Media:       "圖片同檔案跟設定唔會傳去雲端，本機又睇唔到。",
		Child:       "兒童模式唔會將問題傳去雲端，本機又做唔到。",
		NoConsent:   "未得到您同意，唔會將說話傳去雲端，本機又做唔到。",
		Unable:      "而家可以用嘅模型都做唔到呢件事。",
		Can:         "本機可以：{tools}。",
		Interrupted: "……（斷咗網，後面嘅收唔到。）",
		MayItLeave:  "呢條問題要請「{tier}」答，會將您嘅說話傳畀佢{data}。得唔得呀？",
		AlsoData:    "，入面嘅{data}都包括在內",
		MaskedData:  "，入面嘅{data}會先換做代號",
		IsItThis:    "係咪要{what}呀？",
		NotSent:     "好，冇傳出去。",
		NotDone:     "好，噉就唔做喇。",
	}
}

// withDefaults fills in the words that are empty.
func (w Words) withDefaults() Words {
	d := Simplified()
	for _, f := range []struct{ word, fallback *string }{
		{&w.Offline, &d.Offline}, {&w.Busy, &d.Busy}, {&w.Quota, &d.Quota}, {&w.NotSetUp, &d.NotSetUp}, {&w.Private, &d.Private},
		{&w.Data, &d.Data}, {&w.Media, &d.Media}, {&w.Child, &d.Child}, {&w.NoConsent, &d.NoConsent}, {&w.Unable, &d.Unable},
		{&w.Can, &d.Can}, {&w.Interrupted, &d.Interrupted}, {&w.MayItLeave, &d.MayItLeave}, {&w.AlsoData, &d.AlsoData}, {&w.MaskedData, &d.MaskedData},
		{&w.IsItThis, &d.IsItThis}, {&w.NotSent, &d.NotSent}, {&w.NotDone, &d.NotDone},
	} {
		*f.word = cmp.Or(*f.word, *f.fallback)
	}
	return w
}
