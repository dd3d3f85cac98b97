//go:build unix

package label

import (
	"errors"
	"os"
)

// syncDir makes a new or renamed file in dir survive a crash of the machine.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
