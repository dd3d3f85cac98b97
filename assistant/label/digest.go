package label

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// digestName stands before a digest, so that one can tell what it is.
const digestName = "SHA256:"

// Digest returns the SHA-256 digest of a content as it was before it was labelled, such as
// "SHA256:2c26b46b…", for [Entry.Content] and, if wanted, for ReservedCode1. It proves nothing about who
// made the content: that takes a signature.
func Digest(content io.Reader) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, content); err != nil {
		return "", fmt.Errorf("digest of content: %w", err)
	}
	return digestName + hex.EncodeToString(h.Sum(nil)), nil
}

// HasDigest returns a check for [Verify]: that ReservedCode1 is the digest of the content as it was before
// it was labelled.
func HasDigest(content io.Reader) func(Label) error {
	return func(l Label) error {
		if !strings.HasPrefix(l.ReservedCode1, digestName) {
			return fmt.Errorf("%s holds no digest", keyReserved1)
		}
		want, err := Digest(content)
		if err != nil {
			return err
		}
		if !strings.EqualFold(want, l.ReservedCode1) {
			return fmt.Errorf("%s holds the digest of another content", keyReserved1)
		}
		return nil
	}
}
