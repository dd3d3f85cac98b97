package consent

import "testing"

func FuzzFolderRecord(f *testing.F) {
	f.Add([]byte(`{"said":{"subject":"a","purpose":"b","given":true,"time":"2026-03-05T08:00:00Z"}}`))
	f.Add([]byte(`{"erased":"a"}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var folder Folder
		if folder.apply(b) != nil && len(folder.memory.last) > 0 {
			t.Error("a record that cannot be read changed something")
		}
	})
}
