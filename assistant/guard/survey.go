package guard

import (
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// Survey returns the types of personal data in what would be sent of a request, and how many parts there are in which
// none can be seen: pictures and the like.
func Survey(req *assistant.Request, d privacy.Detector) (types privacy.Types, media int, err error) {
	e := &envelope{vault: &privacy.Vault{Detector: d}, media: DropMedia}
	if _, err := e.seal(req); err != nil {
		return 0, 0, err
	}
	for form := range e.vault.All() {
		label := strings.TrimRight(strings.Trim(form, "〔〕"), "0123456789")
		for t := privacy.Type(1); privacy.AllTypes.Has(t); t++ {
			if t.String() == label {
				types |= privacy.TypesOf(t)
			}
		}
	}
	for f := range d.Find(req.User) {
		types |= privacy.TypesOf(f.Type)
	}
	for _, m := range req.Messages {
		media += opaque(m.Parts)
	}
	return types, media, nil
}

func opaque(parts []assistant.Part) (n int) {
	for _, p := range parts {
		if r, ok := p.(assistant.ToolResult); ok {
			n += opaque(r.Parts)
		} else if medium(p) != "" {
			n++
		}
	}
	return n
}
