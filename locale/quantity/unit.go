package quantity

import (
	"fmt"

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
	Angle
	Power
	Energy
	Pressure
	Frequency
	Voltage
	Current
	Charge
	Force
	Age
	Count // of things, with a measure word: 三本
	Money
)

var dimensionNames = [...]string{
	"未知", "长度", "质量", "体积", "面积", "温度", "速度", "数据量", "时间", "角度", "功率", "能量", "压强", "频率", "电压", "电流", "电量", "力",
	"年龄", "数目", "金额",
}

// String returns the Chinese name of the dimension.
func (d Dimension) String() string {
	if int(d) >= len(dimensionNames) {
		d = 0
	}
	return dimensionNames[d]
}

// String returns the Chinese name of the unit.
func (u Unit) String() string { return u.data().name }

// Dimension returns what the unit measures, 0 for the zero Unit.
func (u Unit) Dimension() Dimension { return u.data().dimension }

// Code returns the code of a currency by ISO 4217, such as CNY, and nothing for other units.
func (u Unit) Code() string {
	if c := int(u) - int(firstCurrency); u >= firstCurrency && c < len(currencies()) {
		return currencies()[c].code
	}
	return ""
}

func (u Unit) data() *unitData {
	switch {
	case int(u) < len(units):
		return &units[u]
	case u >= firstCurrency:
		if c := int(u - firstCurrency); c < len(currencies()) {
			return &currencies()[c].unitData
		}
	case u >= firstCounter:
		if c := int(u - firstCounter); c < len(counters()) {
			return &counters()[c]
		}
	}
	return &units[0]
}

// DimensionError tells that no amount of one unit is an amount of the other.
type DimensionError struct {
	From, To Unit
}

// Error names both units and the reason.
func (e *DimensionError) Error() string {
	if e.From.Dimension() == e.To.Dimension() && e.From.Dimension() != 0 {
		return fmt.Sprintf("convert %s to %s: there is no fixed ratio between them", e.From, e.To)
	}
	return fmt.Sprintf("convert %s to %s: %s and %s are not the same kind of quantity",
		e.From, e.To, e.From.Dimension(), e.To.Dimension())
}

// Convert returns the amount n of unit from in unit to. The result is exact, and approximate if n is.
// It returns a [*DimensionError] if the units do not measure the same thing, or if there is no fixed ratio
// between them, as between two currencies.
func Convert(n number.Number, from, to Unit) (number.Number, error) {
	f, t := from.data(), to.data()
	if from == to && f.dimension != 0 {
		return n, nil
	}
	if f.dimension != t.dimension || f.scale.num == 0 || t.scale.num == 0 {
		return number.Number{}, &DimensionError{from, to}
	}
	n = n.Mul(f.scale.num).Div(f.scale.den).Add(f.offset.number()).Add(t.offset.number().Neg())
	return n.Mul(t.scale.den).Div(t.scale.num), nil
}

// ratio is a constant fraction; the zero value is 0.
type ratio struct{ num, den int64 }

func (r ratio) number() number.Number { return number.FromInt(r.num).Div(r.den) }
