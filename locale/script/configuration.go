package script

import "sync"

// The stages that the configurations are made of.
var (
	simplifiedToTraditional = &stage{dictionaries: []string{simplifiedPhrases, "STCharacters"}}
	traditionalToSimplified = &stage{dictionaries: []string{"TSPhrases", "TSCharacters"}}

	toTaiwan        = &stage{dictionaries: []string{"TWVariantsPhrases", "TWVariants"}}
	toTaiwanWords   = &stage{dictionaries: []string{"TWPhrases", "TWVariantsPhrases", "TWVariants"}}
	fromTaiwan      = &stage{dictionaries: []string{"TWVariantsRevPhrases", "TWVariantsRev"}}
	fromTaiwanWords = &stage{dictionaries: []string{"TWPhrasesRev", "TWVariantsRevPhrases", "TWVariantsRev"}}

	toHongKong        = &stage{dictionaries: []string{"HKVariantsPhrases", "HKVariants"}}
	toHongKongWords   = &stage{dictionaries: []string{"HKPhrases", "HKVariantsPhrases", "HKVariants"}}
	fromHongKong      = &stage{dictionaries: []string{"HKVariantsRevPhrases", "HKVariantsRev"}}
	fromHongKongWords = &stage{dictionaries: []string{"HKPhrasesRev", "HKVariantsRevPhrases", "HKVariantsRev"}}

	toJapanese   = &stage{dictionaries: []string{"JPShinjitaiCharactersRev"}}
	fromJapanese = &stage{dictionaries: []string{"JPShinjitaiPhrases", "JPShinjitaiCharacters"}}
)

// A configuration is a conversion as OpenCC configures it: one or two stages. Before the stages of two the text is
// cut at the phrases of the stage between simplified and traditional, wherever it stands.
type configuration struct {
	name   string
	stages []*stage

	once     sync.Once
	compiled *fused // nil if there is one stage
}

// fused returns the converter for both stages, or nil if there is only one.
func (c *configuration) fused() *fused {
	if len(c.stages) < 2 {
		return nil
	}
	c.once.Do(func() {
		first, second := c.stages[0], c.stages[1]
		var cut []pair
		if second == traditionalToSimplified {
			cut = dictionary("TSPhrases")
		}
		c.compiled = newFused(cut, first.compiled(), second.compiled())
	})
	return c.compiled
}

var (
	s2t   = configuration{name: "s2t", stages: []*stage{simplifiedToTraditional}}
	s2tw  = configuration{name: "s2tw", stages: []*stage{simplifiedToTraditional, toTaiwan}}
	s2twp = configuration{name: "s2twp", stages: []*stage{simplifiedToTraditional, toTaiwanWords}}
	s2hk  = configuration{name: "s2hk", stages: []*stage{simplifiedToTraditional, toHongKong}}
	s2hkp = configuration{name: "s2hkp", stages: []*stage{simplifiedToTraditional, toHongKongWords}}
	t2s   = configuration{name: "t2s", stages: []*stage{traditionalToSimplified}}
	tw2s  = configuration{name: "tw2s", stages: []*stage{fromTaiwan, traditionalToSimplified}}
	tw2sp = configuration{name: "tw2sp", stages: []*stage{fromTaiwanWords, traditionalToSimplified}}
	hk2s  = configuration{name: "hk2s", stages: []*stage{fromHongKong, traditionalToSimplified}}
	hk2sp = configuration{name: "hk2sp", stages: []*stage{fromHongKongWords, traditionalToSimplified}}
	t2tw  = configuration{name: "t2tw", stages: []*stage{toTaiwan}}
	t2hk  = configuration{name: "t2hk", stages: []*stage{toHongKong}}
	tw2t  = configuration{name: "tw2t", stages: []*stage{fromTaiwan}}
	hk2t  = configuration{name: "hk2t", stages: []*stage{fromHongKong}}
	t2jp  = configuration{name: "t2jp", stages: []*stage{toJapanese}}
	jp2t  = configuration{name: "jp2t", stages: []*stage{fromJapanese}}
)
