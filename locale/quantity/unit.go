package quantity

import (
	"fmt"
	"math/big"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// Dimension is what a unit measures. Only units of one dimension convert into each other.
type Dimension uint8

const (
	Length Dimension = iota + 1
	Mass
	Volume
	Area
	Temperature
	Speed
	DataSize
	Time
)

// String returns the Chinese name of the dimension.
func (d Dimension) String() string {
	if d < Length || d > Time {
		return "未知"
	}
	return [...]string{"长度", "质量", "体积", "面积", "温度", "速度", "数据量", "时间"}[d-1]
}

// String returns the Chinese name of the unit.
func (u Unit) String() string { return u.data().name }

// Dimension returns what the unit measures, 0 for the zero Unit.
func (u Unit) Dimension() Dimension { return u.data().dimension }

func (u Unit) data() *unitData {
	if int(u) >= len(units) {
		u = 0
	}
	return &units[u]
}

// DimensionError tells that two units do not measure the same thing.
type DimensionError struct {
	From, To Unit
}

// Error names both units and what they measure.
func (e *DimensionError) Error() string {
	return fmt.Sprintf("convert %s to %s: %s and %s are not the same kind of quantity",
		e.From, e.To, e.From.Dimension(), e.To.Dimension())
}

// Convert returns the amount n of unit from in unit to. The result is exact, and approximate if n is.
// It returns a [*DimensionError] if the units do not measure the same thing or one of them is not known.
func Convert(n number.Number, from, to Unit) (number.Number, error) {
	f, t := from.data(), to.data()
	if f.dimension != t.dimension || f.dimension == 0 {
		return number.Number{}, &DimensionError{from, to}
	}
	r := n.Rat()
	r.Mul(r, f.scale.rat())
	r.Add(r, f.offset.rat())
	r.Sub(r, t.offset.rat())
	r.Quo(r, t.scale.rat())
	out := number.FromRat(r)
	out.Approx = n.Approx
	return out, nil
}

// ratio is a constant fraction; the zero value is 0.
type ratio struct{ num, den int64 }

func (r ratio) rat() *big.Rat {
	if r.den == 0 {
		return new(big.Rat)
	}
	return big.NewRat(r.num, r.den)
}
