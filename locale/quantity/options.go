package quantity

import "github.com/zhushou-ai/zhushou/internal/fold"

// Options are the choices of those who read quantities. The zero value reads as people of the mainland
// write. Options may be copied and shared.
type Options struct {
	// Yuan is the currency of an amount in 元, 块 or 角 that names none. If zero, it is CNY.
	Yuan Unit

	// Cents takes 分 and 仙 alone for hundredths of a yuan: 5分. Otherwise they are so only behind 元 or 角.
	Cents bool

	// Amounts takes a number without a unit for an amount of money, in Parse any and in Find one with k or w:
	// 15k, 30w.
	Amounts bool

	// Literal leaves words such as 约, 至少, 多 and 左右 outside the match.
	Literal bool

	// Bare lets Find also find units of this dimension that no number stands before. If zero, it finds none.
	Bare Dimension
}

// LikeDuckling returns the choices of Facebook's duckling.
func LikeDuckling() Options { return Options{Cents: true} }

// LikeRecognizers returns the choices of Microsoft's Recognizers-Text.
func LikeRecognizers() Options { return Options{Literal: true, Bare: Temperature} }

// LikeJioNLP returns the choices of JioNLP.
func LikeJioNLP() Options { return Options{Amounts: true, Cents: true} }

func (o Options) yuan() Unit {
	if o.Yuan != 0 {
		return o.Yuan
	}
	return Currency("CNY")
}

// view folds what does not matter for units; case does (m and M).
const view = fold.Width | fold.Script
