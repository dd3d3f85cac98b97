package consent

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// A Purpose is one thing that personal data is used for.
type Purpose struct {
	Name   string   // such as "memory"
	Data   []string // kinds of data, such as "conversation" or "location"
	Method string   // what is done with it, in the words of the notice
	Notice string   // version of the notice that says so

	// Separate says that it must be agreed to by itself, in an act that is about nothing else.
	Separate bool
	// Sensitive says that the data is sensitive, which all data of children under fourteen is anyway. It
	// implies Separate.
	Sensitive bool
	// OptOutSteps is how many taps it takes from the main screen to withdraw, if that was counted; zero
	// means that it was not.
	OptOutSteps int
}

func (p *Purpose) separate() bool { return p.Separate || p.Sensitive }

// fingerprint is the same as long as the purpose means the same.
func (p *Purpose) fingerprint() string {
	data := slices.Sorted(slices.Values(p.Data))
	b, err := json.Marshal([]any{p.Name, data, p.Method, p.Notice, p.separate()})
	if err != nil {
		panic(err) // strings and a bool
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func checkPurposes(purposes []Purpose, maxSteps int) error {
	var errs []error
	seen := make(map[string]bool)
	for i, p := range purposes {
		switch {
		case p.Name == "":
			errs = append(errs, fmt.Errorf("purpose %d has no Name", i+1))
		case seen[p.Name]:
			errs = append(errs, fmt.Errorf("purpose %q is there twice", p.Name))
		case len(p.Data) == 0:
			errs = append(errs, fmt.Errorf("purpose %q has no Data: say what kinds of data it uses", p.Name))
		case p.Method == "":
			errs = append(errs, fmt.Errorf("purpose %q has no Method: say what is done with the data", p.Name))
		case p.Notice == "":
			errs = append(errs, fmt.Errorf("purpose %q has no Notice: say which version people read", p.Name))
		case p.OptOutSteps > maxSteps:
			errs = append(errs, fmt.Errorf("withdrawing from purpose %q takes %d steps, at most %d are allowed", p.Name, p.OptOutSteps, maxSteps))
		}
		seen[p.Name] = true
	}
	return errors.Join(errs...)
}
