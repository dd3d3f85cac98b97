package skills

import (
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// decimal writes a value with at most six decimals.
func decimal(v *big.Rat) string {
	if s := number.FromRat(v).String(); !strings.Contains(s, "/") && len(s) <= 24 {
		return s
	}
	s := strings.TrimRight(strings.TrimRight(v.FloatString(6), "0"), ".")
	return "约" + s
}

// evaluate computes an arithmetic expression as people write or say it: 三加五, (1+2)×3, 200的15%, 9的平方.
func evaluate(expression string) (*big.Rat, error) {
	if len(expression) > maxExpression {
		return nil, fmt.Errorf("算式有%d字节，最多%d", len(expression), maxExpression)
	}
	e := &evaluator{rest: signs.Replace(strings.TrimSpace(expression))}
	v, err := e.sum(0)
	if err == nil && e.skip() != "" {
		err = fmt.Errorf("看不懂“%s”", e.rest)
	}
	if err != nil {
		return nil, fmt.Errorf("算式“%.60s”：%w", expression, err)
	}
	return v, nil
}

// signs rewrites words as signs. The longer word of two that begin alike stands first.
var signs = strings.NewReplacer(
	"加上", "+", "加", "+", "减去", "-", "减", "-", "乘以", "*", "乘上", "*", "乘", "*", "除以", "/",
	"的平方", "^2", "平方", "^2", "的立方", "^3", "立方", "^3", "的", "*",
	"×", "*", "÷", "/", "x", "*", "X", "*", "＋", "+", "－", "-", "−", "-", "＊", "*", "／", "/", "（", "(", "）", ")",
)

// An evaluator is a recursive-descent parser; its depth is bounded.
type evaluator struct{ rest string }

const (
	maxExpression = 1000 // bytes
	maxDepth      = 50
	maxBits       = 4096 // of any value on the way
)

func (e *evaluator) skip() string {
	e.rest = strings.TrimLeft(e.rest, " \t　")
	return e.rest
}

func (e *evaluator) accept(signs string) byte {
	if r := e.skip(); r != "" && strings.IndexByte(signs, r[0]) >= 0 {
		e.rest = r[1:]
		return r[0]
	}
	return 0
}

func (e *evaluator) sum(depth int) (*big.Rat, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("括号太多")
	}
	v, err := e.product(depth)
	for err == nil {
		sign := e.accept("+-")
		if sign == 0 {
			return v, nil
		}
		var w *big.Rat
		if w, err = e.product(depth); err != nil {
			break
		}
		if sign == '-' {
			w.Neg(w)
		}
		v.Add(v, w)
	}
	return nil, err
}

func (e *evaluator) product(depth int) (*big.Rat, error) {
	v, err := e.power(depth)
	for err == nil {
		sign := e.accept("*/")
		if sign == 0 {
			return v, nil
		}
		var w *big.Rat
		if w, err = e.power(depth); err != nil {
			break
		}
		if sign == '/' {
			if w.Sign() == 0 {
				return nil, fmt.Errorf("不能除以零")
			}
			w.Inv(w)
		}
		if v.Mul(v, w); tooBig(v) {
			return nil, fmt.Errorf("数太大了")
		}
	}
	return nil, err
}

func (e *evaluator) power(depth int) (*big.Rat, error) {
	v, err := e.atom(depth)
	for err == nil && e.accept("^") != 0 {
		var w *big.Rat
		if w, err = e.atom(depth); err != nil {
			break
		}
		if !w.IsInt() || w.Sign() < 0 || w.Num().BitLen() > 7 {
			return nil, fmt.Errorf("只会算 0 到 127 次方")
		}
		base := v
		v = big.NewRat(1, 1)
		for range w.Num().Int64() {
			if v.Mul(v, base); tooBig(v) {
				return nil, fmt.Errorf("数太大了")
			}
		}
	}
	return v, err
}

func tooBig(v *big.Rat) bool { return v.Num().BitLen()+v.Denom().BitLen() > maxBits }

func (e *evaluator) atom(depth int) (*big.Rat, error) {
	switch e.accept("-+(") {
	case '-':
		v, err := e.atom(depth + 1)
		if err != nil {
			return nil, err
		}
		return v.Neg(v), nil
	case '+':
		return e.atom(depth + 1)
	case '(':
		v, err := e.sum(depth + 1)
		if err == nil && e.accept(")") == 0 {
			err = fmt.Errorf("括号没有合上")
		}
		return v, err
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("符号太多")
	}
	return e.number()
}

// number takes the longest number at the front.
func (e *evaluator) number() (*big.Rat, error) {
	rest := e.skip()
	end := strings.IndexAny(rest, "+-*/^() ")
	if end < 0 {
		end = len(rest)
	}
	for end > 0 {
		if n, err := number.Parse(rest[:end]); err == nil {
			e.rest = rest[end:]
			return n.Rat(), nil
		}
		_, size := utf8.DecodeLastRuneInString(rest[:end])
		end -= size
	}
	if rest == "" {
		return nil, fmt.Errorf("少了一个数")
	}
	return nil, fmt.Errorf("“%.30s”不是数", rest)
}
