package recommend

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/journal"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// modelVersion is written beside every model that is saved. A change of what its sections hold makes it rise; a model
// of another version is left aside, and learned anew.
const modelVersion = 1

// modelSection begins the names of a model's sections.
const modelSection = "model."

// aboutModel is the section that says what the others hold.
type aboutModel struct {
	Version  int             `json:"version"`
	Recorded uint64          `json:"recorded"`
	Options  savedOptions    `json:"options"`
	Settings *learn.Settings `json:"settings,omitempty"`
}

// savedOptions are the [LearnOptions] that can be kept, so that what has to be learned anew is learned alike.
type savedOptions struct {
	GraphOnly  bool   `json:"graph_only,omitempty"`
	Again      bool   `json:"again,omitempty"`
	ListLength int    `json:"list_length,omitempty"`
	Seed       uint64 `json:"seed,omitempty"`
	Workers    int    `json:"workers,omitempty"`
}

// save writes a model whose items have these numbers in the snapshot.
func (m *model) save(w *journal.SnapshotWriter, items []int32) error {
	o := m.options
	about, err := json.Marshal(aboutModel{
		Version: modelVersion, Recorded: m.recorded, Settings: m.settings,
		Options: savedOptions{o.GraphOnly, o.Again, o.ListLength, o.Seed, o.Workers},
	})
	if err != nil {
		return fmt.Errorf("model: %w", err)
	}
	w.Bytes(modelSection+"about", about)
	w.Int32s(modelSection+"item", items)
	who, weights := make([]int32, len(m.evidence)), make([]float32, len(m.evidence))
	for i, e := range m.evidence {
		who[i], weights[i] = e.item, e.weight
	}
	w.Int32s(modelSection+"evidence.item", who)
	w.Float32s(modelSection+"evidence.weight", weights)
	return learn.Save(learnerSink{w}, m.learner)
}

// learnerSink writes the sections of a learner.
type learnerSink struct{ w *journal.SnapshotWriter }

func (s learnerSink) Bytes(name string, parts ...[]byte) {
	s.w.Bytes(modelSection+"learn."+name, parts...)
}
func (s learnerSink) Uint16s(name string, parts ...[]uint16) {
	s.w.Uint16s(modelSection+"learn."+name, parts...)
}
func (s learnerSink) Int64s(name string, parts ...[]int64) {
	s.w.Int64s(modelSection+"learn."+name, parts...)
}
func (s learnerSink) Float32s(name string, parts ...[]float32) {
	s.w.Float32s(modelSection+"learn."+name, parts...)
}

// learnerSource reads them. Each of its calls checks a checksum.
type learnerSource struct{ snapshot *journal.Snapshot }

func section[T any](s *journal.Snapshot, name string, as func(*journal.Section) (T, error)) (T, error) {
	r := &reader{Snapshot: s}
	column := read(r, modelSection+name, as)
	return column, r.err
}

func (s learnerSource) Bytes(name string) ([]byte, error) {
	return section(s.snapshot, "learn."+name, (*journal.Section).Bytes)
}
func (s learnerSource) Uint16s(name string) ([]uint16, error) {
	return section(s.snapshot, "learn."+name, (*journal.Section).Uint16s)
}
func (s learnerSource) Int64s(name string) ([]int64, error) {
	return section(s.snapshot, "learn."+name, (*journal.Section).Int64s)
}
func (s learnerSource) Float32s(name string) ([]float32, error) {
	return section(s.snapshot, "learn."+name, (*journal.Section).Float32s)
}

// loadModel returns the model that a snapshot holds of so many items, or nil if it holds none. Only what tells its items
// apart is read now; the learner is read in place when it is first asked.
func loadModel(snapshot *journal.Snapshot, items int) (*model, error) {
	text, err := section(snapshot, "about", (*journal.Section).Bytes)
	if errors.Is(err, journal.ErrNoSection) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var about aboutModel
	if err := json.Unmarshal(text, &about); err != nil {
		return nil, fmt.Errorf("snapshot: section about of the model: %w", err)
	}
	if about.Version != modelVersion {
		return nil, fmt.Errorf("snapshot: a model of version %d: this release reads version %d: %w", about.Version, modelVersion, journal.ErrVersion)
	}
	known, err := section(snapshot, "item", (*journal.Section).Int32s)
	if err != nil {
		return nil, err
	}
	if !within(known, items) {
		return nil, errSnapshot
	}
	o := about.Options
	m := &model{
		items: slices.Clone(known), recorded: about.Recorded, settings: about.Settings,
		options: LearnOptions{GraphOnly: o.GraphOnly, Again: o.Again, ListLength: o.ListLength, Seed: o.Seed, Workers: o.Workers},
	}
	m.numbers = make([]int32, items)
	for i := range m.numbers {
		m.numbers[i] = -1
	}
	for i, item := range m.items {
		m.numbers[item] = int32(i)
	}
	m.unread = sync.OnceValue(func() error { return m.read(snapshot) })
	return m, nil
}

// read fills in what is left of a model.
func (m *model) read(snapshot *journal.Snapshot) error {
	who, err := section(snapshot, "evidence.item", (*journal.Section).Int32s)
	if err != nil {
		return err
	}
	weights, err := section(snapshot, "evidence.weight", (*journal.Section).Float32s)
	if err != nil {
		return err
	}
	if len(who) != len(m.items)*evidenceKept || len(weights) != len(who) || !within(who, 2*len(m.items)) {
		return errSnapshot
	}
	evidence := make([]witness, len(who))
	for i := range evidence {
		evidence[i] = witness{who[i], weights[i]}
	}
	learner, err := learn.Load(learnerSource{snapshot}, len(m.items))
	if err != nil {
		return err
	}
	m.learner, m.evidence = learner, evidence
	return nil
}

// ready reports whether a model can be asked, after reading what is not read yet. A nil one cannot.
func (m *model) ready() bool { return m != nil && (m.unread == nil || m.unread() == nil) }
