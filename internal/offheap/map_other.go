//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package offheap

import "errors"

func reserve(int) ([]byte, error) { return nil, errors.ErrUnsupported }

func release([]byte) {}
