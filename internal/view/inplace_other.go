//go:build !amd64 && !386 && !arm64

package view

const inPlace = false
