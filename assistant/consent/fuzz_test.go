package consent

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzFolderRecord makes a memory of any records, and of what a snapshot would hold of it the same memory.
func FuzzFolderRecord(f *testing.F) {
	f.Add([]byte(`{"said":{"subject":"a","purpose":"b","given":true,"time":"2026-03-05T08:00:00Z"}}`), []byte(`{"erased":"a"}`))
	f.Add([]byte(`{"said":{"subject":"a","purpose":"b","time":"2026-03-05T08:00:00+08:00"}}`), []byte(`{"said":{"subject":"a"}}`))
	f.Add([]byte(`{}`), []byte(`{"erased":"c"}`))
	f.Fuzz(func(t *testing.T, one, two []byte) {
		var memory, again Memory
		for _, b := range [][]byte{one, two} {
			var c change
			if json.Unmarshal(b, &c) != nil {
				return
			}
			memory.apply(c)
		}
		snapshot, err := json.Marshal(slices.Collect(memory.all))
		if err != nil {
			return // a time that has no form in JSON: it was never written
		}
		var changes []change
		require.NoError(t, json.Unmarshal(snapshot, &changes))
		for _, c := range changes {
			require.False(t, again.apply(c))
		}
		same, err := json.Marshal(slices.Collect(again.all))
		require.NoError(t, err)
		require.Len(t, again.last, len(memory.last))
		if len(memory.last) < 2 { // in no order otherwise
			require.JSONEq(t, string(snapshot), string(same))
		}
	})
}
