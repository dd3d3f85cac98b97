package private

import (
	"time"

	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// Data finds entities of the kind [entity.Private], whose values are of the type [privacy.Finding]. They are sure if they
// are at least likely, but for dates of birth, which are times as well. The zero value finds all types.
type Data privacy.Detector

// Find is Find of [entity.Finder].
func (d Data) Find(t *entity.Text, _ time.Time, yield func(entity.Entity)) {
	for f := range privacy.Detector(d).Find(t.View()) {
		e := t.Entity(entity.Private, f.Start, f.End)
		f.Start, f.End = e.Start, e.End
		e.Value = f
		e.Sure = f.Confidence >= privacy.Likely && f.Type != privacy.BirthDate
		yield(e)
	}
}
