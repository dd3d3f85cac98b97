package learn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/calibrate"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/crf"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/view"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/wire"
)

// magic begins a saved model. The last byte is the version: it changes with what the bytes mean, which includes
// what sentences are compared by.
const magic = "zlearn\x00\x03"

// Errors of [Load].
var (
	errNoModel = errors.New("not a model of this package")
	errVersion = errors.New("a model of another version; train it again")
	errDamaged = errors.New("a damaged model")
)

// WriteTo writes the model in a versioned form that does not depend on the machine.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(m.append(nil))
	return int64(n), err
}

func (m *Model) append(dst []byte) []byte {
	dst = append(dst, magic...)
	dst = wire.AppendInt(dst, len(m.names))
	for _, name := range m.names {
		dst = wire.AppendString(dst, name)
	}
	dst = wire.AppendInt(dst, len(m.labels))
	for _, name := range m.labels {
		dst = wire.AppendString(dst, name)
	}
	dst = wire.AppendFloat(dst, m.temperature)
	dst = wire.AppendFloat(dst, m.sure.Bias)
	for _, x := range m.sure.Weights {
		dst = wire.AppendFloat(dst, x)
	}
	dst = wire.AppendInt(dst, len(m.outcomes))
	for _, o := range m.outcomes {
		n := int(o.Probability*fine) << 1
		if o.Right {
			n++
		}
		dst = wire.AppendInt(dst, n)
	}
	dst = m.words.Append(dst)
	dst = append(dst, flag(m.crossed != nil), flag(m.slots != nil))
	if m.crossed != nil {
		dst = m.crossed.Append(dst)
	}
	if m.slots != nil {
		dst = m.slots.Append(dst)
	}
	return binary.LittleEndian.AppendUint32(dst, crc32.ChecksumIEEE(dst))
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// Load reads what WriteTo wrote. Bytes that are anything else are an error. The model keeps data, which must not change.
func Load(data []byte) (*Model, error) {
	if len(data) < len(magic)+4 || string(data[:len(magic)-1]) != magic[:len(magic)-1] {
		return nil, fmt.Errorf("load: %w", errNoModel)
	}
	if data[len(magic)-1] != magic[len(magic)-1] {
		return nil, fmt.Errorf("load: %w", errVersion)
	}
	body, sum := data[:len(data)-4], data[len(data)-4:]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(sum) {
		return nil, fmt.Errorf("load: %w", errDamaged)
	}
	r := wire.NewReader(body[len(magic):])
	m := readModel(r)
	if r.Err() != nil || r.Left() > 0 {
		return nil, fmt.Errorf("load: %w", errDamaged)
	}
	return m, nil
}

// maxName bounds the name of a tool or of a slot.
const maxName = 1 << 12

func readModel(r *wire.Reader) *Model {
	m := &Model{}
	names := r.Count(maxTools + 1)
	for range names {
		m.names = append(m.names, r.String(maxName))
		m.keys = append(m.keys, view.KeyOf(m.names[len(m.names)-1]))
	}
	labels := r.Count(maxSlots)
	for range labels {
		m.labels = append(m.labels, r.String(maxName))
	}
	if len(m.names) == 0 || !ascending(m.names) || !ascending(m.labels) {
		r.Fail()
	}
	m.temperature = r.Float()
	if !(m.temperature > 1e-3 && m.temperature < 1e3) {
		r.Fail()
	}
	m.sure = calibrate.Regression{Bias: r.Float(), Weights: make([]float64, signals)}
	for i := range m.sure.Weights {
		m.sure.Weights[i] = r.Float()
	}
	outcomes := r.Count(math.MaxInt32)
	for range outcomes {
		n := r.Int(fine<<1 | 1)
		m.outcomes = append(m.outcomes, calibrate.Outcome{Probability: float64(n>>1) / fine, Right: n&1 == 1})
	}
	m.words = linear.ReadTable(r, len(m.names))
	crossed, slots := r.Byte(), r.Byte()
	if crossed > 1 || slots > 1 {
		r.Fail()
	}
	if crossed == 1 {
		m.crossed = linear.ReadTable(r, len(m.names))
	}
	if slots == 1 {
		m.slots = crf.ReadModel(r, len(m.labels), len(m.names))
	}
	if r.Err() != nil {
		return nil
	}
	return m
}

func ascending(names []string) bool {
	return slices.IsSorted(names) && len(slices.Compact(slices.Clone(names))) == len(names)
}
