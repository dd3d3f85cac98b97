package learn

// HabitSettings say how a person's own past speaks for the same again.
type HabitSettings struct {
	Weights
	// Decay is by how much an event counts less than the one after it; zero means 1.
	Decay float32
}

// DefaultHabit are good settings where nothing is known.
func DefaultHabit() HabitSettings { return HabitSettings{Decay: 0.95} }

// Habit scores what a person took before, by how often and how recently. It learns nothing from others.
type Habit struct {
	settings HabitSettings
	items    int
}

// NewHabit is for a catalogue of so many items.
func NewHabit(items int, settings HabitSettings) *Habit { return &Habit{settings, items} }

// Score implements [Learner].
func (h *Habit) Score(dst []float32, profile []Taken, _ *Scratch) {
	clear(dst)
	h.each(profile, func(item int32, weight float32) { dst[item] += weight })
}

func (h *Habit) meet(dst []float32, profile []Taken, met []int32, _ *Scratch) []int32 {
	h.each(profile, func(item int32, weight float32) {
		if dst[item] == 0 {
			met = append(met, item)
		}
		dst[item] += weight
	})
	return met
}

// each calls visit for the events of a profile, the newest first.
func (h *Habit) each(profile []Taken, visit func(item int32, weight float32)) {
	age := float32(1)
	for i := len(profile) - 1; i >= 0 && i >= len(profile)-2*history; i-- {
		t := profile[i]
		if w := h.settings.of(t); w > 0 && t.Item >= 0 && int(t.Item) < h.items {
			visit(t.Item, w*age)
			if h.settings.Decay > 0 {
				age *= h.settings.Decay
			}
		}
	}
}

// Explain implements [Learner]: an item's score is its own doing.
func (h *Habit) Explain(profile []Taken, item int32, _ *Scratch) []Share {
	var sum float32
	h.each(profile, func(other int32, weight float32) {
		if other == item {
			sum += weight
		}
	})
	return sortShares([]Share{{item, sum}})
}
