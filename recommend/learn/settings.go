package learn

// Settings are all that a blend is made with. They can be kept as JSON and given to a later [Learn], which then chooses
// nothing anew.
type Settings struct {
	Graph       GraphSettings
	Neighbours  NeighbourSettings
	Factors     FactorSettings
	Linear      LinearSettings
	Transitions TransitionSettings
	Popularity  PopularitySettings
	Habit       HabitSettings
	// Mix is how much each learner's list counts in the sum, after it is divided by the standard deviation of its
	// scores over all items. A learner that counts zero is not learned.
	Mix Mix
}

// Mix is a weight for each learner of a blend.
type Mix [parts]float64

// The learners of a blend, as places in a [Mix].
const (
	PartGraph = iota
	PartNeighbours
	PartFactors
	PartLinear
	PartTransitions
	PartPopularity
	PartHabit
	parts
)

// partNames are for progress and reports.
var partNames = [parts]string{"graph", "neighbours", "factors", "linear", "transitions", "popularity", "habit"}

// DefaultSettings are good settings where nothing is known.
func DefaultSettings() Settings {
	return Settings{
		Graph: DefaultGraph(), Neighbours: DefaultNeighbours(), Factors: DefaultFactors(), Linear: DefaultLinear(),
		Transitions: DefaultTransitions(), Popularity: DefaultPopularity(), Habit: DefaultHabit(),
		Mix: Mix{PartGraph: 0.3, PartNeighbours: 0.5, PartFactors: 1, PartPopularity: 0.01},
	}
}

// Config says what is learned for. The zero value is ready: everything is chosen on a held-back slice.
type Config struct {
	// Settings are used as they are, and nothing is chosen. If nil, they are chosen on what is held back.
	Settings *Settings
	// Targets are the kinds of events that suggestions are made for, such as purchases; the other kinds only help. If
	// empty, all kinds are.
	Targets []Kind
	// Again says that what a person already took may be suggested again: groceries, not films.
	Again bool
	// ListLength is the length of list that settings are chosen for; zero means 20.
	ListLength int
	// Sample is how many things are held back to choose by, from as many people as it takes; zero means 30,000.
	Sample int
	// Seed makes the choice of these people and where learning starts from.
	Seed uint64
	// Workers is how many goroutines learn; zero means as many as there are processors. It does not show in the result.
	Workers int
	// Progress is called now and then, from one goroutine at a time, with what is being done. It may be nil.
	Progress func(stage string)
}

// withDefaults returns the settings with zeros filled in.
func (c Config) withDefaults() *Config {
	if c.ListLength <= 0 {
		c.ListLength = 20
	}
	if c.Sample <= 0 {
		c.Sample = 30_000
	}
	if c.Progress == nil {
		c.Progress = func(string) {}
	}
	return &c
}

// target reports whether suggestions are made for a kind.
func (c *Config) target(k Kind) bool {
	for _, t := range c.Targets {
		if t == k {
			return true
		}
	}
	return len(c.Targets) == 0
}
