package quantity_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/quantity"
)

// Amounts of physical units; counts of things (一杯) are not ours.
func TestSuiteUnits(t *testing.T) {
	t.Parallel()
	units := map[string]quantity.Unit{
		"Centimetre": quantity.Centimetre, "Metre": quantity.Metre, "Kilometre": quantity.Kilometre, "Millimetre": quantity.Millimetre,
		"Inch": quantity.Inch, "Foot": quantity.Foot, "Mile": quantity.Mile, "Yard": quantity.Yard, "Gram": quantity.Gram, "Litre": quantity.Litre,
		"Millilitre": quantity.Millilitre, "Gallon": quantity.Gallon, "Celsius": quantity.Celsius, "Fahrenheit": quantity.Fahrenheit,
		"Degree": quantity.Celsius, "Pound": quantity.Pound, "Ounce": quantity.Ounce,
	}
	right, all := 0, 0
	for _, name := range []string{"distance", "quantity", "temperature", "volume"} {
		lines := practice.Lines(t, "suites/locale/duckling/"+name+".jsonl")
		for lines.Scan() {
			var c struct {
				Input  string
				Expect struct {
					Unit  string
					Value float64
				}
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
			u, known := units[c.Expect.Unit]
			if !known {
				continue
			}
			all++
			q, err := quantity.Parse(c.Input)
			if err == nil {
				q.Number, err = quantity.Convert(q.Number, q.Unit, u)
			}
			if err == nil && math.Abs(q.Number.Float64()-c.Expect.Value) < 1e-9*math.Max(1, c.Expect.Value) {
				right++
			} else {
				t.Logf("%s: want %v %s, got %s (%v)", c.Input, c.Expect.Value, c.Expect.Unit, q, err)
			}
		}
	}
	t.Logf("%d of %d", right, all)
	require.Greater(t, right*100, all*75)
}
