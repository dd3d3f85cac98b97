//go:build !unix

package label

// syncDir does nothing where folders cannot be synced.
func syncDir(string) error { return nil }
